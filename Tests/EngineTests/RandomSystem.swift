import Engine
import Model
import Sampling

/// A small system made at random: services that call later ones, under all sorts of policies, faults and failures.
///
/// Most times are whole milliseconds, so that much happens at the same instant. Arrivals end after a second and faults
/// after three; then all can come to rest.
struct RandomSystem {
  private var key: DrawKey
  private var draws: UInt64 = 0

  static func make(_ seed: UInt64) -> TinySystem {
    var random = RandomSystem(key: DrawKey(seed: seed, replication: 0).child(named: "system"))
    return random.system()
  }

  private init(key: DrawKey) { self.key = key }

  private mutating func below(_ count: Int) -> Int {
    draws += 1
    return Int(key.draw(draws) % UInt64(count))
  }
  private mutating func isLikely(_ p: Double) -> Bool { Double(below(1000)) < p * 1000 }
  private mutating func one<T>(of choices: [T]) -> T { choices[below(choices.count)] }
  private mutating func whole(_ low: Int, _ high: Int) -> Double { Double(low + below(high - low + 1)) }

  private mutating func system() -> TinySystem {
    let count = 2 + below(4)
    let services = (0..<count).map { service($0, of: count) }
    let workloads = (0...below(3)).map { workload($0, services) }
    let faults = (0..<below(7)).map { fault($0, services, workloads) }
    return TinySystem(
      workloads: workloads, services: services, faults: faults,
      regions: [Region(name: "east", zones: ["a", "b"]), Region(name: "west", zones: ["c"])],
      warmup: isLikely(0.5) ? 0 : whole(0, 900), horizon: 100_000,
      windows: [.run, Window(.duringFaults, among: .scoped)])
  }

  private mutating func workload(_ number: Int, _ services: [Service]) -> Workload {
    let pieces = [
      Arrivals.Piece(from: .zero, rate: Rate(perSecond: whole(5, 60))),
      Arrivals.Piece(from: .seconds(1), rate: Rate(perSecond: 0)),
    ]
    let target = services[below(services.count)]
    return Workload(
      name: "w\(number)", arrivals: .piecewise(pieces), devices: isLikely(0.5) ? nil : 1 + below(20),
      call: call("\(target.name).\(one(of: target.endpoints).name)", named: "call", others: []))
  }

  private mutating func service(_ number: Int, of count: Int) -> Service {
    let callees = Array(number + 1..<count)
    var dependencies: [Dependency] = []
    if !callees.isEmpty {
      for index in (0..<below(4)).reversed() {
        dependencies.append(
          call("s\(one(of: callees)).e\(below(2))", named: "d\(index)", others: dependencies.map(\.name)))
      }
    }
    let names = dependencies.map(\.name)
    return Service(
      name: "s\(number)", replicas: 1 + below(3), zones: one(of: [[], ["a"], ["a", "b"], ["b", "c"]]),
      pool: Pool(threads: 1 + below(6), queue: isLikely(0.3) ? .unbounded : .bounded(below(6))),
      cores: isLikely(0.3) ? 1 + below(2) : nil, style: isLikely(0.3) ? .async : .blocking,
      balancing: one(of: Balancing.allCases),
      cancellation: isLikely(0.4) ? .propagate : .none, failures: isLikely(0.25) ? [failure()] : [],
      dependencies: dependencies,
      endpoints: (0..<2).map { index in Endpoint(name: "e\(index)", steps: (0..<below(4)).map { _ in step(names) }) })
  }

  private mutating func step(_ dependencies: [String]) -> Step {
    let probability = isLikely(0.2) ? Probability(0.5) : .one
    if dependencies.isEmpty || isLikely(0.4) { return Step(.work(time(15)), probability: probability) }
    if isLikely(0.5) { return Step(.call(one(of: dependencies)), probability: probability) }
    let branches = (0...below(3)).map { _ in one(of: dependencies) }
    return Step(.together(branches, waitFor: 1 + below(branches.count)), probability: probability)
  }

  private mutating func time(_ longest: Int) -> Distribution {
    isLikely(0.7) ? fixed(ms: whole(0, longest)) : exponential(meanMs: whole(1, longest))
  }

  private mutating func call(_ target: String, named name: String, others: [String]) -> Dependency {
    dependency(
      target, named: name, timeout: isLikely(0.5) ? whole(0, 60) : nil, deadline: isLikely(0.25) ? whole(0, 120) : nil,
      retry: isLikely(0.4) ? retry() : nil, breaker: isLikely(0.3) ? breaker() : nil,
      bulkhead: isLikely(0.4) ? bulkhead() : nil,
      fallback: isLikely(0.3)
        ? Fallback(
          returns: nil, takes: time(5), fails: one(of: [.zero, Probability(0.3), .one]),
          calls: others.isEmpty || isLikely(0.5) ? nil : one(of: others)) : nil)
  }

  private mutating func retry() -> Retry {
    let reasons = isLikely(0.5) ? Retry.defaultRetryOn : Set(FailureReason.allCases.filter { _ in isLikely(0.6) })
    let backoff: Retry.Backoff =
      isLikely(0.5)
      ? .constant(ms(whole(0, 10))) : .exponential(base: ms(whole(0, 10)), factor: 2, max: ms(whole(1, 20)))
    return Retry(attempts: 1 + below(3), backoff: backoff, jitter: one(of: Retry.Jitter.allCases), retryOn: reasons)
  }

  private mutating func breaker() -> CircuitBreaker {
    EngineTests.breaker(
      rate: whole(1, 10) / 10, slowRate: whole(1, 10) / 10, slow: whole(0, 30),
      window: isLikely(0.5) ? .calls(1 + below(10)) : .time(.seconds(Int64(1 + below(3)))), minimum: 1 + below(6),
      open: whole(1, 300), halfOpen: 1 + below(3))
  }

  private mutating func bulkhead() -> Bulkhead {
    if isLikely(0.5) { return .threads(1 + below(3), queue: isLikely(0.3) ? .unbounded : .bounded(below(4))) }
    return .concurrent(1 + below(3), maxWait: ms(whole(0, 20)))
  }

  private mutating func effect() -> FaultEffect {
    switch below(10) {
    case 0: .unavailable
    case 1: .hang
    case 2: error(one(of: [0.3, 1]))
    case 3: .latency(LatencyFault(add: isLikely(0.5) ? time(20) : nil, factor: one(of: [1, 1.5, 3])))
    case 4: slow(to: one(of: [0.1, 0.5, 0.75, 2]))
    case 5:
      capacity(.threads, taken: isLikely(0.5) ? .count(1 + below(4)) : .fraction(one(of: [Probability(0.5), .one])))
    case 6: capacity(.replicas, taken: isLikely(0.5) ? .count(1 + below(2)) : .fraction(Probability(0.5)))
    case 7: .pause
    default: .crash
    }
  }

  private mutating func failure() -> FailureMode {
    FailureMode(
      name: "mode", every: exponential(meanMs: whole(50, 1000)), repair: fixed(ms: whole(1, 60)),
      each: one(of: FailureMode.Unit.allCases),
      start: one(of: FailureMode.Start.allCases), effect: effect())
  }

  private mutating func fault(_ number: Int, _ services: [Service], _ workloads: [Workload]) -> Fault {
    let name = "f\(number)"
    let at = whole(0, 1500)
    let length = whole(0, 1500)
    if isLikely(0.1) {
      return EngineTests.fault(
        .surge(SurgeFault(factor: 1.5)), on: .workload(one(of: workloads).name), at: whole(0, 500), for: 400,
        named: name)
    }
    let service = one(of: services)
    let effect = effect()
    let target: FaultTarget =
      switch below(7) {
      case 0: .endpoint(EndpointPath(service: service.name, endpoint: "e0"))
      case 1: .edge(from: one(of: workloads).name, to: service.name)
      case 2: .edge(from: one(of: services).name, to: service.name)
      case 3: .replica(service: service.name, index: below(service.replicas))
      case 4:
        one(of: [.zone(region: nil, name: "b"), .zone(region: "east", name: "a"), .region("east"), .region("west")])
      default: .service(service.name)
      }
    let scope: FaultScope =
      switch below(8) {
      case 0: .oneDevice
      case 1: .devices(Probability(0.5))
      case 2: .requests(Probability(0.5))
      case 3: .replicas(1 + below(2))
      default: .everything
      }
    return EngineTests.fault(
      effect, on: target, at: at, for: length, scope: scope, salt: isLikely(0.2) ? "pepper" : nil, named: name)
  }
}
