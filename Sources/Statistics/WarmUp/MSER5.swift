/// Where the warm-up of a series ends, by the MSER-5 rule.
///
/// The truncation that minimises the squared standard error of what is left, over batches of five: K. P. White,
/// M. J. Cobb and S. C. Spratt, "A comparison of five steady-state truncation heuristics for simulation", Winter
/// Simulation Conference 2000. For a steady state only: a mission (an outage, a launch) is not truncated.
public struct MSER5: Hashable, Sendable {
  /// How many observations at the start of the series to leave out; a multiple of 5.
  public let truncation: Int
  /// Whether the minimum lies in the second half: the run is too short to tell where its warm-up ends.
  public let isRunTooShort: Bool

  /// - Parameter series: equally spaced observations, in order, each finite. Up to four at the end are not used.
  /// - Returns: nil of fewer than 50 observations.
  /// - Complexity: O(n).
  public init?(_ series: [Double]) {
    let batches = stride(from: 0, to: series.count - series.count % 5, by: 5).map { start in
      series[start..<start + 5].reduce(0, +) / 5
    }
    guard batches.count >= 10, batches.allSatisfy(\.isFinite) else { return nil }
    // From the end, so that the moments of every remainder come from one pass. The last five remainders have
    // too few batches for a variance and would win by chance.
    var remainder = Moments()
    var best = (start: 0, score: Double.infinity)
    for start in batches.indices.reversed() {
      remainder.add(batches[start])
      guard remainder.count >= 5, let variance = remainder.variance else { continue }
      let n = Double(remainder.count)
      let score = variance * (n - 1) / (n * n)
      if score <= best.score { best = (start, score) }
    }
    truncation = 5 * best.start
    isRunTooShort = 2 * best.start > batches.count
  }
}
