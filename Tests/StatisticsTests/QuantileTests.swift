import Statistics
import Testing

@Suite struct `A quantile` {
  /// Case `quantile_ci` of the analytic cases, from scipy's binomial quantiles.
  @Test(arguments: [
    (1_000, 0.99, 983, 997, 0.9760947635), (10_000, 0.999, 9983, 9997, 0.9754574619), (200, 0.5, 86, 115, 0.9599628084),
  ])
  func `lies between two order statistics`(count: Int, quantile: Double, low: Int, high: Int, coverage: Double) throws {
    let ranks = try #require(QuantileRanks(quantile: quantile, count: count, confidence: 0.95))
    #expect(ranks.low == low && ranks.high == high)
    #expect(isClose(ranks.coverage, coverage, relative: 1e-9))
    let values = (1...count).reversed().map(Double.init)
    let estimate = try #require(QuantileEstimate(quantile, of: values, confidence: 0.95).estimate)
    #expect(estimate.value == quantile * Double(count))
    #expect(estimate.low == Double(low) && estimate.high == Double(high))
  }

  @Test(arguments: [(0.99, 299), (0.999, 2995), (0.01, 299), (0.5, 6)])
  func `is refused from too few values, with the number it needs`(quantile: Double, needed: Int) {
    let values = (1...needed).map(Double.init)
    #expect(QuantileEstimate(quantile, of: Array(values.dropLast()), confidence: 0.95) == .tooFew(needed: needed))
    #expect(QuantileEstimate(quantile, of: values, confidence: 0.95).estimate != nil)
  }

  @Test func `is the smallest value that its share does not exceed`() throws {
    let values = (1...100).map(Double.init)
    for rank in 5...95 {
      let estimate = try #require(QuantileEstimate(Double(rank) / 100, of: values, confidence: 0.95).estimate)
      #expect(estimate.value == Double(rank))
    }
  }

  @Test func `keeps its confidence at every sample size`() {
    for quantile in [0.05, 0.5, 0.9, 0.99] {
      for count in 1...500 {
        guard let ranks = QuantileRanks(quantile: quantile, count: count, confidence: 0.95) else { continue }
        #expect(ranks.low >= 1 && ranks.low < ranks.high && ranks.high <= count)
        #expect(ranks.coverage >= 0.95 - 1e-12, "\(quantile) of \(count)")
      }
    }
  }
}
