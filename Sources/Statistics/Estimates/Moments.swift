/// Mean and variance of values taken one by one, in order.
///
/// B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4
/// (1962). The same values in the same order give the same bits; equal values give a variance of exactly zero.
public struct Moments: Hashable, Sendable {
  public private(set) var count = 0
  /// 0 without values.
  public private(set) var mean = 0.0
  private var squaredDeviations = 0.0

  public init() {}

  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  public mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squaredDeviations += deviation * (value - mean)
  }

  /// The unbiased sample variance (divisor n - 1); nil of fewer than two values.
  public var variance: Double? { count < 2 ? nil : squaredDeviations / Double(count - 1) }

  /// The square root of `variance`.
  public var standardDeviation: Double? { variance.map { $0.squareRoot() } }

  /// The standard deviation of the mean; nil of fewer than two values.
  public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}
