import Sampling

/// The distributions of the language.
enum DistributionName: String, CaseIterable {
  case constant, exponential, lognormal, weibull, gamma, erlang, hyperexponential, pareto, loglogistic, uniform,
    triangular, empirical, mixture, shifted, truncated
}

extension ValueKind where Value == Distribution {
  /// A distribution of times; a bare duration is a constant.
  /// - Parameter usual: the unit that is suggested where there is none.
  static func distribution(usual: String) -> ValueKind {
    .scalar(.distribution) { phrase, decoding in decoding.distribution(phrase, usual: usual) }
  }
}

/// What the numbers of a distribution are.
enum Measure: Sendable {
  /// Times, in seconds; the unit is suggested where there is none.
  case duration(usual: String)
  /// Bits per second.
  case bitrate
}

extension Decoding {
  /// A number with its unit: seconds, or bits per second; zero or more.
  func number(_ phrase: Phrase, of measure: Measure) -> Double? {
    switch measure {
    case .duration(let usual): seconds(phrase, usual: usual)
    case .bitrate: bitsPerSecond(phrase)
    }
  }
}

extension Decoding {
  /// A distribution of times written as a call, or a duration.
  func distribution(_ phrase: Phrase, usual: String = "ms") -> Distribution? {
    distribution(phrase, of: .duration(usual: usual))
  }

  /// A distribution written as a call, or a quantity, which is a constant.
  func distribution(_ phrase: Phrase, of measure: Measure) -> Distribution? {
    guard CallExpression.looksLike(phrase) else {
      guard let value = number(phrase, of: measure) else { return nil }
      return build(phrase, [:]) { () throws(DistributionError) in try .constant(seconds: value) }
    }
    let word = phrase.text.prefix { $0 != "(" && !$0.isWhitespace }
    guard let name = DistributionName(rawValue: String(word)) else {
      report(
        .unknownDistribution, at: phrase.part(from: 0, count: word.count).location,
        "`\(word)` is not a distribution",
        suggestion: suggestion(for: String(word), among: DistributionName.allCases.map(\.rawValue)))
      return nil
    }
    guard let call = CallExpression(phrase, self) else { return nil }
    switch name {
    case .hyperexponential, .mixture: return weighted(name, call, of: measure)
    case .shifted, .truncated: return derived(name, call, of: measure)
    case .empirical: return empirical(call, of: measure)
    case .constant, .exponential, .lognormal, .weibull, .gamma, .erlang, .pareto, .loglogistic, .uniform, .triangular:
      return parametric(name, call, of: measure)
    }
  }

  private func parametric(_ name: DistributionName, _ call: CallExpression, of measure: Measure) -> Distribution? {
    guard let (choice, values) = call.parameters(name.parameters, self) else { return nil }
    var numbers: [String: Double] = [:]
    for parameter in name.parameters[choice] {
      guard let phrase = values[parameter] else { return nil }
      switch parameter {
      case "cv", "mu", "sigma", "shape": numbers[parameter] = number(phrase)
      case "k": numbers[parameter] = count(parameter: phrase).map(Double.init)
      default: numbers[parameter] = number(phrase, of: measure)
      }
    }
    guard numbers.count == name.parameters[choice].count else { return nil }
    return build(call.whole, values) { () throws(DistributionError) in
      try name.distribution(choice: choice) { numbers[$0] ?? .nan }
    }
  }

  private func weighted(_ name: DistributionName, _ call: CallExpression, of measure: Measure) -> Distribution? {
    var parts: [(weight: Double, value: Phrase)] = []
    for argument in call.arguments {
      guard let weightPhrase = argument.name else {
        report(
          .unknownParameter, at: argument.whole.location, "`\(argument.whole.text)` needs its share",
          suggestion: "expected one such as `30%=\(argument.whole.text)`")
        return nil
      }
      guard let weight = fraction(weightPhrase) else { return nil }
      parts.append((weight, argument.value))
    }
    if name == .mixture {
      let components = parts.compactMap { part in
        distribution(part.value, of: measure).map {
          Distribution.Mixture.Component(probability: part.weight, distribution: $0)
        }
      }
      guard components.count == parts.count else { return nil }
      return build(call.whole, [:]) { () throws(DistributionError) in .mixture(try Distribution.Mixture(components)) }
    }
    let branches = parts.compactMap { part in
      number(part.value, of: measure).map { Distribution.Hyperexponential.Branch(probability: part.weight, mean: $0) }
    }
    guard branches.count == parts.count else { return nil }
    return build(call.whole, [:]) { () throws(DistributionError) in
      .hyperexponential(try Distribution.Hyperexponential(branches))
    }
  }

  private func derived(_ name: DistributionName, _ call: CallExpression, of measure: Measure) -> Distribution? {
    let parameter = name == .shifted ? "by" : "max"
    guard
      let (inner, values) = call.single(
        "a distribution and `\(parameter)`, as in `\(name.rawValue)(exponential(mean=2ms) \(parameter)=3ms)`",
        named: [parameter], self)
    else { return nil }
    guard let phrase = values[parameter] else {
      report(.missingParameter, at: call.whole.location, "`\(name.rawValue)` lacks `\(parameter)`")
      return nil
    }
    let distribution = distribution(inner, of: measure)
    guard let value = number(phrase, of: measure), let distribution else { return nil }
    return build(call.whole, values) { () throws(DistributionError) in
      name == .shifted
        ? try .shifted(distribution, by: value) : try .truncated(distribution, max: value)
    }
  }

  private func empirical(_ call: CallExpression, of measure: Measure) -> Distribution? {
    guard let (file, values) = call.single("the path of a CSV file", named: ["column", "unit"], self) else {
      return nil
    }
    guard let numbers = measurements(in: file, column: values["column"], unit: values["unit"], of: measure) else {
      return nil
    }
    let source = call.arguments.map(\.whole.text).joined(separator: " ")
    return build(call.whole, [:]) { () throws(DistributionError) in try .empirical(numbers, source: source) }
  }

  private func count(parameter phrase: Phrase) -> Int? {
    guard let value = Int(phrase.text) else {
      report(.notANumber, at: phrase.location, "`\(phrase.text)` is not a whole number")
      return nil
    }
    if (1...Limit.phases).contains(value) { return value }
    report(.badParameter, at: phrase.location, "`k` must be from 1 to \(Limit.phases)")
    return nil
  }

  /// Builds a distribution, and reports a parameter it can't have at that parameter.
  private func build(
    _ whole: Phrase, _ values: [String: Phrase], _ make: () throws(DistributionError) -> Distribution
  ) -> Distribution? {
    do {
      return try make()
    } catch {
      if let place = values[error.parameter]?.location {
        report(.badParameter, at: place, "`\(error.parameter)` \(error.requirement)")
      } else {
        report(.badParameter, at: whole.location, "the \(error.parameter) \(error.requirement)")
      }
      return nil
    }
  }
}

extension DistributionName {
  /// The lists of parameters by which it can be given.
  fileprivate var parameters: [[String]] {
    switch self {
    case .constant: [["value"]]
    case .exponential: [["mean"]]
    case .lognormal: [["p50", "p99"], ["mean", "cv"], ["mu", "sigma"]]
    case .weibull: [["shape", "mean"], ["shape", "scale"]]
    case .gamma: [["shape", "mean"], ["mean", "cv"]]
    case .erlang: [["k", "mean"]]
    case .pareto: [["shape", "min"]]
    case .loglogistic: [["p50", "shape"]]
    case .uniform: [["min", "max"]]
    case .triangular: [["min", "mode", "max"]]
    case .hyperexponential, .empirical, .mixture, .shifted, .truncated: []
    }
  }

  /// The distribution with these numbers; times are in seconds.
  fileprivate func distribution(
    choice: Int, _ number: (String) -> Double
  ) throws(DistributionError) -> Distribution {
    switch (self, choice) {
    case (.constant, _): try .constant(seconds: number("value"))
    case (.exponential, _): try .exponential(mean: number("mean"))
    case (.lognormal, 0): try .lognormal(p50: number("p50"), p99: number("p99"))
    case (.lognormal, 1): try .lognormal(mean: number("mean"), cv: number("cv"))
    case (.lognormal, _): .lognormal(try Distribution.Lognormal(mu: number("mu"), sigma: number("sigma")))
    case (.weibull, 0): try .weibull(shape: number("shape"), mean: number("mean"))
    case (.weibull, _): try .weibull(shape: number("shape"), scale: number("scale"))
    case (.gamma, 0): try .gamma(shape: number("shape"), mean: number("mean"))
    case (.gamma, _): try .gamma(mean: number("mean"), cv: number("cv"))
    case (.erlang, _): try .erlang(k: Int(number("k")), mean: number("mean"))
    case (.pareto, _): try .pareto(shape: number("shape"), min: number("min"))
    case (.loglogistic, _): try .loglogistic(p50: number("p50"), shape: number("shape"))
    case (.uniform, _): try .uniform(min: number("min"), max: number("max"))
    case (.triangular, _): try .triangular(min: number("min"), mode: number("mode"), max: number("max"))
    case (.hyperexponential, _), (.empirical, _), (.mixture, _), (.shifted, _), (.truncated, _):
      preconditionFailure("\(rawValue) has no list of numbers for parameters")
    }
  }
}
