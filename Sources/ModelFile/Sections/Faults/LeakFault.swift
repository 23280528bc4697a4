import Model
import Sampling

extension LeakFault {
  static let section = Section<FaultEffect>(
    "leak",
    "a resource of each replica is eaten up until it crashes, restarts and leaks anew; when the fault ends, what has "
      + "leaked is given back, and replicas that restart finish that"
  ) { keys in
    let resource: Key<LeakFault.Resource> = keys.required(
      "resource", .word(what: "resource"),
      "`memory`, which does nothing until it is full, or `threads`, taken one after the other until none is left")
    let fillsKey = keys.required(
      "fills", .distribution(usual: "min"),
      "how long it takes until nothing is left, drawn for each replica and each of its lives")
    let restart = keys.optional(
      "restart", .distribution(usual: "s"), standard: "30s", "how long a replica is down after it has crashed")
    return { fields in
      guard fields[fillsKey].mean > 0 else {
        fields.decoding.report(.outOfRange, at: fields.location(fillsKey), "the mean time to fill has to be above zero")
        return nil
      }
      guard fields[fillsKey].mean >= Limit.shortestLife else {
        fields.decoding.report(
          .outOfRange, at: fields.location(fillsKey), "the mean time to fill has to be at least 1 ms")
        return nil
      }
      return .leak(LeakFault(resource: fields[resource], fills: fields[fillsKey], restart: fields[restart]))
    }
  }
}
