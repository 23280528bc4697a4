import Model
import Sampling
import Testing

@testable import Engine

/// Calls without policies, or with a timeout and retries alone, take a short way while nothing is told of them. With a log
/// of requests they take the long way, and all must come to the same, at the same time and in the same order.
///
/// Mutations: a thread that is passed on before the request's end is settled; a reply that forgets the timeout; a caller
/// that goes on though its step has failed; a queue that is served though the fault has taken the thread.
@Suite struct `A plain call` {
  /// Conservation is checked after every event of the short way.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func `is the same in the short way and in the long one`(seed: UInt64)
  {
    let program = PlainSystem.make(seed).program
    var simulation = Simulation(program, checkingInvariants: true)
    let short = simulation.replicated(seed: seed)
    var observed = Simulation(program)
    let long = observed.run(seed: seed, replication: 0, logging: { _ in })
    #expect(long == short)
  }

  @Test(arguments: 76...115 as ClosedRange<UInt64>) func `is so beside all sorts of policies`(seed: UInt64) {
    let program = RandomSystem.make(seed).program
    var simulation = Simulation(program)
    let short = simulation.replicated(seed: seed)
    let long = simulation.run(seed: seed, replication: 0, logging: { _ in })
    #expect(long == short)
  }

  @Test func `is one without deadline, breaker, bulkhead and counted requests, that begins with work`() {
    func isPlain(_ call: Dependency, _ steps: [Step], balancing: Balancing = .roundRobin) -> Bool {
      TinySystem(
        workloads: [asks("w", call, at: 1)],
        services: [service("desk", balancing: balancing, endpoints: [Endpoint(name: "serve", steps: steps)])]
      ).program.plainCalls[0].isPlain
    }
    let work = [Step(work(1))]
    #expect(isPlain(dependency("desk.serve"), work))
    #expect(isPlain(dependency("desk.serve", timeout: 5, retry: retry(3), fallback: fallback()), work))
    #expect(!isPlain(dependency("desk.serve", deadline: 5), work))
    #expect(!isPlain(dependency("desk.serve", breaker: breaker()), work))
    #expect(!isPlain(dependency("desk.serve", bulkhead: .threads(1, queue: .bounded(0))), work))
    #expect(!isPlain(dependency("desk.serve"), work, balancing: .leastRequest))
    #expect(!isPlain(dependency("desk.serve"), [Step(.work(fixed(ms: 1)), probability: Probability(0.5))]))
    #expect(!isPlain(dependency("desk.serve"), []))
  }
}

/// A system made at random of few policies, most of whose calls are plain, with faults that come and go.
private struct PlainSystem {
  private var key: DrawKey
  private var draws: UInt64 = 0

  static func make(_ seed: UInt64) -> TinySystem {
    var random = PlainSystem(key: DrawKey(seed: seed, replication: 0).child(named: "plain"))
    let count = 1 + random.below(4)
    let services = (0..<count).map { random.service($0, of: count) }
    let workloads = (0...random.below(3)).map { random.workload($0, services) }
    let faults = random.isLikely(0.6) ? (0..<1 + random.below(4)).map { random.fault($0, services, workloads) } : []
    return TinySystem(
      workloads: workloads, services: services, faults: faults, warmup: random.isLikely(0.5) ? 0 : 300, horizon: 2000,
      windows: [.run, Window(.duringFaults), Window(.between(ms(100), ms(900)))])
  }

  private init(key: DrawKey) { self.key = key }

  private mutating func below(_ count: Int) -> Int {
    draws += 1
    return Int(key.draw(draws) % UInt64(count))
  }
  private mutating func isLikely(_ p: Double) -> Bool { Double(below(1000)) < p * 1000 }
  private mutating func one<T>(of choices: [T]) -> T { choices[below(choices.count)] }
  private mutating func upTo(_ most: Int) -> Double { Double(1 + below(most)) }
  private mutating func time(_ longest: Int) -> Distribution {
    isLikely(0.4) ? fixed(ms: upTo(longest)) : exponential(meanMs: upTo(longest))
  }

  private mutating func workload(_ number: Int, _ services: [Service]) -> Workload {
    let arrivals: Arrivals =
      switch below(5) {
      case 0: .closed(clients: 1 + below(12), think: time(50))
      case 1: .constant(Rate(perSecond: one(of: [20, 100])))
      case 2: .renewal(time(30))
      default: .poisson(Rate(perSecond: 10 * upTo(20)))
      }
    return Workload(
      name: "w\(number)", arrivals: arrivals, devices: isLikely(0.5) ? nil : 1 + below(20),
      call: call("s\(below(services.count)).e\(below(2))", named: "call"))
  }

  private mutating func service(_ number: Int, of count: Int) -> Service {
    let callees = Array(number + 1..<count)
    var calls: [Dependency] = []
    for index in 0..<(callees.isEmpty ? 0 : 1 + below(2)) {
      calls.append(call("s\(one(of: callees)).e\(below(2))", named: "d\(index)"))
    }
    let endpoints = (0..<2).map { Endpoint(name: "e\($0)", steps: steps(calls.map(\.name)).map { Step($0) }) }
    return EngineTests.service(
      "s\(number)", threads: 1 + below(8), queue: isLikely(0.5) ? .unbounded : .bounded(below(6)),
      replicas: isLikely(0.7) ? 1 : 2, cores: isLikely(0.1) ? 1 : nil, style: isLikely(0.15) ? .async : .blocking,
      balancing: isLikely(0.9) ? .roundRobin : .leastRequest, cancellation: isLikely(0.4) ? .propagate : .none,
      calls: calls, endpoints: endpoints)
  }

  private mutating func steps(_ names: [String]) -> [Step.Action] {
    guard let name = names.first else { return isLikely(0.9) ? [.work(time(20))] : [.work(time(9)), .work(time(9))] }
    switch below(5) {
    case 0: return [.work(time(15)), .call(name), .work(time(5))]
    case 1: return [.call(name)]
    case 2: return [.together(names, waitFor: 1), .work(time(5))]
    default: return [.work(time(15)), .call(one(of: names))]
    }
  }

  private mutating func call(_ target: String, named name: String) -> Dependency {
    dependency(
      target, named: name, timeout: isLikely(0.4) ? 10 * upTo(30) : nil, deadline: isLikely(0.05) ? 50 : nil,
      retry: isLikely(0.4) ? retry(1 + below(3), pause: upTo(10), jitter: one(of: Retry.Jitter.allCases)) : nil,
      fallback: isLikely(0.1) ? fallback(takes: 2, fails: 0.3) : nil)
  }

  private mutating func fault(_ number: Int, _ services: [Service], _ workloads: [Workload]) -> Fault {
    let effect: FaultEffect =
      switch below(8) {
      case 0: .hang
      case 1: error(0.3)
      case 2: latency(add: 5, factor: 1.5)
      case 3: slow(to: one(of: [0.1, 0.5, 2]))
      case 4: capacity(.threads, taken: .count(1 + below(4)))
      case 5: .pause
      case 6: .partition(PartitionFault(from: nil))
      default: .crash
      }
    return EngineTests.fault(
      effect, on: .service(one(of: services).name), at: 10 * upTo(140), for: 10 * upTo(60),
      scope: isLikely(0.3) ? .requests(Probability(0.5)) : .everything, named: "f\(number)")
  }
}
