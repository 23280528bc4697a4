import Engine
import Model
import Sampling

extension TinySystem {
  /// What sets values to those of this system with a change.
  func setting(
    _ settings: Setting..., start: ((inout TinySystem) -> Void)? = nil, over: Double = 0,
    to change: (inout TinySystem) -> Void
  ) -> FaultEffect {
    var other = self
    change(&other)
    var ramp: SetFault.Ramp?
    if let start {
      var first = self
      start(&first)
      ramp = SetFault.Ramp(start: first.model, over: ms(over))
    }
    return .set(SetFault(path: "a.path", text: "a value", settings: settings, changed: other.model, ramp: ramp))
  }

  /// The same system with a fault.
  func with(_ effect: FaultEffect, on target: FaultTarget, at: Double, for length: Double) -> TinySystem {
    var system = self
    system.faults.append(fault(effect, on: target, at: at, for: length, named: "set\(faults.count)"))
    return system
  }

  mutating func change(_ name: String, _ change: (Service) -> Service) {
    services = services.map { $0.name == name ? change($0) : $0 }
  }

  mutating func change(call name: String, of owner: String, _ change: (Dependency) -> Dependency) {
    services = services.map { service in
      guard service.name == owner else { return service }
      return service.changing { $0.name == name ? change($0) : $0 }
    }
    workloads = workloads.map { $0.name == owner ? $0.changing(call: change) : $0 }
  }
}

extension Service {
  func with(
    pool: Pool? = nil, replicas: Int? = nil, cores: Int? = nil, balancing: Balancing? = nil,
    cancellation: Cancellation? = nil, autoscaling: Autoscaling? = nil, endpoints: [Endpoint]? = nil
  ) -> Service {
    Service(
      name: name, stage: stage, replicas: replicas ?? self.replicas, autoscaling: autoscaling ?? self.autoscaling,
      zones: zones, pool: pool ?? self.pool, cores: cores ?? self.cores, style: style,
      balancing: balancing ?? self.balancing, cancellation: cancellation ?? self.cancellation, failures: failures,
      dependencies: dependencies, endpoints: endpoints ?? self.endpoints)
  }

  func with(threads: Int? = nil, queue: QueueLimit? = nil) -> Service {
    with(pool: Pool(threads: threads ?? pool.threads, queue: queue ?? pool.queue))
  }

  /// With another step in the place of one.
  func with(_ step: Step, at number: Int, of endpoint: String) -> Service {
    with(
      endpoints: endpoints.map { its in
        guard its.name == endpoint else { return its }
        var steps = its.steps
        steps[number] = step
        return Endpoint(name: its.name, steps: steps)
      })
  }
}

extension Dependency {
  func with(timeout: Double?) -> Dependency { with { $0.timeout = timeout.map(ms) } }

  struct Policies {
    var timeout: SimulationDuration?
    var deadline: SimulationDuration?
    var retry: Retry?
    var breaker: CircuitBreaker?
    var bulkhead: Bulkhead?
    var fallback: Fallback?
  }

  func with(_ change: (inout Policies) -> Void) -> Dependency {
    var its = Policies(
      timeout: timeout, deadline: deadline, retry: retry, breaker: breaker, bulkhead: bulkhead, fallback: fallback)
    change(&its)
    return Dependency(
      name: name, target: target, timeout: its.timeout, deadline: its.deadline, retry: its.retry, breaker: its.breaker,
      bulkhead: its.bulkhead, fallback: its.fallback, cache: cache)
  }
}
