/// A distribution for measured times, and how well it fits.
public struct FittedDistribution: Hashable, Sendable {
  /// The distribution, its parameters rounded to four digits so that its `languageText` is short.
  public let distribution: Distribution
  /// The family's name in the model language, such as `lognormal`.
  public let name: String
  /// The greatest distance between the distribution function and the samples' own, from 0 to 1.
  public let kolmogorovSmirnovDistance: Double
  /// How many samples were fitted.
  public let sampleCount: Int
  /// What a reader must know to trust the fit, such as that there were too few samples; nil if nothing.
  public let note: String?
}
