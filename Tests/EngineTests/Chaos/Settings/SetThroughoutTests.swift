import Engine
import Model
import Sampling
import Testing

/// A value that is set from beginning to end is as good as one that the model has: every logical request ends at the
/// same nanosecond in the same way, whatever is set.
///
/// Mutations: a field that is not copied into the tables; a probability whose edge still begins with work; a breaker
/// that keeps its old window; arrivals that draw anew.
@Suite struct `A value that is set throughout` {
  struct Change: Sendable, CustomTestStringConvertible {
    let setting: Setting
    let target: FaultTarget
    let apply: @Sendable (inout TinySystem) -> Void
    var testDescription: String { "\(setting)" }

    init(_ setting: Setting, on target: String, _ apply: @escaping @Sendable (inout TinySystem) -> Void) {
      self.setting = setting
      self.target = .service(target)
      self.apply = apply
    }

    static func service(
      _ name: String, _ setting: ServiceSetting, _ change: @escaping @Sendable (Service) -> Service
    ) -> Change {
      Change(.service(name, setting), on: name) { $0.change(name, change) }
    }

    static func call(
      _ name: String, of owner: String, _ setting: CallSetting,
      _ change: @escaping @Sendable (inout Dependency.Policies) -> Void
    ) -> Change {
      Change(.call(.service(owner, dependency: name), setting), on: owner) { system in
        system.change(call: name, of: owner) { $0.with(change) }
      }
    }

    static func asking(
      _ name: String, _ setting: CallSetting, _ change: @escaping @Sendable (inout Dependency.Policies) -> Void
    ) -> Change {
      Change(.call(.workload(name), setting), on: "edge") { system in
        system.change(call: "", of: name) { $0.with(change) }
      }
    }

    static func arrivals(_ name: String, _ arrivals: Arrivals) -> Change {
      Change(.arrivals(name), on: "edge") { system in
        system.workloads = system.workloads.map { $0.name == name ? $0.changing(arrivals: { _ in arrivals }) : $0 }
      }
    }
  }

  static let changes: [Change] = [
    .service("edge", .threads) { $0.with(threads: 5) }, .service("history", .threads) { $0.with(threads: 9) },
    .service("desk", .queue) { $0.with(queue: .bounded(0)) },
    .service("history", .queue) { $0.with(queue: .unbounded) },
    .service("edge", .cores) { $0.with(cores: 1) }, .service("edge", .cores) { $0.with(cores: 7) },
    .service("edge", .replicas) { $0.with(replicas: 1) }, .service("edge", .replicas) { $0.with(replicas: 5) },
    .service("history", .replicas) { $0.with(replicas: 4) },
    .service("edge", .balancing) { $0.with(balancing: .roundRobin) },
    .service("history", .balancing) { $0.with(balancing: .leastRequest) },
    .service("store", .cancellation) { $0.with(cancellation: Service.Cancellation.none) },
    .service("history", .cancellation) { $0.with(cancellation: .propagate) },
    Change(.step(path("edge.play"), 0, .work), on: "edge") { system in
      system.change("edge") { $0.with(Step(.work(uniformMs(1, 20))), at: 0, of: "play") }
    },
    Change(.step(path("edge.home"), 1, .probability), on: "edge") { system in
      system.change("edge") { $0.with(Step(.call("history"), probability: .one), at: 1, of: "home") }
    },
    Change(.step(path("edge.home"), 0, .probability), on: "edge") { system in
      system.change("edge") { $0.with(Step(work(2), probability: Probability(0.5)), at: 0, of: "home") }
    },
    .call("desk", of: "edge", .timeout) { $0.timeout = ms(15) },
    .call("desk", of: "edge", .timeout) { $0.timeout = nil },
    .call("store", of: "edge", .timeout) { $0.timeout = ms(20) },
    .call("desk", of: "edge", .deadline) { $0.deadline = ms(40) },
    .call("desk", of: "edge", .retry) { $0.retry = retry(4, pause: 3, jitter: .decorrelated) },
    .call("desk", of: "edge", .retry) { $0.retry = nil },
    .call("history", of: "edge", .retry) { $0.retry = retry(2, pause: 3, jitter: .full) },
    .call("desk", of: "edge", .breaker) { $0.breaker = nil },
    .call("desk", of: "edge", .breaker) {
      $0.breaker = breaker(window: .calls(40), minimum: 10, open: 50, halfOpen: 5)
    },
    .call("history", of: "edge", .breaker) {
      $0.breaker = breaker(rate: 0.2, window: .time(.seconds(5)), minimum: 3, open: 100)
    },
    .call("store", of: "edge", .breaker) { $0.breaker = breaker(rate: 0.1, window: .calls(8), minimum: 2, open: 70) },
    .call("history", of: "edge", .bulkhead) { $0.bulkhead = nil },
    .call("history", of: "edge", .bulkhead) { $0.bulkhead = .threads(1, queue: .bounded(6)) },
    .call("store", of: "edge", .bulkhead) { $0.bulkhead = .concurrent(1, maxWait: ms(60)) },
    .call("desk", of: "edge", .bulkhead) { $0.bulkhead = .threads(1, queue: .bounded(0)) },
    .call("history", of: "edge", .fallback) { $0.fallback = nil },
    .call("history", of: "edge", .fallback) { $0.fallback = fallback(takes: 9, fails: 0.4) },
    .call("desk", of: "edge", .fallback) { $0.fallback = fallback(takes: 1, calls: "store") },
    .asking("a-viewers", .deadline) { $0.deadline = ms(150) }, .asking("a-viewers", .retry) { $0.retry = nil },
    .asking("a-viewers", .timeout) { $0.timeout = ms(90) },
    .arrivals("a-viewers", .poisson(Rate(perSecond: 190))), .arrivals("a-viewers", .poisson(Rate(perSecond: 31))),
    .arrivals("c-probe", .constant(Rate(perSecond: 33))), .arrivals("d-batch", .renewal(uniformMs(5, 20))),
  ]

  @Test(arguments: changes) func `is as one of the model`(change: Change) {
    var system = BusySystem.all(horizon: 4000)
    switch change.setting {
    // Some faults take a part of the replicas that there may be.
    case .service(_, .replicas): system.faults = []
    // A surge adds to the model's own rate.
    case .arrivals: system.faults.removeAll { $0.name == "rush" }
    default: break
    }
    var other = system
    change.apply(&other)
    let set = system.setting(change.setting, to: change.apply)
    func run(_ system: TinySystem) -> ReplicationOutcome { system.run(seed: 11, checkingInvariants: false) }
    let (usual, own) = (run(system), run(other))
    let outcome = run(system.with(set, on: change.target, at: 0, for: 4000))
    #expect(outcome.fingerprint == own.fingerprint)
    #expect(outcome.endpoints == own.endpoints)
    for (mine, theirs) in zip(outcome.workloads, own.workloads) {
      #expect(mine.windows[0] == theirs.windows[0], "\(mine.name)")
    }
    // Or nothing is shown.
    #expect(own.fingerprint != usual.fingerprint || own.endpoints != usual.endpoints)
    // What never comes about changes nothing.
    #expect(run(system.with(set, on: change.target, at: 4000, for: 10)).fingerprint == usual.fingerprint)
  }

  @Test func `of an autoscaler too`() {
    func scaler(_ target: Double, _ most: Int) -> Autoscaling {
      Autoscaling(
        signal: .threads, target: Probability(target), minimum: 1, maximum: most, interval: ms(100),
        stabilisation: ms(200), boot: fixed(ms: 30))
    }
    let viewers = Workload(name: "a", arrivals: .poisson(Rate(perSecond: 150)), call: dependency("desk.serve"))
    let desk = service(
      "desk", threads: 2, queue: .bounded(3), autoscaling: scaler(0.6, 3), .work(exponential(meanMs: 20)))
    let system = TinySystem(workloads: [viewers], services: [desk], horizon: 3000)
    let change: (inout TinySystem) -> Void = { $0.change("desk") { $0.with(autoscaling: scaler(0.3, 6)) } }
    var other = system
    change(&other)
    let set = system.setting(.service("desk", .autoscaling), to: change)
    let outcome = system.with(set, on: .service("desk"), at: 0, for: 3000).run()
    #expect(outcome.fingerprint == other.run().fingerprint)
    #expect(outcome.fingerprint != system.run().fingerprint)
  }

  @Test func `does nothing where it is what the model says`() {
    var system = BusySystem.all(horizon: 2000)
    system.faults = []
    let usual = system.run(seed: 3, checkingInvariants: false)
    for change in Self.changes {
      // A new breaker begins with an empty window, also where it is like the old one.
      if case .call(_, .breaker) = change.setting { continue }
      let set = system.setting(change.setting) { _ in }
      let outcome = system.with(set, on: change.target, at: 500, for: 1000).run(seed: 3, checkingInvariants: false)
      // The arrivals go on after the same part of a wait, rounded to the nanosecond.
      if case .arrivals = change.setting {
        let tallies = zip(outcome.workloads, usual.workloads).map { ($0.windows[0].arrivals, $1.windows[0].arrivals) }
        #expect(tallies.allSatisfy { abs($0 - $1) <= 1 || $0 + $1 > 400 }, "\(change.setting)")
        continue
      }
      #expect(outcome.fingerprint == usual.fingerprint, "\(change.setting)")
    }
  }
}
