extension Distribution {
  /// The distribution of `factor` times X: its quantiles, its mean and its standard deviation are all `factor` times those
  /// of this one.
  ///
  /// - Parameter factor: above 0.
  /// - Throws: where a parameter leaves the range of its family, as a time that is no longer above 0.
  public func scaled(by factor: Double) throws(DistributionError) -> Distribution {
    try DistributionError.requirePositive(factor, "factor")
    switch self {
    case .constant(let its): return try .constant(seconds: its.value * factor)
    case .exponential(let its): return try .exponential(mean: its.mean * factor)
    case .lognormal(let its):
      switch its.parameters {
      case .quantiles(let p50, let p99): return try .lognormal(p50: p50 * factor, p99: p99 * factor)
      case .moments(let mean, let cv): return try .lognormal(mean: mean * factor, cv: cv)
      }
    case .weibull(let its):
      switch its.parameters {
      case .scale(let scale): return try .weibull(shape: its.shape, scale: scale * factor)
      case .mean(let mean): return try .weibull(shape: its.shape, mean: mean * factor)
      }
    case .gamma(let its):
      switch its.parameters {
      case .shape(let shape): return try .gamma(shape: shape, mean: its.mean * factor)
      case .cv(let cv): return try .gamma(mean: its.mean * factor, cv: cv)
      }
    case .erlang(let its): return try .erlang(k: its.phases, mean: its.mean * factor)
    case .hyperexponential(let its):
      return .hyperexponential(
        try Hyperexponential(
          its.branches.map { Hyperexponential.Branch(probability: $0.probability, mean: $0.mean * factor) }))
    case .pareto(let its): return try .pareto(shape: its.shape, min: its.minimum * factor)
    case .loglogistic(let its): return try .loglogistic(p50: its.median * factor, shape: its.shape)
    case .uniform(let its): return try .uniform(min: its.minimum * factor, max: its.maximum * factor)
    case .triangular(let its):
      return try .triangular(min: its.minimum * factor, mode: its.mode * factor, max: its.maximum * factor)
    case .empirical(let its): return try .empirical(its.sortedValues.map { $0 * factor })
    case .mixture(let its):
      var components: [Mixture.Component] = []
      for part in its.components {
        components.append(
          Mixture.Component(probability: part.probability, distribution: try part.distribution.scaled(by: factor)))
      }
      return .mixture(try Mixture(components))
    case .shifted(let its): return try .shifted(its.distribution.scaled(by: factor), by: its.shift * factor)
    case .truncated(let its): return try .truncated(its.distribution.scaled(by: factor), max: its.maximum * factor)
    }
  }
}
