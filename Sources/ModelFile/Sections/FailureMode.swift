import Model
import Sampling

extension FailureMode {
  static let section = Section<FailureMode>("failure", "A way in which a component fails, again and again.") { keys in
    let everyKey = keys.required("every", .distribution(usual: "d"), "time from a repair to the next failure")
    let repairKey = keys.required("repair", .distribution(usual: "min"), "time from a failure to the end of its repair")
    let eachKey: Key<FailureMode.Unit> = keys.optional(
      "each", .word(what: "each"), standard: "replica",
      "what fails together: each `replica` for itself, all replicas in a `zone`, or the whole `service`")
    let startKey: Key<FailureMode.Start> = keys.optional(
      "start", .word(what: "start"), standard: "equilibrium",
      "`equilibrium`: up or down as if it had run for ever; `new`: up, with its first life before it")
    let effect = keys.chosen(
      by: "inject", from: FaultEffect.recurring, synonyms: FaultEffect.synonyms,
      standard: "crash", "what it does from the failure to the end of the repair")
    return { fields in
      let decoding = fields.decoding
      let (every, repair, each) = (fields[everyKey], fields[repairKey], fields[eachKey])
      var problems = FailureMode.problems(
        of: every, at: fields.location(everyKey), repair, at: fields.location(repairKey), start: fields[startKey])
      if each == .zone, let service = decoding.service, decoding.names.services[service]?.zones.isEmpty == true {
        problems.append(
          Diagnostic(.unknownZone, at: fields.location(eachKey), "`\(service)` has no `zones` that could fail"))
      }
      guard problems.isEmpty else {
        decoding.report(problems)
        return nil
      }
      return FailureMode(
        name: fields.name, every: every, repair: repair, each: each, start: fields[startKey], effect: fields[effect])
    }
  }
}

extension FailureMode {
  /// What is wrong with a renewal process.
  static func problems(
    of every: Distribution, at place: SourceLocation, _ repair: Distribution, at repairPlace: SourceLocation,
    start: FailureMode.Start
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if every.mean <= 0 {
      problems.append(
        Diagnostic(.outOfRange, at: place, "the mean time between failures has to be above zero"))
    } else if every.mean + repair.mean < Limit.shortestLife {
      problems.append(
        Diagnostic(
          .outOfRange, at: place, "the mean time from one failure to the next, repair included, has to be at least 1 ms"
        ))
    }
    guard start == .equilibrium else { return problems }
    for (distribution, location, what) in [(every, place, "between failures"), (repair, repairPlace, "to repair")]
    where distribution.mean == .infinity {
      problems.append(
        Diagnostic(
          .endlessLife, at: location,
          "the mean time \(what) is infinite, so that there is no equilibrium to start from",
          suggestion: "say `start: new`"))
    }
    return problems
  }
}
