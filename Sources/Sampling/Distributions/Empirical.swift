extension Distribution {
  /// Measured times, each as likely as the others.
  public struct Empirical: DistributionFamily {
    /// In seconds, ascending.
    public let sortedValues: [Double]
    /// What stands between the parentheses in the model language, such as `latency.csv column=ms unit=ms`;
    /// nil where the values themselves stand there.
    public let source: String?

    /// - Parameter values: in seconds, 0 or more, in any order, at least one.
    public init(_ values: [Double], source: String? = nil) throws(DistributionError) {
      try DistributionError.require(!values.isEmpty, "values", "must be given, at least one")
      for value in values { try DistributionError.requireNotNegative(value, "values") }
      sortedValues = values.sorted()
      self.source = source
    }

    private var count: Double { Double(sortedValues.count) }

    var mean: Double { sortedValues.reduce(0, +) / count }

    var variance: Double {
      let mean = mean
      return sortedValues.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    }

    /// How many values are at most x.
    private func rank(_ x: Double) -> Int {
      var low = 0
      var high = sortedValues.count
      while low < high {
        let middle = (low + high) / 2
        if sortedValues[middle] <= x { low = middle + 1 } else { high = middle }
      }
      return low
    }

    func cdf(_ x: Double) -> Double { Double(rank(x)) / count }

    func survival(_ x: Double) -> Double { Double(sortedValues.count - rank(x)) / count }

    func density(_ x: Double) -> Double { 0 }

    func lowerQuantile(_ p: Double) -> Double {
      sortedValues[max(0, Int((p * count).rounded(.up)) - 1)]
    }

    func upperQuantile(_ q: Double) -> Double {
      sortedValues[max(0, sortedValues.count - 1 - Int(q * count))]
    }

    func moment(_ order: Int, below x: Double) -> Double {
      sortedValues.prefix(rank(x)).reduce(0) { $0 + (order == 1 ? $1 : $1 * $1) } / count
    }

    var languageText: String {
      let text = source ?? sortedValues.map(LanguageText.duration).joined(separator: " ")
      return "empirical(\(text))"
    }
  }

  public static func empirical(_ values: [Double], source: String? = nil) throws(DistributionError) -> Distribution {
    .empirical(try Empirical(values, source: source))
  }
}
