import Campaign
import Model

extension EstimateFormat {
  /// Sessions by group and CDNs, each with its counts and metrics in the whole run and in every other window.
  func json(_ streaming: StreamingSummary, windows: [Window]) -> JSONValue {
    [
      "sessions": .array(
        streaming.groups.map { group in
          JSONValue.object([.init("kind", .string(group.kind.rawValue)), .init("name", .string(group.name))])
            .adding(members(group.windows, windows) { [.init("startup", json(group.startups[$0]))] })
        }),
      "cdns": .array(
        streaming.cdns.map { cdn in
          JSONValue.object([
            .init("name", .string(cdn.name)), .init("pricePerGB", JSONValue(cdn.pricePerGB)),
            .init("currency", JSONValue(cdn.currency)),
          ]).adding(members(cdn.windows, windows))
        }),
    ]
  }

  /// - Parameter more: what else there is in a window, by its place.
  private func members<Count: RawRepresentable<String>>(
    _ subjects: [SubjectSummary<Count>], _ windows: [Window], more: (Int) -> [JSONValue.Member] = { _ in [] }
  ) -> [JSONValue.Member] {
    let told = subjects.indices.map { members(subjects[$0]) + more($0) }
    let others = zip(windows, told).dropFirst().map { ($0.description, JSONValue.object($1)) }
    return (told.first ?? []) + [.init("windows", .map(others) { $0 })]
  }

  private func members<Count: RawRepresentable<String>>(_ subject: SubjectSummary<Count>) -> [JSONValue.Member] {
    Count.allCases.map { count in
      let total = subject.total(count)
      let isWhole = total == total.rounded() && total.magnitude < 0x1p53
      let estimate = subject.count(count)
      return .init(camelCase(count.rawValue), isWhole ? json(estimate, total: Int(total)) : json(estimate))
    }
      + subject.metrics.map { metric in .init(camelCase(metric.metric.quantity.columnName), json(metric.estimate)) }
  }

  /// `exits_before_start` as `exitsBeforeStart`.
  private func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

extension Metric.Quantity {
  /// As in tables for other programs: `starts_lost`.
  ///
  /// Shares of what is counted too have another name than the count.
  var columnName: String {
    switch self {
    case .startFailures, .exitsBeforeStart, .playbackFailures: "\(underscored)_share"
    default: underscored
    }
  }

  private var underscored: String { String(rawValue.map { $0 == "-" ? "_" : $0 }) }
}
