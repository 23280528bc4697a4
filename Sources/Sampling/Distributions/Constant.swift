extension Distribution {
  /// Always the same time.
  public struct Constant: DistributionFamily {
    /// In seconds, 0 or more.
    public let value: Double

    public init(_ value: Double) throws(DistributionError) {
      try DistributionError.requireNotNegative(value, "value")
      self.value = value
    }

    var mean: Double { value }
    var variance: Double { 0 }
    func cdf(_ x: Double) -> Double { x >= value ? 1 : 0 }
    func survival(_ x: Double) -> Double { x >= value ? 0 : 1 }
    func density(_ x: Double) -> Double { 0 }
    func lowerQuantile(_ p: Double) -> Double { value }
    func upperQuantile(_ q: Double) -> Double { value }
    func moment(_ order: Int, below x: Double) -> Double {
      x < value ? 0 : order == 1 ? value : value * value
    }
    var languageText: String { LanguageText.duration(value) }
  }

  public static func constant(seconds: Double) throws(DistributionError) -> Distribution {
    .constant(try Constant(seconds))
  }
}
