import Model

/// What the numbers in telemetry stand for: the names, bit rates and times of a model.
public struct TelemetryNames: Hashable, Sendable {
  struct Cohort: Hashable, Sendable {
    let name: String
    /// CMCD's `sf`; nil where the player plays several formats.
    let streamingFormat: String?
  }
  struct Endpoint: Hashable, Sendable {
    let service: String
    /// `service.endpoint`.
    let name: String
    /// Where the service stands between player and packager; nil where the model doesn't say.
    let stage: String?
  }

  /// In the order of the model, which the records' numbers follow.
  let cohorts: [Cohort]
  let cdns: [String]
  let endpoints: [Endpoint]
  /// In kbps, as CMCD has them.
  let bitrates: [Int64]
  /// Media in a segment, in milliseconds; a title's last segment may have less.
  let segmentDuration: Int64
  /// Nanoseconds from midnight to the start of the replication. A model has a time of day and no date: its day is
  /// taken to be 1970-01-01 in UTC, so that this is also its start in nanoseconds since the Unix epoch.
  let start: Int64

  public init(_ model: SystemModel) {
    cohorts = (model.streaming?.players ?? []).map {
      Cohort(name: $0.name, streamingFormat: Self.streamingFormat(of: $0.profile.name))
    }
    cdns = (model.streaming?.cdns ?? []).map(\.name)
    endpoints = model.services.flatMap { service in
      service.endpoints.map {
        Endpoint(service: service.name, name: "\(service.name).\($0.name)", stage: service.stage?.rawValue)
      }
    }
    let catalog = model.streaming?.catalog
    bitrates = (catalog?.ladder ?? []).map { ($0.bitsPerSecond + 500) / 1000 }
    segmentDuration = ((catalog?.segment.nanoseconds ?? 0) + 500_000) / 1_000_000
    start = model.time.start.nanoseconds
  }

  private static func streamingFormat(of player: PlayerProfile.Name) -> String? {
    switch player {
    case .hlsJS: "h"
    case .dashJS: "d"
    case .shaka, .media3, .basic: nil
    }
  }

  /// Milliseconds since the Unix epoch.
  func milliseconds(_ time: Int64) -> Int64 { (start + time) / 1_000_000 }

  /// CMCD's `cid`: titles by rank, channels by index, both from 0.
  func content(_ title: Int32, isLive: Bool) -> String { isLive ? "channel-\(title)" : "title-\(title)" }

  /// The name under which players ask a CDN, in a domain that is nobody's (RFC 2606).
  func host(_ cdn: Int32) -> String { "\(cdns[Int(cdn)]).example" }

  /// Of a segment: content, place in the ladder, place in the content.
  func path(_ content: String, segment: Int32, rendition: Int32) -> String { "/\(content)/\(rendition)/\(segment)" }

  func manifestPath(_ content: String) -> String { "/\(content)/manifest" }

  func cdn(_ index: Int32) -> String? { index < 0 ? nil : cdns[Int(index)] }
  func bitrate(_ rendition: Int32) -> Int64? { rendition < 0 ? nil : bitrates[Int(rendition)] }
}
