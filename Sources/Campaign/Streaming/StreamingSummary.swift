import Engine
import Model
import Statistics

/// What sessions and CDNs did: means over replications.
public struct StreamingSummary: Hashable, Sendable {
  /// All sessions first, then the cohorts, the regions and the CDNs, each by name.
  public let groups: [Group]
  /// By name.
  public let cdns: [CDN]

  /// The sessions that are looked at together.
  public struct Group: Hashable, Sendable {
    public let kind: SessionGroupOutcome.Kind
    /// `sessions` for all of them.
    public let name: String
    /// One per window of the outline, in its order; the first is the whole run.
    public let windows: [SubjectSummary<SessionCount>]
    /// From play to the first picture, of the starts of each of these windows.
    public let startups: [LatencySummary]
  }

  public struct CDN: Hashable, Sendable {
    public let name: String
    public let pricePerGB: Double?
    public let currency: String?
    /// One per window of the outline, in its order; the first is the whole run.
    public let windows: [SubjectSummary<CDNCount>]
  }

  /// All sessions.
  public var all: Group? { groups.first { $0.kind == .all } }

  /// The names of those that `VariantSummary.workloads` tells too.
  public var toldAsWorkloads: Set<String> {
    Set(groups.filter(\.kind.isToldAsWorkload).map(\.name))
  }

  /// Nil without sessions or replications.
  init?(_ samples: VariantSamples, confidence: Double) {
    guard let streaming = samples.streaming else { return nil }
    let windows = samples.windows
    groups = streaming.groups.map { group in
      Group(
        kind: group.kind, name: group.name,
        windows: windows.indices.compactMap { index in
          SubjectSummary(
            group.name, .sessions, in: windows[index], samples, confidence: confidence,
            counts: SessionCount.allCases.map { count in group.windows[index].map { count.value(in: $0) } })
        },
        startups: windows.indices.map { index in
          let startups = samples.startups(of: group, window: index)
          return LatencySummary(startups.samples, pooled: startups.pooled, confidence: confidence)
        })
    }
    cdns = streaming.cdns.map { cdn in
      CDN(
        name: cdn.name, pricePerGB: cdn.pricePerGB, currency: cdn.currency,
        windows: windows.indices.compactMap { index in
          SubjectSummary(
            cdn.name, .cdn, in: windows[index], samples, confidence: confidence,
            counts: CDNCount.allCases.map { count in cdn.windows[index].map { count.value(in: $0) } })
        })
    }
  }
}

/// The counts and the metrics of sessions or of a CDN in a window.
public struct SubjectSummary<Count: Hashable & Sendable & CaseIterable>: Hashable, Sendable
where Count.AllCases == [Count] {
  /// Counts of one replication, on average; in the order of `Count.allCases`.
  private let counts: [Estimate]
  /// The same, added up over all replications.
  private let totals: [Double]
  /// Every metric that it can have, also those that no replication tells.
  public let metrics: [MetricEstimate]

  /// Nil without replications.
  ///
  /// - Parameter values: by count, then by replication.
  init?(
    _ name: String, _ subject: Metric.Quantity.Subject, in window: Window, _ samples: VariantSamples,
    confidence: Double, counts values: [[Double]]
  ) {
    counts = values.compactMap { Estimate(meanOf: $0, confidence: confidence) }
    guard counts.count == Count.allCases.count else { return nil }
    totals = values.map { $0.reduce(0, +) }
    metrics = Metric.Quantity.allCases.filter { $0.subject == subject }.map {
      MetricEstimate(Metric($0, of: name, in: window), in: samples, confidence: confidence)
    }
  }

  public func count(_ count: Count) -> Estimate { counts[place(count)] }
  public func total(_ count: Count) -> Double { totals[place(count)] }

  /// Nil where no replication tells it.
  public subscript(quantity: Metric.Quantity) -> Estimate? {
    metrics.first { $0.metric.quantity == quantity }?.estimate
  }

  private func place(_ count: Count) -> Int { Count.allCases.firstIndex(of: count) ?? 0 }
}
