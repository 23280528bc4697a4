import Engine
import Model
import Sampling

// Small systems in code. Constant times make every expectation exact to the nanosecond.

/// Always the same time.
func fixed(ms: Double) -> Distribution {
  do { return try .constant(seconds: ms / 1000) } catch { preconditionFailure("\(ms) ms: \(error)") }
}

func exponential(meanMs: Double) -> Distribution {
  do { return try .exponential(mean: meanMs / 1000) } catch { preconditionFailure("\(meanMs) ms: \(error)") }
}

func ms(_ count: Double) -> SimulationDuration {
  SimulationDuration(nanoseconds: Int64((count * 1e6).rounded()))
}

func path(_ text: String) -> EndpointPath {
  let parts = text.split(separator: ".")
  precondition(parts.count == 2, "\(text) is no service.endpoint")
  return EndpointPath(service: String(parts[0]), endpoint: String(parts[1]))
}

/// A dependency, named as the service it calls unless named otherwise.
func dependency(
  _ target: String, named name: String? = nil, timeout: Double? = nil, deadline: Double? = nil,
  retry: Retry? = nil, breaker: CircuitBreaker? = nil, bulkhead: Bulkhead? = nil, fallback: Fallback? = nil
) -> Dependency {
  Dependency(
    name: name ?? path(target).service, target: path(target), timeout: timeout.map(ms),
    deadline: deadline.map(ms), retry: retry, breaker: breaker, bulkhead: bulkhead, fallback: fallback)
}

/// `attempts` in all, a constant pause apart.
func retry(
  _ attempts: Int, pause: Double = 0, jitter: Retry.Jitter = .none,
  on reasons: Set<FailureReason> = Retry.defaultRetryOn
) -> Retry {
  Retry(attempts: attempts, backoff: .constant(ms(pause)), jitter: jitter, retryOn: reasons)
}

func fallback(takes: Double = 0, fails: Double = 0, calls: String? = nil) -> Fallback {
  Fallback(returns: "something", takes: fixed(ms: takes), fails: Probability(fails), calls: calls)
}

/// A workload of which one request arrives, at `at` ms, provided that the horizon lies before twice that.
func asks(_ name: String, _ target: String, at: Double, devices: Int? = nil) -> Workload {
  asks(name, dependency(target), at: at, devices: devices)
}

func asks(_ name: String, _ call: Dependency, at: Double, devices: Int? = nil) -> Workload {
  Workload(name: name, arrivals: .constant(Rate(perSecond: 1000 / at)), devices: devices, call: call)
}

/// A service of one endpoint, `serve`, unless told otherwise; as many threads as needed.
func service(
  _ name: String, threads: Int = 1000, queue: QueueLimit = .bounded(0), replicas: Int = 1,
  autoscaling: Autoscaling? = nil, zones: [String] = [],
  cores: Int? = nil, style: Service.Style = .blocking, balancing: Balancing = .roundRobin,
  cancellation: Service.Cancellation = .none, failures: [FailureMode] = [], calls: [Dependency] = [],
  _ steps: Step.Action..., endpoints: [Endpoint] = []
) -> Service {
  Service(
    name: name, replicas: replicas, autoscaling: autoscaling, zones: zones,
    pool: Pool(threads: threads, queue: queue), cores: cores,
    style: style, balancing: balancing, cancellation: cancellation, failures: failures, dependencies: calls,
    endpoints: endpoints.isEmpty ? [Endpoint(name: "serve", steps: steps.map { Step($0) })] : endpoints)
}

func work(_ ms: Double) -> Step.Action { .work(fixed(ms: ms)) }

func fault(
  _ effect: FaultEffect, on target: FaultTarget, at: Double, for length: Double, scope: FaultScope = .everything,
  salt: String? = nil, named name: String = "fault"
) -> Fault {
  Fault(name: name, at: ms(at), duration: ms(length), effect: effect, target: target, scope: scope, salt: salt)
}

func error(_ probability: Double = 1) -> FaultEffect {
  .error(ErrorFault(probability: Probability(probability)))
}

func latency(add: Double? = nil, factor: Double = 1) -> FaultEffect {
  .latency(LatencyFault(add: add.map { fixed(ms: $0) }, factor: factor))
}

func slow(to speed: Double) -> FaultEffect { .slow(SlowFault(speed: speed)) }

func capacity(_ resource: CapacityFault.Resource, taken: CapacityFault.Amount) -> FaultEffect {
  .capacity(CapacityFault(resource: resource, taken: taken))
}

/// A model and what breaks in it.
struct TinySystem {
  var workloads: [Workload]
  var services: [Service]
  var faults: [Fault] = []
  var regions: [Region] = []
  /// In milliseconds.
  var warmup = 0.0
  var horizon = 1999.0
  /// The time of day at the start, in milliseconds since midnight.
  var start = 0.0
  var windows = [Window.run]

  var model: SystemModel {
    SystemModel(
      name: "tiny", time: TimeFrame(warmup: ms(warmup), horizon: ms(horizon), start: ms(start)), regions: regions,
      workloads: workloads, services: services)
  }

  var program: Program {
    let scenario = Scenario(name: "scenario", faults: faults, expectations: [], confidence: 0.95)
    return Program(model: model, scenario: scenario, windows: windows)
  }

  /// One replication, with conservation checked after every event unless told otherwise.
  func run(seed: UInt64 = 1, replication: Int = 0, checkingInvariants: Bool = true) -> ReplicationOutcome {
    var simulation = Simulation(program, checkingInvariants: checkingInvariants)
    return simulation.replicated(seed: seed, replication: replication)
  }
}

extension Simulation {
  mutating func replicated(seed: UInt64 = 1, replication: Int = 0) -> ReplicationOutcome {
    guard let outcome = run(seed: seed, replication: replication) else {
      preconditionFailure("nobody has cancelled the replication")
    }
    return outcome
  }
}

/// A breaker over the last four calls unless told otherwise; times in milliseconds.
func breaker(
  rate: Double = 0.5, slowRate: Double = 1, slow: Double = 60_000, window: CircuitBreaker.Window = .calls(4),
  minimum: Int = 1, open: Double = 1000, halfOpen: Int = 1
) -> CircuitBreaker {
  CircuitBreaker(
    failureRate: Probability(rate), slowCallRate: Probability(slowRate), slowCall: ms(slow), window: window,
    minimumCalls: minimum, open: ms(open), halfOpenCalls: halfOpen)
}

/// A service `front` that calls `desk` under the given policies, and nothing else.
func front(_ call: Dependency, threads: Int = 1000, replicas: Int = 1, style: Service.Style = .blocking) -> Service {
  service("front", threads: threads, replicas: replicas, style: style, calls: [call], .call(call.name))
}

func uniformMs(_ low: Double, _ high: Double) -> Distribution {
  do {
    return .uniform(try Distribution.Uniform(min: low / 1000, max: high / 1000))
  } catch { preconditionFailure("\(low) to \(high) ms: \(error)") }
}
