import Engine

/// The latencies that are reported of a tally.
public enum LatencyQuantile: String, Hashable, Sendable, CaseIterable, Codable {
  case p50, p90, p95, p99, p999

  /// From 0 to 1.
  public var fraction: Double {
    switch self {
    case .p50: 0.5
    case .p90: 0.9
    case .p95: 0.95
    case .p99: 0.99
    case .p999: 0.999
    }
  }
}

extension LatencyTally {
  /// A latency quantile in seconds; nil where there are too few latencies to tell.
  ///
  /// They are too few where the 95% interval of the quantile from order statistics has no upper end: where
  /// fraction^count > 2.5%, so below 6 for the median, 368 for p99 and 3,688 for p99.9.
  public func value(of quantile: LatencyQuantile) -> Double? {
    var beyond = 1.0
    var power = quantile.fraction
    var exponent = count
    // By repeated squaring: multiplication gives the same bits on every machine, the library's pow does not.
    while exponent > 0 {
      if exponent & 1 == 1 { beyond *= power }
      power *= power
      exponent >>= 1
    }
    return beyond <= 0.025 ? self.quantile(quantile.fraction) : nil
  }
}

/// The latencies of each replication, and all of them together.
struct LatencySamples: Hashable, Sendable {
  /// In the order of the replications.
  private(set) var samples: [LatencySample] = []
  private(set) var pooled = LatencyTally.empty

  mutating func append(_ tally: LatencyTally) {
    samples.append(LatencySample(tally))
    pooled = pooled.merging(tally)
  }
}

/// The latencies of one replication, in seconds.
struct LatencySample: Hashable, Sendable {
  let mean: Double?
  let max: Double?
  /// In the order of `LatencyQuantile.allCases`.
  let quantiles: [Double?]

  init(_ tally: LatencyTally) {
    mean = tally.mean
    max = tally.count == 0 ? nil : Double(tally.max) / 1e9
    quantiles = LatencyQuantile.allCases.map { tally.value(of: $0) }
  }

  subscript(quantile: LatencyQuantile) -> Double? {
    switch quantile {
    case .p50: quantiles[0]
    case .p90: quantiles[1]
    case .p95: quantiles[2]
    case .p99: quantiles[3]
    case .p999: quantiles[4]
    }
  }
}
