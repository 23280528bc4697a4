import Engine
import Model

/// What sessions and CDNs did in each replication of a variant.
struct StreamingSamples: Sendable {
  struct Group: Sendable {
    let kind: SessionGroupOutcome.Kind
    let name: String
    /// By window, then by replication.
    var windows: [[SessionTally]]
    /// Startup times by window; none where the workload of this name has them.
    var startups: [LatencySamples]
  }
  struct CDN: Sendable {
    let name: String
    let pricePerGB: Double?
    let currency: String?
    /// By window, then by replication.
    var windows: [[CDNTally]]
  }
  /// All sessions first, then the cohorts, the regions and the CDNs, each by name.
  private(set) var groups: [Group]
  /// By name.
  private(set) var cdns: [CDN]
  /// Seconds of each window, by replication.
  private(set) var seconds: [[Double]]

  /// Nothing yet, of what an outcome is about.
  init(like outcome: StreamingOutcome) {
    groups = outcome.groups.map { group in
      Group(
        kind: group.kind, name: group.name, windows: group.windows.map { _ in [] },
        startups: group.kind.isToldAsWorkload ? [] : group.windows.map { _ in LatencySamples() })
    }
    cdns = outcome.cdns.map {
      CDN(name: $0.name, pricePerGB: $0.pricePerGB, currency: $0.currency, windows: $0.windows.map { _ in [] })
    }
    seconds = outcome.windowSeconds.map { _ in [] }
  }

  mutating func append(_ outcome: StreamingOutcome) {
    for (place, group) in outcome.groups.enumerated() {
      for (window, tally) in group.windows.enumerated() { groups[place].windows[window].append(tally) }
      for window in groups[place].startups.indices {
        groups[place].startups[window].append(group.startups?[window] ?? .empty)
      }
    }
    for (place, cdn) in outcome.cdns.enumerated() {
      for (window, tally) in cdn.windows.enumerated() { cdns[place].windows[window].append(tally) }
    }
    for (window, length) in outcome.windowSeconds.enumerated() { seconds[window].append(length) }
  }

  /// What each replication contributes to a metric of sessions or of a CDN; none where there is no such subject.
  func ratios(_ quantity: Metric.Quantity, of name: String, window: Int) -> [MetricRatio?] {
    if quantity.subject == .cdn {
      guard let cdn = cdns.first(where: { $0.name == name }) else { return [] }
      return zip(cdn.windows[window], seconds[window]).map {
        quantity.ratio(of: $0, seconds: $1, pricePerGB: cdn.pricePerGB)
      }
    }
    guard let group = groups.first(where: { $0.name == name }) else { return [] }
    return zip(group.windows[window], seconds[window]).map { quantity.ratio(of: $0, seconds: $1) }
  }

  /// Of sessions of this name in a window, by replication; none where there are none.
  func tallies(of name: String, window: Int) -> [SessionTally] {
    groups.first { $0.name == name }?.windows[window] ?? []
  }

  /// The currency of a CDN's price.
  func currency(of cdn: String) -> String? { cdns.first { $0.name == cdn }?.currency }
}

extension StreamingOutcome {
  /// Seconds of each window, which all CDNs share.
  var windowSeconds: [Double] { cdns.first?.windowSeconds ?? [] }
}
