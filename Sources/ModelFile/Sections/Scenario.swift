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
    let rarest = keys.optional(
      "rarest-incident", .positiveProbability, standard: "5%",
      "how rare an incident may be, as a share of the replications, that has to have had its chance to show up before a "
        + "mean counts as supported: 5% take 59 replications at 95%"
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
        confidence: fields[confidence], ramp: fields[rampKey] ?? [], rarestIncident: fields[rarest].value)
      let sabotages = fields[sabotageKey] ?? []
      var problems = (fields.node(faults)?.entries ?? []).map(\.key).filter { Window.words.contains($0.text) }.map {
        Diagnostic(
          .badName, at: $0.location,
          "a fault can't be called `\($0.text)`: `during: \($0.text)` is a window already")
      }
      problems += sabotages.flatMap { $0.problems(among: scenario.expectations) }
      if let node = fields.node(rampKey) {
        problems += scenario.rampProblems(at: node, in: fields.decoding.names)
        let hasDevices = scenario.ramp.contains { if case .devices = $0 { true } else { false } }
        if problems.isEmpty, hasDevices {
          fields.decoding.warnOfAskersWithoutDevices(
            scenario.rampedFaults(in: fields.decoding.names), at: node.location)
        }
      }
      fields.decoding.report(problems)
      fields.decoding.sabotages = sabotages
      return problems.isEmpty ? scenario : nil
    }
  }
}
