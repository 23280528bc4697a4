import Engine

/// The kinds of files that telemetry is written to.
public enum TelemetryFile: String, Hashable, Sendable, CaseIterable {
  case playerEvents = "player-events.jsonl"
  case deliveries = "cdn-access.log"
  case spans = "spans.jsonl"

  /// What stands above the first line.
  var header: String { self == .deliveries ? DeliveryLog.header : "" }
}

/// Turns records into lines, those of one replication in the order in which they come.
public struct TelemetryLines {
  private let names: TelemetryNames
  private var sessions = PlayerSessions()
  private var texts = [TelemetryText](repeating: TelemetryText(), count: TelemetryFile.allCases.count)

  public init(_ names: TelemetryNames) { self.names = names }

  /// Lines of a file since they were last taken away, each with its line feed.
  public func bytes(of file: TelemetryFile) -> [UInt8] { texts[file.place].bytes }
  public mutating func removeAll(of file: TelemetryFile) { texts[file.place].removeAll() }

  public mutating func append(_ record: TelemetryRecord) {
    switch record {
    case .player(let event):
      let session = sessions.advance(event)
      texts[TelemetryFile.playerEvents.place].append(event, names, before: session.before, after: session.after)
    case .delivery(let line):
      sessions.note(line)
      texts[TelemetryFile.deliveries.place].append(line, names)
    case .span(let span): texts[TelemetryFile.spans.place].append(span, names)
    }
  }
}

extension TelemetryFile {
  fileprivate var place: Int {
    switch self {
    case .playerEvents: 0
    case .deliveries: 1
    case .spans: 2
    }
  }
}
