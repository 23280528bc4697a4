import Model

extension Scenario {
  static let section = Section<Scenario>("scenario", "What breaks, and what is expected all the same.") { keys in
    let name = keys.required("scenario", .name, "the name of the scenario")
    _ = keys.ifGiven("description", .text, "what the scenario is about")
    _ = keys.required("model", .path, "the path of the model, relative to this file")
    let faults = keys.optional(
      "faults", .named(.section(Fault.section)), standard: "{}", "what is injected, by names of your choice")
    let failures = keys.ifGiven(
      "failures", .named(.section(CommonFailure.section)),
      "what fails by itself in this scenario, again and again, beside what does in the model")
    let expect = keys.optional(
      "expect", .named(.section(by: [("excludes", Expectation.exclusion), ("that", Expectation.section)])),
      standard: "{}",
      "hypotheses about what happens, each judged on all replications")
    let confidence = keys.optional(
      "confidence", .confidence, standard: "95%", "the level of the interval of the mean by which hypotheses are judged"
    )
    let rampKey = keys.ifGiven(
      "ramp", .ramp, "the scopes at which `ratchet ramp` tries the faults in turn, each within the next")
    let sabotageKey = keys.ifGiven(
      "sabotage", .named(.section(SabotageText.section)),
      "mechanisms to remove, each with the hypotheses that must then be refuted")
    keys.later(["set", "fixed-by"], "it comes with a later version")
    return { fields in
      let scenario = Scenario(
        name: fields[name], faults: fields[faults], failures: fields[failures] ?? [], expectations: fields[expect],
        confidence: fields[confidence], ramp: fields[rampKey] ?? [])
      let sabotages = fields[sabotageKey] ?? []
      var problems = sabotages.flatMap { $0.problems(among: scenario.expectations) }
      if let node = fields.node(rampKey) {
        problems += scenario.rampProblems(at: node, in: fields.decoding.names)
        let hasDevices = scenario.ramp.contains { if case .devices = $0 { true } else { false } }
        if problems.isEmpty, hasDevices { fields.decoding.warnOfWorkloadsWithoutDevices(at: node.location) }
      }
      fields.decoding.report(problems)
      fields.decoding.sabotages = sabotages
      return problems.isEmpty ? scenario : nil
    }
  }
}

extension Expectation {
  static let section = Section<Expectation>("expectation", "A hypothesis about a metric.") { keys in
    let thatKey = keys.required("that", .hypothesis, "what is expected, such as `availability(viewers) >= 99.9%`")
    let duringKey = keys.ifGiven(
      "during", .window,
      "the window the requests arrived in: `run`, `faults`, `after-faults` or `3min..6min`; the run where not given"
    )
    let amongKey: Key<Window.Population?> = keys.ifGiven(
      "among", .word(what: "among"),
      "`everyone`, or only those whom a fault's scope picks, `scoped`; everyone where not given")
    return { fields in
      let hypothesis = fields[thatKey]
      var problems: [Diagnostic] = []
      if hypothesis.metric.period != nil, fields[duringKey] != nil {
        problems.append(
          Diagnostic(.conflictingKeys, at: fields.location(duringKey), "the window is given in `that` already"))
      }
      if hypothesis.metric.among != nil, fields[amongKey] != nil {
        problems.append(
          Diagnostic(.conflictingKeys, at: fields.location(amongKey), "`among` is given in `that` already"))
      }
      fields.decoding.report(problems)
      guard problems.isEmpty else { return nil }
      let among = fields[amongKey] ?? .everyone
      guard
        fields.decoding.checkPopulation(among, of: hypothesis.metric.quantity, at: fields.location(amongKey))
      else { return nil }
      return Expectation(
        name: fields.name,
        metric: hypothesis.metric.metric(or: fields[duringKey] ?? .run, among),
        comparison: hypothesis.comparison, bound: hypothesis.bound)
    }
  }
}
