import Model

extension Steering.Policy {
  /// The policies, each with its own settings.
  static let branches: [(word: String, section: Section<Steering.Policy>)] = [
    ("weighted", weighted), ("priority", priority), ("quality", quality), ("rule", rule),
  ]

  private static let weighted = Section<Steering.Policy>("weighted", "in stated parts, or evenly") { keys in
    let shares = keys.required(
      "policy", .weightedCDNs,
      "the parts of the CDNs, which add up to 100%, `weighted(alpha=70% beta=30%)`; or all alike, `weighted(alpha beta)`"
    )
    return { .weighted($0[shares]) }
  }

  private static let priority = Section<Steering.Policy>("priority", "the first that is well") { keys in
    let cdns = keys.required(
      "policy", .orderedCDNs("priority"), "the CDNs in their order, the first one that is well is used")
    let threshold = keys.optional(
      "threshold", .positiveProbability, standard: "20%",
      "a CDN is well while errors and timeouts are below this part of its requests")
    return { .priority($0[cdns], threshold: $0[threshold].value) }
  }

  private static let quality = Section<Steering.Policy>("quality", "the one with the best experience") { keys in
    let cdns = keys.required(
      "policy", .orderedCDNs("quality"), "the CDNs among which the one with the best experience is used")
    let hysteresis = keys.optional(
      "hysteresis", .probability, standard: "15%", "another CDN has to be better by this part before it is used")
    let dwell = keys.optional(
      "dwell", .duration(usual: "min"), standard: "1min", "how long a choice lasts at least")
    let halfLife = keys.optional(
      "half-life", .positiveDuration(usual: "min"), standard: "1min", "the half-life of the moving averages")
    return {
      .quality($0[cdns], hysteresis: $0[hysteresis].value, dwell: $0[dwell], halfLife: $0[halfLife])
    }
  }

  private static let rule = Section<Steering.Policy>("rule", "a team's own expression, `rule`") { keys in
    _ = keys.required("policy", ValueKind<String>.word(among: ["rule"], what: "policy"), "as `rule` says")
    let rule = keys.required(
      "rule", .steeringRule, "an expression that gives each CDN its weight, such as `if error-ratio > 5% then 0 else 1`"
    )
    return { .rule($0[rule]) }
  }

  /// Those that it may choose.
  func cdns(of all: [String]) -> [String] {
    switch self {
    case .weighted(let shares): shares.map(\.cdn)
    case .priority(let cdns, _), .quality(let cdns, _, _, _): cdns
    case .rule: all
    }
  }
}

extension ValueKind where Value == SteeringRule {
  fileprivate static var steeringRule: ValueKind {
    .scalar(.rule) { phrase, decoding in decoding.steeringRule(phrase, cdns: decoding.names.cdns) }
  }
}

extension ValueKind where Value == [String] {
  /// `priority(alpha beta)`.
  fileprivate static func orderedCDNs(_ name: String) -> ValueKind {
    .scalar(.steeringPolicy(name, example: "\(name)(alpha beta)")) { phrase, decoding in
      guard let call = CallExpression(phrase, decoding) else { return nil }
      if let named = call.arguments.first(where: { $0.name != nil }) {
        decoding.report(
          .unknownParameter, at: named.whole.location, "`\(name)` takes names of CDNs alone",
          suggestion: "expected `\(name)(alpha beta)`")
        return nil
      }
      return decoding.cdns(call.arguments.map(\.whole), of: call)
    }
  }
}

extension ValueKind where Value == [Steering.Share] {
  /// `weighted(alpha=70% beta=30%)`, or evenly `weighted(alpha beta)`.
  fileprivate static var weightedCDNs: ValueKind {
    .scalar(.steeringPolicy("weighted", example: "weighted(alpha=70% beta=30%)")) { phrase, decoding in
      guard let call = CallExpression(phrase, decoding),
        let cdns = decoding.cdns(call.arguments.map { $0.name ?? $0.value }, of: call)
      else { return nil }
      let bare = call.arguments.filter { $0.name == nil }
      if bare.count == cdns.count {
        return cdns.map { Steering.Share(cdn: $0, weight: 1 / Double(cdns.count)) }
      }
      if let first = bare.first {
        decoding.report(
          .missingParameter, at: first.whole.location, "`\(first.whole.text)` needs its part, since others have one",
          suggestion: "expected one such as `\(first.whole.text)=30%`")
        return nil
      }
      let weights = call.arguments.compactMap { decoding.fraction($0.value) }
      guard weights.count == cdns.count else { return nil }
      let sum = weights.reduce(0, +)
      guard (sum - 1).magnitude <= 1e-9 else {
        decoding.report(
          .sharesNotWhole, at: phrase.location, "the parts of the CDNs add up to \(percent(sum)), not to 100%")
        return nil
      }
      return zip(cdns, weights).map { Steering.Share(cdn: $0, weight: $1) }
    }
  }
}

extension Decoding {
  /// Names of CDNs, each once, at least one.
  fileprivate func cdns(_ phrases: [Phrase], of call: CallExpression) -> [String]? {
    guard !phrases.isEmpty else {
      report(.missingParameter, at: call.whole.location, "`\(call.name.text)` needs the names of CDNs")
      return nil
    }
    var names: [String] = []
    for phrase in phrases {
      guard self.names.cdns.contains(phrase.text) else {
        report(
          .unknownCDN, at: phrase.location, "unknown CDN `\(phrase.text)`",
          suggestion: suggestion(for: phrase.text, among: self.names.cdns))
        return nil
      }
      guard !names.contains(phrase.text) else {
        report(.duplicateName, at: phrase.location, "the CDN `\(phrase.text)` is named twice")
        return nil
      }
      names.append(phrase.text)
    }
    return names
  }
}

/// A sum of parts, for a message.
func percent(_ value: Double) -> String {
  let hundredths = (value * 1e8).rounded() / 1e6
  return hundredths == hundredths.rounded() && hundredths.magnitude < 1e15
    ? "\(Int64(hundredths))%" : "\(hundredths)%"
}
