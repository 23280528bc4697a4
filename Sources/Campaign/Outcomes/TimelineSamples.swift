import Engine
import Model

/// The sum of timelines, from which the mean timeline is taken.
struct TimelineSamples: Sendable {
  private var count = 0
  private var sum: MeanTimeline?

  mutating func append(_ timeline: Timeline, _ streaming: StreamingTimeline?) {
    let one = MeanTimeline(timeline, streaming)
    if sum == nil { sum = one } else { sum?.add(one) }
    count += 1
  }

  var mean: MeanTimeline? { sum?.scaled(by: count) }
}

/// A timeline averaged over replications, from 0, warm-up included.
public struct MeanTimeline: Hashable, Sendable {
  public let binWidth: SimulationDuration
  public private(set) var series: [Series]

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case workload, service, breaker, sessions, cdn
  }
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    /// Logical requests that arrived in the bin, and what they came to, per replication.
    case arrivals, success, degraded, failed
    /// Means over the bin: threads in use and calls waiting, all replicas together.
    case busy, queue
    /// Means over the bin, as parts of the replicas: with all threads in use; up.
    case full, up
    /// Mean over the bin: replicas that took calls, where an autoscaler changes their number.
    case replicas
    /// Mean over the bin: the part of the caller's replicas whose breaker was not closed.
    case open
    /// Of sessions. Means over the bin: under way, in a stall. First pictures in the bin, per replication.
    case concurrent, stalled, starts
    /// Of a CDN. Mean over the bin, bits per second to players.
    case egress
    /// Of a CDN: the part of the edge's requests that its caches answered, of the replications in which some came.
    case hitRatio = "hit_ratio"
  }
  public struct Series: Hashable, Sendable {
    public let kind: Kind
    public let name: String
    public let measure: Measure
    /// One a bin; NaN where no replication tells it.
    public fileprivate(set) var values: [Double]
    /// How many replications tell each bin; nil where all do.
    fileprivate var told: [Int]?
  }

  public var binCount: Int { series.first?.values.count ?? 0 }

  /// The values of one series; nil where there is none.
  public func values(_ kind: Kind, _ name: String, _ measure: Measure) -> [Double]? {
    series.first { $0.kind == kind && $0.name == name && $0.measure == measure }?.values
  }
}

extension MeanTimeline {
  init(_ timeline: Timeline, _ streaming: StreamingTimeline? = nil) {
    binWidth = timeline.binWidth
    series = []
    for item in timeline.workloads {
      append(.workload, item.name, .arrivals, item.arrivals.map(Double.init))
      append(.workload, item.name, .success, item.success.map(Double.init))
      append(.workload, item.name, .degraded, item.degraded.map(Double.init))
      append(.workload, item.name, .failed, item.failed.map(Double.init))
    }
    for item in timeline.services {
      append(.service, item.name, .busy, item.busy)
      append(.service, item.name, .queue, item.queue)
      append(.service, item.name, .full, item.full)
      append(.service, item.name, .up, item.up)
      if let replicas = item.replicas { append(.service, item.name, .replicas, replicas) }
    }
    for item in timeline.breakers { append(.breaker, item.name, .open, item.open) }
    guard let streaming else { return }
    append(.sessions, Metric.allSessions, .concurrent, streaming.concurrent)
    append(.sessions, Metric.allSessions, .stalled, streaming.stalled)
    append(.sessions, Metric.allSessions, .starts, streaming.starts.map(Double.init))
    for item in streaming.cdns {
      append(.cdn, item.name, .egress, item.egress)
      append(.cdn, item.name, .hitRatio, item.hitRatio.map { $0 ?? 0 }, told: item.hitRatio.map { $0 == nil ? 0 : 1 })
    }
  }

  private mutating func append(_ kind: Kind, _ name: String, _ measure: Measure, _ values: [Double], told: [Int]? = nil)
  {
    series.append(Series(kind: kind, name: name, measure: measure, values: values, told: told))
  }

  fileprivate mutating func add(_ other: MeanTimeline) {
    for place in series.indices {
      // Taken out, so that the values are added up in place without asking each time who else has them.
      var sums = series[place].values
      series[place].values = []
      let values = other.series[place].values
      for bin in sums.indices { sums[bin] += values[bin] }
      series[place].values = sums
      guard let told = other.series[place].told else { continue }
      for bin in told.indices { series[place].told?[bin] += told[bin] }
    }
  }

  fileprivate func scaled(by count: Int) -> MeanTimeline {
    var mean = self
    for place in series.indices {
      for bin in series[place].values.indices {
        mean.series[place].values[bin] /= Double(series[place].told?[bin] ?? count)
      }
    }
    return mean
  }
}
