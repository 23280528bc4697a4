extension Distribution {
  /// An expert's three numbers: the least, the likeliest and the greatest time.
  public struct Triangular: DistributionFamily {
    /// In seconds, 0 or more.
    public let minimum: Double
    /// In seconds, where the density peaks.
    public let mode: Double
    /// In seconds, above the minimum.
    public let maximum: Double

    public init(min: Double, mode: Double, max: Double) throws(DistributionError) {
      try DistributionError.requireNotNegative(min, "min")
      try DistributionError.require(max > min && max.isFinite, "max", "must be above min")
      try DistributionError.require(mode >= min && mode <= max, "mode", "must be from min to max")
      minimum = min
      self.mode = mode
      maximum = max
    }

    private var width: Double { maximum - minimum }
    private var rise: Double { mode - minimum }
    private var fall: Double { maximum - mode }

    var mean: Double { (minimum + mode + maximum) / 3 }
    var variance: Double { (width * width - rise * fall) / 18 }

    func cdf(_ x: Double) -> Double {
      if x <= minimum { return 0 }
      return x < mode ? (x - minimum) * (x - minimum) / (width * rise) : 1 - survival(x)
    }

    func survival(_ x: Double) -> Double {
      if x >= maximum { return 0 }
      return x >= mode ? (maximum - x) * (maximum - x) / (width * fall) : 1 - cdf(x)
    }

    func density(_ x: Double) -> Double {
      guard x >= minimum && x <= maximum else { return 0 }
      if x < mode { return 2 * (x - minimum) / (width * rise) }
      return fall > 0 ? 2 * (maximum - x) / (width * fall) : 2 / width
    }

    func lowerQuantile(_ p: Double) -> Double {
      p * width <= rise
        ? minimum + (p * width * rise).squareRoot()
        : maximum - ((1 - p) * width * fall).squareRoot()
    }

    func upperQuantile(_ q: Double) -> Double {
      q * width < fall
        ? maximum - (q * width * fall).squareRoot()
        : minimum + ((1 - q) * width * rise).squareRoot()
    }

    func moment(_ order: Int, below x: Double) -> Double {
      let low = Swift.min(x, mode) - minimum
      let high = Swift.min(x, maximum)
      var sum = 0.0
      if low > 0 {
        // t = minimum + s with density 2s / (width·rise), integrated over s.
        let first = low * low * low / 3
        let zeroth = low * low / 2
        sum +=
          2 / (width * rise)
          * (order == 1
            ? minimum * zeroth + first
            : minimum * minimum * zeroth + 2 * minimum * first + low * low * low * low / 4)
      }
      if high > mode {
        // t = maximum - s with density 2s / (width·fall), integrated over s from maximum - high to fall.
        let end = maximum - high
        let zeroth = (fall * fall - end * end) / 2
        let first = (fall * fall * fall - end * end * end) / 3
        let second = (fall * fall * fall * fall - end * end * end * end) / 4
        sum +=
          2 / (width * fall)
          * (order == 1
            ? maximum * zeroth - first
            : maximum * maximum * zeroth - 2 * maximum * first + second)
      }
      return sum
    }

    var languageText: String {
      let texts = [minimum, mode, maximum].map(LanguageText.duration)
      return "triangular(min=\(texts[0]) mode=\(texts[1]) max=\(texts[2]))"
    }
  }

  public static func triangular(min: Double, mode: Double, max: Double) throws(DistributionError) -> Distribution {
    .triangular(try Triangular(min: min, mode: mode, max: max))
  }
}
