extension Distribution {
  /// Any time between two, all alike.
  public struct Uniform: DistributionFamily {
    /// In seconds, 0 or more.
    public let minimum: Double
    /// In seconds, above the minimum.
    public let maximum: Double

    public init(min: Double, max: Double) throws(DistributionError) {
      try DistributionError.requireNotNegative(min, "min")
      try DistributionError.require(max > min && max.isFinite, "max", "must be above min")
      minimum = min
      maximum = max
    }

    var width: Double { maximum - minimum }
    var mean: Double { minimum + 0.5 * width }
    var variance: Double { width * width / 12 }

    func cdf(_ x: Double) -> Double { x <= minimum ? 0 : x >= maximum ? 1 : (x - minimum) / width }

    func survival(_ x: Double) -> Double { x <= minimum ? 1 : x >= maximum ? 0 : (maximum - x) / width }

    func density(_ x: Double) -> Double { x >= minimum && x <= maximum ? 1 / width : 0 }

    func lowerQuantile(_ p: Double) -> Double { minimum + p * width }

    func upperQuantile(_ q: Double) -> Double { maximum - q * width }

    func moment(_ order: Int, below x: Double) -> Double {
      let end = min(x, maximum)
      guard end > minimum else { return 0 }
      let share = (end - minimum) / width
      return order == 1
        ? share * 0.5 * (minimum + end)
        : share * (minimum * minimum + minimum * end + end * end) / 3
    }

    var languageText: String {
      "uniform(min=\(LanguageText.duration(minimum)) max=\(LanguageText.duration(maximum)))"
    }
  }

  public static func uniform(min: Double, max: Double) throws(DistributionError) -> Distribution {
    .uniform(try Uniform(min: min, max: max))
  }
}
