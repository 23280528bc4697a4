import Model

/// What a scenario's file says of a sabotage, before its model is made.
struct SabotageText {
  let name: String
  /// Where its name stands.
  let place: SourceLocation
  let overrides: [OverrideText]
  /// The names of hypotheses.
  let refutes: [Phrase]

  static let section = Section<SabotageText>(
    "sabotage", "One mechanism removed, without which hypotheses must be refuted: else they prove nothing about it."
  ) { keys in
    let setKey = keys.required(
      "set", .overrides,
      "paths of the model such as `services.edge-api.dependencies.history.fallback`, and the values that are set there")
    let refutesKey = keys.required(
      "refutes", .list(.hypothesisName, isEmptyAllowed: false), "the hypotheses of `expect` that must then be refuted")
    return { fields in
      var problems: [Diagnostic] = []
      let overrides = fields[setKey]
      if overrides.isEmpty {
        problems.append(
          Diagnostic(.outOfRange, at: fields.location(setKey), "a sabotage sets at least one value of the model"))
      }
      for override in overrides where override.isOfScenario {
        problems.append(
          Diagnostic(
            .badPath, at: override.path.location,
            "a sabotage removes something from the model, and this is of the scenario"))
      }
      fields.decoding.report(problems)
      guard problems.isEmpty else { return nil }
      return SabotageText(
        name: fields.name, place: fields.decoding.holder ?? fields.section.location, overrides: overrides,
        refutes: fields[refutesKey])
    }
  }

  /// What is wrong with the hypotheses that it names.
  func problems(among expectations: [Expectation]) -> [Diagnostic] {
    let known = expectations.map(\.name)
    return refutes.indices.compactMap { place in
      let name = refutes[place]
      if !known.contains(name.text) {
        return Diagnostic(
          .unknownExpectation, at: name.location, "unknown hypothesis `\(name.text)`",
          suggestion: known.isEmpty ? "`expect` has none" : suggestion(for: name.text, among: known))
      }
      guard refutes[..<place].contains(where: { $0.text == name.text }) else { return nil }
      return Diagnostic(.duplicateName, at: name.location, "`\(name.text)` is listed twice")
    }
  }
}

extension ValueKind where Value == Phrase {
  fileprivate static var hypothesisName: ValueKind {
    .scalar(.name) { phrase, decoding in decoding.checkName(phrase) ? phrase : nil }
  }
}
