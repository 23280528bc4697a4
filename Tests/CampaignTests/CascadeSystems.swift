import Engine
import Model
import Sampling

@testable import Campaign

/// Small systems that break, beside their twins. Times are in milliseconds, rates per second.
struct BreakingSystem {
  var workloads: [Workload]
  var services: [Service]
  var faults: [Fault]
  var horizon = 120_000.0
  var warmup = 0.0
  /// The time of day at the start, in milliseconds since midnight.
  var start = 0.0

  var time: TimeFrame { TimeFrame(warmup: Self.ms(warmup), horizon: Self.ms(horizon), start: Self.ms(start)) }

  func signals(_ faults: [Fault], seed: UInt64, width: SimulationDuration) -> (ReplicationOutcome, ComponentSignals) {
    let model = SystemModel(name: "breaking", time: time, workloads: workloads, services: services)
    let scenario = Scenario(name: "scenario", faults: faults, expectations: [], confidence: 0.95)
    var simulation = Simulation(Program(model: model, scenario: scenario, windows: [.run]))
    let run = simulation.run(seed: seed, replication: 0, signalWidth: width)
    guard let run else { preconditionFailure("nobody has cancelled the replication") }
    return (run.outcome, run.signals)
  }

  func cascade(seed: UInt64 = 1, width: SimulationDuration = .seconds(1)) -> (
    cascade: Cascade, outcome: ReplicationOutcome
  ) {
    let (outcome, run) = signals(faults, seed: seed, width: width)
    let (_, twin) = signals([], seed: seed, width: width)
    return (Cascade(run: run, twin: twin, time: time), outcome)
  }

  // MARK: Parts

  static func ms(_ count: Double) -> SimulationDuration {
    SimulationDuration(nanoseconds: Int64((count * 1e6).rounded()))
  }

  static func work(_ time: Double) -> Step {
    do { return Step(.work(try .constant(seconds: time / 1000))) } catch { preconditionFailure("\(error)") }
  }

  static func randomWork(mean time: Double) -> Step {
    do { return Step(.work(try .exponential(mean: time / 1000))) } catch { preconditionFailure("\(error)") }
  }

  /// - Parameter target: `service.endpoint`.
  static func calls(
    _ target: String, timeout: Double? = nil, attempts: Int = 1, breaker: CircuitBreaker? = nil, fallback: Bool = false
  ) -> Dependency {
    let parts = target.split(separator: ".").map(String.init)
    var instantly: Fallback?
    do {
      if fallback {
        instantly = Fallback(returns: "less", takes: try .constant(seconds: 0), fails: Probability(0), calls: nil)
      }
    } catch { preconditionFailure("\(error)") }
    return Dependency(
      name: parts[0], target: EndpointPath(service: parts[0], endpoint: parts[1]), timeout: timeout.map(ms),
      retry: attempts > 1
        ? Retry(attempts: attempts, backoff: .constant(.zero), jitter: .none, retryOn: Retry.defaultRetryOn) : nil,
      breaker: breaker, fallback: instantly)
  }

  static func asks(_ name: String, _ call: Dependency, perSecond rate: Double) -> Workload {
    Workload(name: name, arrivals: .constant(Rate(perSecond: rate)), call: call)
  }

  static func service(
    _ name: String, threads: Int = 1000, queue: Int = 0, calls: [Dependency] = [], _ endpoints: [String: [Step]]
  ) -> Service {
    Service(
      name: name, pool: Pool(threads: threads, queue: .bounded(queue)), dependencies: calls,
      endpoints: endpoints.sorted { $0.key < $1.key }.map { Endpoint(name: $0.key, steps: $0.value) })
  }

  static func fault(_ effect: FaultEffect, on service: String, from: Double, for length: Double) -> Fault {
    Fault(
      name: "\(service) breaks", at: ms(from), duration: ms(length), effect: effect, target: .service(service),
      scope: .everything, salt: nil)
  }
}

extension Cascade {
  /// `11 front pool full <- desk breaks`: the second in which each departure began, and its first cause.
  var told: [String] {
    nodes.indices.map { index in
      let first = edges.first { $0.to == index && $0.isFirst }
      let cause =
        switch first?.from {
        case .root(let root): roots[root].fault
        case .node(let node): "\(nodes[node].name) \(nodes[node].mechanism.rawValue)"
        case nil: "nothing"
        }
      let second = nodes[index].from.nanoseconds / 1_000_000_000
      return "\(second) \(nodes[index].name) \(nodes[index].mechanism.rawValue) <- \(cause)"
    }
  }

  func node(_ name: String, _ mechanism: CascadeMechanism) -> Node? {
    nodes.first { $0.name == name && $0.mechanism == mechanism }
  }

  /// How many failures go back to a fault, fail in the twin too, or go back to nothing.
  var origins: (fault: Int, alsoWithout: Int, unknown: Int) {
    chains.reduce(into: (0, 0, 0)) { sums, chain in
      switch chain.origin {
      case .fault: sums.0 += chain.count
      case .alsoWithoutFaults: sums.1 += chain.count
      case .unknown: sums.2 += chain.count
      }
    }
  }
}
