import Model

/// Why no stability map can be made of a model and a scenario.
public enum StabilityMapProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// No fault begins before the horizon.
  case noTrigger
  /// A workload's arrivals are instants that were recorded.
  case recordedArrivals(workload: String)
  /// A workload's arrivals leave what can be simulated.
  case unscalable(workload: String, load: Double)
  /// A fault reaches neither a part of the devices nor one of the requests.
  case unscoped(fault: String)
  /// A fault that comes again would last beyond its next beginning.
  case overlapsItself(fault: String, lasting: SimulationDuration, every: SimulationDuration)
  /// No fault has a probability.
  case noProbability

  public var description: String {
    switch self {
    case .noTrigger: "there is no fault that could be the trigger: name a scenario with one"
    case .recordedArrivals(let workload):
      "`\(workload)` replays recorded arrivals, which have no rate that could be multiplied"
    case .unscalable(let workload, let load):
      "the arrivals of `\(workload)` can't be multiplied by \(load)"
    case .unscoped(let fault):
      "`\(fault)` strikes all of its target: a map of scopes needs `scope: 5% of devices` or `5% of requests`"
    case .overlapsItself(let fault, let lasting, let every):
      "`\(fault)` comes again every \(every.text), and would last \(lasting.text) in the map: give a shorter `--trigger`"
    case .noProbability: "no fault has a `probability` that a map could change: it needs one that injects `error`"
    }
  }
}
