import Model

extension ValueKind where Value == Phrase {
  /// The path of a value of the model.
  static var valuePath: ValueKind { .scalar(.valuePath) { phrase, _ in phrase } }
}

extension ScalarShape {
  static let valuePath = ScalarShape(
    name: "valuePath", expectation: "the path of a value such as `services.web.pool.threads`",
    schema: [
      "description": .string("The path of a value that a fault can set: " + SettableValue.listing + "."),
      "type": "string", "pattern": "^[A-Za-z0-9*-]+(\\.[A-Za-z0-9*-]+)+$",
    ])
}

extension Decoding {
  /// The values at a path are another one; nil after having reported what is wrong.
  func set(_ path: Phrase, to value: Node) -> SetFault? {
    // Where the model is faulty, that is told already.
    guard let base else { return nil }
    let override = OverrideText(path: path, value: value)
    if override.isOfScenario {
      report(.badPath, at: path.location, "a fault sets values of the model, and this is of the scenario")
      return nil
    }
    guard let phrase = value.phrase, phrase.isRamp else {
      guard let changed = base.setting(override, self), let settings = settings(of: changed, at: path) else {
        return nil
      }
      return checked(SetFault(path: path.text, text: value.flowText, settings: settings, changed: changed.model), path)
    }
    guard let parts = phrase.rampParts else {
      report(
        .badRamp, at: phrase.location, "`\(phrase.text)` is not a ramp",
        suggestion: "expected one such as `from 10 to 2 over 5min`")
      return nil
    }
    func changed(_ part: Phrase) -> ChangeableModel.Changed? {
      base.setting(OverrideText(path: path, value: Node(content: .scalar(part), location: part.location)), self)
    }
    guard let first = changed(parts.start), let last = changed(parts.end),
      let over = ValueKind<SimulationDuration>.positiveDuration(usual: "min")
        .decode(Node(content: .scalar(parts.over), location: parts.over.location), self),
      let settings = settings(of: last, at: path)
    else { return nil }
    guard settings.allSatisfy({ $0.isNumber && $0.isBounded(in: first.model) && $0.isBounded(in: last.model) }) else {
      report(.badRamp, at: phrase.location, "only a number can move, and from one number to another")
      return nil
    }
    guard first.model != last.model else {
      report(.badRamp, at: phrase.location, "both ends of this ramp are the same")
      return nil
    }
    let ramp = SetFault.Ramp(start: first.model, over: over)
    return checked(
      SetFault(path: path.text, text: value.flowText, settings: settings, changed: last.model, ramp: ramp), path)
  }

  /// What a change is of, each setting once; nil after having reported what can't be set.
  private func settings(of changed: ChangeableModel.Changed, at path: Phrase) -> [Setting]? {
    let differences = changed.differences.filter { !$0.isWithoutEffect }
    for entry in differences where SettableValue.setting(of: entry) == nil {
      report(
        .notSettable, at: path.location, "`\(entry.path)` can't be set at run time",
        suggestion: otherFault(for: entry) ?? "what can be set: \(SettableValue.listing)")
      return nil
    }
    var found: [Setting] = []
    for setting in (differences + changed.covered).compactMap({ SettableValue.setting(of: $0) })
    where !found.contains(setting) { found.append(setting) }
    if !found.isEmpty { return found }
    if changed.covered.contains(where: { !$0.isWithoutEffect }) {
      report(
        .notSettable, at: path.location, "`\(path.text)` can't be set at run time",
        suggestion: changed.covered.first.flatMap(otherFault) ?? "what can be set: \(SettableValue.listing)")
    } else {
      report(
        .notSettable, at: path.location, "`\(path.text)` changes nothing that is simulated",
        suggestion: path.text.hasPrefix("policies.") ? "no call adopts it, or each says otherwise" : nil)
    }
    return nil
  }

  /// Which fault does instead what setting a value would.
  private func otherFault(for entry: Explanation.Entry) -> String? {
    let others = [
      ("cdns.*.edge.capacity", "`bandwidth` takes capacity from a CDN or a site"),
      ("cdns.*.edge.cache", "`flush-cache` empties caches"), ("cdns.*.shield.cache", "`flush-cache` empties caches"),
      ("cdns.*.edge.latency", "`latency` makes a CDN slower"),
      ("players.*.bandwidth", "`bandwidth` and `loss` strike the networks of a cohort"),
      ("players.*.latency", "`latency` makes what a cohort asks slower"),
      ("services.*.failures", "`failures` of a scenario come up by themselves"),
    ]
    return others.first { entry.pattern.hasPrefix($0.0) }?.1
  }

  /// A fault whose values can matter and be changed while the system runs; nil after having reported what is wrong.
  private func checked(_ set: SetFault, _ path: Phrase) -> SetFault? {
    guard let base else { return nil }
    for setting in set.settings {
      for changed in [set.changed] + (set.ramp.map { [$0.start] } ?? []) {
        guard let problem = setting.problem(from: base.model, to: changed) else { continue }
        report(.notSettable, at: path.location, problem.message, suggestion: problem.suggestion)
        return nil
      }
    }
    return set
  }
}
