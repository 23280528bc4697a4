/// Fits distributions to measured times.
public enum DistributionFit {
  /// The fewest samples from which a shape is estimated.
  private static let fewestSamples = 5

  /// The likeliest exponential, lognormal, gamma or Weibull distribution, chosen by Akaike's criterion.
  ///
  /// From fewer than five samples an exponential distribution with their mean, from equal ones a constant; `note` then
  /// says so.
  /// - Parameter samples: in seconds, in any order. What is not above 0 and finite is left out, and noted.
  /// - Returns: nil without samples above 0.
  public static func fit(_ samples: [Double]) -> FittedDistribution? {
    let usable = samples.filter { $0 > 0 && $0.isFinite }.sorted()
    guard let least = usable.first, let greatest = usable.last else { return nil }
    let leftOut = samples.count - usable.count
    var notes: [String] = []
    if leftOut > 0 { notes.append("\(leftOut) of \(samples.count) samples are not above 0 and were left out") }
    let best: (name: String, distribution: Distribution)?
    if least == greatest {
      notes.append(usable.count == 1 ? "there is one sample" : "all \(usable.count) samples are equal")
      best = (try? .constant(seconds: LanguageText.rounded(least, digits: 4))).map { ("constant", $0) }
    } else if usable.count < fewestSamples {
      notes.append("\(usable.count) samples are too few for a shape, only their mean was used")
      let mean = usable.reduce(0, +) / Double(usable.count)
      best = (try? .exponential(mean: LanguageText.rounded(mean, digits: 4))).map { ("exponential", $0) }
    } else {
      best = MaximumLikelihood(usable).candidates.min { $0.criterion < $1.criterion }
        .map { ($0.name, $0.distribution) }
    }
    return best.map {
      FittedDistribution(
        distribution: $0.distribution, name: $0.name,
        // A constant differs from equal samples by rounding alone, on which the distance would be 1 or 0.
        kolmogorovSmirnovDistance: least == greatest ? 0 : distance(from: $0.distribution, toSorted: usable),
        sampleCount: usable.count,
        note: notes.isEmpty ? nil : notes.joined(separator: "; "))
    }
  }

  /// The Kolmogorov-Smirnov distance: at each sample the function is compared with the share below it and the share up to it.
  static func distance(from distribution: Distribution, toSorted samples: [Double]) -> Double {
    let count = Double(samples.count)
    var greatest = 0.0
    for (index, sample) in samples.enumerated() {
      greatest = max(greatest, distribution.cdf(sample.nextDown) - Double(index) / count)
      greatest = max(greatest, Double(index + 1) / count - distribution.cdf(sample))
    }
    return greatest
  }
}
