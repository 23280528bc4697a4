import Sampling

/// Bits per second; above zero where nothing else is said.
public struct Bitrate: Hashable, Comparable, Sendable, Codable {
  public let bitsPerSecond: Int64
  public init(bitsPerSecond: Int64) { self.bitsPerSecond = bitsPerSecond }
  public static func < (a: Self, b: Self) -> Bool { a.bitsPerSecond < b.bitsPerSecond }
}

/// Bytes; zero or more.
public struct ByteCount: Hashable, Comparable, Sendable, Codable {
  public let bytes: Int64
  public init(bytes: Int64) { self.bytes = bytes }
  public static func < (a: Self, b: Self) -> Bool { a.bytes < b.bytes }
}

/// What can be watched: titles on demand, live channels, and how they are cut into segments.
public struct Catalog: Hashable, Sendable {
  /// Titles on demand, from the most to the least popular; at least 1 unless all sessions watch live.
  public let titles: Int
  public let popularity: Popularity
  /// How long a title is, in seconds, drawn once for each title. Of recorded sizes: what the recording says.
  public let duration: Distribution
  /// Ascending; at least one.
  public let ladder: [Bitrate]
  /// Media in one segment.
  public let segment: SimulationDuration
  public let sizes: SegmentSizes
  /// Of one manifest.
  public let manifest: ByteCount
  public let live: LiveChannels?

  public init(
    titles: Int, popularity: Popularity, duration: Distribution, ladder: [Bitrate], segment: SimulationDuration,
    sizes: SegmentSizes = .constant, manifest: ByteCount = ByteCount(bytes: 0), live: LiveChannels? = nil
  ) {
    self.titles = titles
    self.popularity = popularity
    self.duration = duration
    self.ladder = ladder
    self.segment = segment
    self.sizes = sizes
    self.manifest = manifest
    self.live = live
  }
}

/// How sessions choose among titles, by rank.
public enum Popularity: Hashable, Sendable {
  /// The k-th title, from 1, in proportion to k^-exponent; the exponent is zero or more.
  case zipf(Double)
}

/// How many bits a segment has.
public enum SegmentSizes: Hashable, Sendable {
  /// Bit rate x duration.
  case constant
  /// That times a lognormal factor of mean 1 and this coefficient of variation, drawn for each segment of a title and
  /// the same in all its renditions.
  case variable(cv: Double)
  /// Bits by segment and rendition, as recorded from one title: all titles are that one.
  case recorded([[Int64]])
}

/// Channels whose segments appear on the clock.
public struct LiveChannels: Hashable, Sendable {
  /// At least 1.
  public let channels: Int
  public let popularity: Popularity
  /// The part of the sessions that watches live; the others watch titles on demand.
  public let share: Probability
  /// How far behind the newest segment a player joins, in whole segments; at least 1.
  public let holdBack: Int
  /// How long caches keep a manifest.
  public let manifestTTL: SimulationDuration
  /// The call that makes each segment of each channel, with its policies: a redundant pipeline is its fallback. A
  /// segment appears when the call succeeds, and is missing where it fails. nil: each appears as soon as it is over.
  public let encode: Dependency?
  /// A second call that the fallback of `encode` may name, as `standby`.
  public let standby: Dependency?
  /// When the event is over, and everyone who watches live then leaves.
  public let ending: LiveEnding?

  public init(
    channels: Int, popularity: Popularity, share: Probability = .one, holdBack: Int = 3,
    manifestTTL: SimulationDuration, encode: Dependency? = nil, standby: Dependency? = nil, ending: LiveEnding? = nil
  ) {
    self.channels = channels
    self.popularity = popularity
    self.share = share
    self.holdBack = holdBack
    self.manifestTTL = manifestTTL
    self.encode = encode
    self.standby = standby
    self.ending = ending
  }
}

/// The end of a live event.
public struct LiveEnding: Hashable, Sendable {
  /// From 0, warm-up included.
  public let at: SimulationDuration
  /// How long each viewer stays on after it, in seconds.
  public let staying: Distribution
  public init(at: SimulationDuration, staying: Distribution) {
    self.at = at
    self.staying = staying
  }
}
