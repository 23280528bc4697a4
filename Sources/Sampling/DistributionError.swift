/// A parameter that a distribution cannot have.
public struct DistributionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The parameter's name in the model language, such as `sigma`.
  public let parameter: String
  /// What is required of it, such as "must be above 0".
  public let requirement: String

  public var description: String { "\(parameter) \(requirement)" }

  public init(parameter: String, requirement: String) {
    self.parameter = parameter
    self.requirement = requirement
  }

  static func require(_ holds: Bool, _ parameter: String, _ requirement: String) throws(DistributionError) {
    guard holds else { throw DistributionError(parameter: parameter, requirement: requirement) }
  }

  static func requirePositive(_ value: Double, _ parameter: String) throws(DistributionError) {
    try require(value > 0 && value.isFinite, parameter, "must be above 0")
  }

  static func requireNotNegative(_ value: Double, _ parameter: String) throws(DistributionError) {
    try require(value >= 0 && value.isFinite, parameter, "must be 0 or more")
  }

  /// The probabilities' share of their sum, which must be 1 to within 1e-9.
  static func weights(_ probabilities: [Double]) throws(DistributionError) -> [Double] {
    try require(!probabilities.isEmpty, "probabilities", "must be given, at least one")
    for probability in probabilities {
      try require(probability >= 0 && probability <= 1, "probability", "must be from 0 to 1")
    }
    let sum = probabilities.reduce(0, +)
    try require((sum - 1).magnitude <= 1e-9, "probabilities", "must sum to 1, not \(sum)")
    return probabilities.map { $0 / sum }
  }
}
