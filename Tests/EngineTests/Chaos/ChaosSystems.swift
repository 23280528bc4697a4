import Engine
import Model

/// A fault on several targets, or one that comes again.
func fault(
  _ effect: FaultEffect, on targets: [FaultTarget], at: Double, for length: Double, scope: FaultScope = .everything,
  scopeRamp: MagnitudeRamp? = nil, repeats: Repetition? = nil, named name: String = "fault"
) -> Fault {
  Fault(
    name: name, at: ms(at), duration: ms(length), effect: effect, targets: targets, scope: scope, scopeRamp: scopeRamp,
    salt: nil, repetition: repeats)
}

func ramp(from start: Double, over: Double) -> MagnitudeRamp { MagnitudeRamp(start: start, over: ms(over)) }

/// A workload that asks `target` so often, evenly.
func steady(_ name: String, _ target: String, perSecond rate: Double) -> Workload {
  Workload(name: name, arrivals: .constant(Rate(perSecond: rate)), call: dependency(target))
}

/// Workloads `r0`, `r1`, … that each ask `target` once, all at the same time.
func many(_ count: Int, _ target: String, at: Double) -> [Workload] {
  (0..<count).map { asks("r\($0)", target, at: at) }
}

extension ReplicationOutcome {
  /// The names of the workloads some of whose requests have failed.
  var hurt: Set<String> { Set(workloads.filter { $0.windows[0].failed > 0 }.map(\.name)) }
}
