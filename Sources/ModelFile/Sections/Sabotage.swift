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
    keys.check { fields in
      guard let overrides = fields.decoded(setKey) else { return [] }
      // Whatever is wrong beside them, the paths are tried.
      fields.decoding.sabotages.append(
        SabotageText(
          name: fields.name, place: fields.decoding.holder ?? fields.section.location,
          overrides: overrides.filter { !$0.isOfScenario }, refutes: fields.decoded(refutesKey) ?? []))
      if overrides.isEmpty {
        return [Diagnostic(.outOfRange, at: fields.location(setKey), "a sabotage sets at least one value of the model")]
      }
      return overrides.filter(\.isOfScenario).map {
        Diagnostic(
          .badPath, at: $0.path.location, "a sabotage removes something from the model, and this is of the scenario")
      }
    }
    keys.check { fields in problems(of: fields.decoded(refutesKey) ?? [], among: fields.decoding.hypotheses) }
    return { fields in
      SabotageText(
        name: fields.name, place: fields.decoding.holder ?? fields.section.location, overrides: fields[setKey],
        refutes: fields[refutesKey])
    }
  }

  /// What is wrong with the names of hypotheses.
  private static func problems(of refutes: [Phrase], among known: [String]) -> [Diagnostic] {
    refutes.indices.compactMap { place in
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
