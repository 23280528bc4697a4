/// What a replication tells while it runs: records in the order in which things happen.
///
/// All identifiers derive from the keys of draws, so that they are the same in every run of the same replication: a
/// session's key is its `sid`, a request's key gives its request id and, where it has its own trace, its trace id.
public enum TelemetryRecord: Hashable, Sendable {
  case player(PlayerEvent)
  case delivery(DeliveryLine)
  case span(Span)
}

/// Something that happened in a session.
public struct PlayerEvent: Hashable, Sendable {
  public enum Kind: UInt8, Hashable, Sendable {
    /// Play was pressed.
    case attempt
    /// The first picture.
    case start
    case startFailure, exitBeforeStart
    /// The buffer ran empty, and playback went on.
    case stall, resume
    case pause, unpause
    case bitrateChange, cdnChange
    /// A request failed; what the player does about it follows.
    case error
    /// The three ends of a play.
    case end, abandonment, playbackFailure
    /// A segment arrived.
    case segment
  }
  public let kind: Kind
  /// Nanoseconds since the start of the replication.
  public let time: Int64
  public let session: UInt64
  /// Index among the cohorts of the model.
  public let cohort: Int32
  /// Index among the CDNs of the model; -1 before steering has named one.
  public let cdn: Int32
  /// The title's rank, from 0; of live channels, their index.
  public let title: Int32
  public let isLive: Bool
  /// From 0; -1 before the first.
  public let segment: Int32
  /// Index in the ladder; -1 before the first.
  public let rendition: Int32
  /// Media in the buffer, in nanoseconds.
  public let buffer: Int64
  /// Measured throughput in bits per second; 0 before anything was measured.
  public let throughput: Double
  /// The request that the event is about; 0 where none is.
  public let request: UInt64
  /// HTTP status of an error; -1 where no connection came about, 0 for a timeout and where there is none.
  public let status: Int32

  public init(
    kind: Kind, time: Int64, session: UInt64, cohort: Int32, cdn: Int32, title: Int32, isLive: Bool, segment: Int32,
    rendition: Int32, buffer: Int64, throughput: Double, request: UInt64, status: Int32
  ) {
    self.kind = kind
    self.time = time
    self.session = session
    self.cohort = cohort
    self.cdn = cdn
    self.title = title
    self.isLive = isLive
    self.segment = segment
    self.rendition = rendition
    self.buffer = buffer
    self.throughput = throughput
    self.request = request
    self.status = status
  }
}

/// A request as an edge site logs it, when it is over.
public struct DeliveryLine: Hashable, Sendable {
  public enum Result: UInt8, Hashable, Sendable, BitwiseCopyable {
    case hit, staleHit, collapsed, shieldHit, miss, negativeHit, error
    /// The player gave up before the answer was complete.
    case clientGone
  }
  public let result: Result
  /// Nanoseconds since the start: when the request was made, its first byte was sent (-1: none was), and it was over.
  public let began: Int64
  public let firstByte: Int64
  public let ended: Int64
  public let session: UInt64
  public let request: UInt64
  /// The request whose trace tells how the object was fetched: this one, or the one that it waited for; 0 for a hit.
  public let trace: UInt64
  public let cdn: Int32
  public let site: Int32
  public let cohort: Int32
  public let title: Int32
  public let isLive: Bool
  public let isManifest: Bool
  public let segment: Int32
  public let rendition: Int32
  public let bytes: Int64
  public let status: Int32

  public init(
    result: Result, began: Int64, firstByte: Int64, ended: Int64, session: UInt64, request: UInt64, trace: UInt64,
    cdn: Int32, site: Int32, cohort: Int32, title: Int32, isLive: Bool, isManifest: Bool, segment: Int32,
    rendition: Int32, bytes: Int64, status: Int32
  ) {
    self.result = result
    self.began = began
    self.firstByte = firstByte
    self.ended = ended
    self.session = session
    self.request = request
    self.trace = trace
    self.cdn = cdn
    self.site = site
    self.cohort = cohort
    self.title = title
    self.isLive = isLive
    self.isManifest = isManifest
    self.segment = segment
    self.rendition = rendition
    self.bytes = bytes
    self.status = status
  }
}

/// An attempt in a service, when it is over.
public struct Span: Hashable, Sendable {
  /// The request at the root: a session's or a workload's request, or the request of a player that a cache did not have.
  public let trace: UInt64
  /// The key of the attempt, and of the attempt whose call it serves; 0 where the root calls.
  public let span: UInt64
  public let parent: UInt64
  /// Nanoseconds since the start: it reached the server, and it was over.
  public let began: Int64
  public let ended: Int64
  /// Index among the endpoints of the program, and the replica's number within its service.
  public let endpoint: Int32
  public let replica: Int32
  public let hasFailed: Bool

  public init(
    trace: UInt64, span: UInt64, parent: UInt64, began: Int64, ended: Int64, endpoint: Int32, replica: Int32,
    hasFailed: Bool
  ) {
    self.trace = trace
    self.span = span
    self.parent = parent
    self.began = began
    self.ended = ended
    self.endpoint = endpoint
    self.replica = replica
    self.hasFailed = hasFailed
  }
}
