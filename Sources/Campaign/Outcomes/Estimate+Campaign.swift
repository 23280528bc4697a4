import Model
import Statistics

extension Estimate {
  /// The mean of what the replications tell; nil where none does.
  init?(of values: [Double?], confidence: Double) {
    self.init(meanOf: values.compactMap { $0 }, confidence: confidence)
  }

  init?(of values: some Sequence<Int>, confidence: Double) {
    self.init(meanOf: values.map(Double.init), confidence: confidence)
  }

  /// The estimate of 1 - value.
  var complement: Estimate {
    Estimate(
      value: 1 - value, low: high.map { 1 - $0 }, high: low.map { 1 - $0 }, confidence: confidence,
      replications: replications)
  }

  /// The estimate of -value.
  var negative: Estimate {
    Estimate(
      value: -value, low: high.map { -$0 }, high: low.map { -$0 }, confidence: confidence, replications: replications)
  }

  /// The interval cut to where a fraction can be; what it covers stays the same.
  var asFraction: Estimate {
    Estimate(
      value: value, low: low.map { max(0, min(1, $0)) }, high: high.map { max(0, min(1, $0)) },
      confidence: confidence, replications: replications)
  }

  /// The interval widened at both ends by what the measurement itself may be off.
  func widened(by resolution: Double) -> Estimate {
    Estimate(
      value: value, low: low.map { $0 - resolution }, high: high.map { $0 + resolution }, confidence: confidence,
      replications: replications)
  }

  /// The interval cut at 0, below which no time, rate or amount is; what it covers stays the same.
  var asPositive: Estimate {
    Estimate(
      value: value, low: low.map { max(0, $0) }, high: high, confidence: confidence, replications: replications)
  }
}
