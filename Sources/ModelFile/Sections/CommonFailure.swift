import Model

extension CommonFailure {
  static let section = Section<CommonFailure>(
    "common-failure", "A cause that takes out all of its targets together, again and again."
  ) { keys in
    let targetsKey = keys.required(
      "target", .targets, "what fails together, such as `zone us-east.a`, or a list of targets")
    let everyKey = keys.required("every", .distribution(usual: "d"), "time from a repair to the next failure")
    let repairKey = keys.required("repair", .distribution(usual: "min"), "time from a failure to the end of its repair")
    let startKey: Key<FailureMode.Start> = keys.optional(
      "start", .word(what: "start"), standard: "equilibrium",
      "`equilibrium`: up or down as if it had run for ever; `new`: up, with its first life before it")
    let effectKey = keys.chosen(
      by: "inject", from: FaultEffect.recurring, synonyms: FaultEffect.synonyms, standard: "crash",
      "what the targets do from the failure to the end of the repair")
    return { fields in
      let (every, repair, effect) = (fields[everyKey], fields[repairKey], fields[effectKey])
      var problems = FailureMode.problems(
        of: every, at: fields.location(everyKey), repair, at: fields.location(repairKey), start: fields[startKey])
      problems += fields.decoding.problems(
        of: effect, with: fields[targetsKey], fields.node(targetsKey), fields.location(targetsKey))
      guard problems.isEmpty else {
        fields.decoding.report(problems)
        return nil
      }
      fields.decoding.warnOfNothingSent(effect, fields[targetsKey], at: fields.location(targetsKey))
      return CommonFailure(
        name: fields.name, targets: fields[targetsKey], every: every, repair: repair, start: fields[startKey],
        effect: effect)
    }
  }
}
