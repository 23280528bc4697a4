import Model
import Sampling
import Testing

@testable import Engine

/// Failure modes: renewal processes of time to failure and time to repair.
///
/// Mutations: a start in equilibrium that is always up; a residual life drawn from the whole life's distribution; one
/// process for all replicas; a repair that begins with the next request.
@Suite struct `A failure process` {
  private func mode(
    every: Distribution, repair: Distribution, each: FailureMode.Unit = .replica, start: FailureMode.Start = .new,
    effect: FaultEffect = .crash
  ) -> FailureMode {
    FailureMode(name: "mode", every: every, repair: repair, each: each, start: start, effect: effect)
  }

  private func system(_ mode: FailureMode, replicas: Int = 1, zones: [String] = [], rate: Double = 10, horizon: Double)
    -> TinySystem
  {
    TinySystem(
      workloads: [
        Workload(name: "viewers", arrivals: .constant(Rate(perSecond: rate)), call: dependency("desk.serve"))
      ],
      services: [service("desk", replicas: replicas, zones: zones, failures: [mode], work(1))], horizon: horizon)
  }

  @Test func `that is new fails and is repaired by its times, exactly`() {
    // Down from 100 to 120 ms, from 220 to 240 ms, and so on.
    let outcome = system(mode(every: fixed(ms: 100), repair: fixed(ms: 20)), rate: 100, horizon: 1200).run()
    #expect((outcome[service: "desk"].up - 1000.0 / 1200).magnitude < 1e-12)
    // Those at 100 and 110 find it down, that at 120 does not; nor is any lost that takes 1 ms.
    #expect(outcome[workload: "viewers"].counts == "119 = 99 success + 20 failed")
  }

  @Test func `pauses, slows, hangs or errs as it says`() {
    // One request, at 1000, of 1 ms; the failure is from 900 to 1300.
    func story(_ effect: FaultEffect) -> String {
      var system = system(mode(every: fixed(ms: 900), repair: fixed(ms: 400), effect: effect), horizon: 1999)
      system.workloads = [asks("viewer", "desk.serve", at: 1000)]
      return system.run().story("viewer")
    }
    #expect(story(.pause) == "success after 301 ms")
    #expect(story(slow(to: 0.1)) == "success after 10 ms")
    #expect(story(.hang) == "failed after 300 ms: error at desk")
    #expect(story(error()) == "failed after 0 ms: error at desk")
    #expect(story(.unavailable) == "failed after 0 ms: unreachable at desk")
    #expect(story(latency(add: 5)) == "success after 6 ms")
    #expect(story(capacity(.threads, taken: .fraction(.one))) == "failed after 0 ms: rejected at desk")
  }

  @Test func `that hangs again lets go of nothing twice`() {
    // Down from 20 to 120, from 140 to 240, …, from 980 to 1080, from 1100 to 1200. Asked at 1070, the call fails at
    // 1080, and its caller hears of it after 30 times those 10 ms, at 1370: the ends of the next hangs are none of its
    // business.
    var system = system(mode(every: fixed(ms: 20), repair: fixed(ms: 100), effect: .hang), horizon: 1999)
    system.workloads = [asks("viewer", "desk.serve", at: 1070)]
    system.faults = [fault(latency(factor: 30), on: .service("desk"), at: 1030, for: 50)]
    #expect(system.run().story("viewer") == "failed after 300 ms: error at desk")
  }

  /// Stationary availability mttf / (mttf + mttr) = 0.8, and the standard deviation of the availability over T:
  /// √(2 λμ / ((λ+μ)³ T) [1 - (1 - e^(-(λ+μ)T)) / ((λ+μ)T)]). L. Takács, 1957.
  @Test func `is up for its share of the time`() {
    let outcome = system(
      mode(every: exponential(meanMs: 1000), repair: exponential(meanMs: 250), start: .equilibrium), rate: 1e-9,
      horizon: 2_000_000
    ).run(checkingInvariants: false)
    let deviation = (2 * 1 * 4 / (125.0 * 2000)).squareRoot()
    #expect((outcome[service: "desk"].up - 0.8).magnitude < 5 * deviation)
  }

  @Test(arguments: ["constant", "exponential"]) func `starts in equilibrium as if it had always run`(law: String) {
    let isConstant = law == "constant"
    let system = system(
      mode(
        every: isConstant ? fixed(ms: 100) : exponential(meanMs: 100),
        repair: isConstant ? fixed(ms: 50) : exponential(meanMs: 50),
        start: .equilibrium), rate: 1e-9, horizon: 30)
    var simulation = Simulation(system.program)
    let count = 1500
    var sum = 0.0
    var squares = 0.0
    var downAtFirst = 0
    for replication in 0..<count {
      let outcome = simulation.replicated(replication: replication)
      let up = outcome[service: "desk"].up
      sum += up
      squares += up * up
      if up < 1 { downAtFirst += 1 }
    }
    let mean = sum / Double(count)
    let deviation = ((squares / Double(count) - mean * mean) / Double(count)).squareRoot()
    // 100 / 150 of any stretch of time, from its start on; five standard deviations.
    #expect((mean - 2.0 / 3).magnitude < 5 * deviation)
    if isConstant {
      // It is down at some time in 30 ms with the probability (50 + 30) / 150.
      let p = 80.0 / 150
      #expect((Double(downAtFirst) - p * Double(count)).magnitude < 5 * (p * (1 - p) * Double(count)).squareRoot())
    }
  }

  /// Availability of each unit 0.8; nobody is reachable where all are down at once.
  @Test(arguments: [(FailureMode.Unit.service, 0.2), (.zone, 0.04), (.replica, 0.0016)])
  func `takes out what fails together`(each: FailureMode.Unit, outage: Double) {
    var system = system(
      mode(every: exponential(meanMs: 80), repair: exponential(meanMs: 20), each: each, start: .equilibrium),
      replicas: 4, zones: ["a", "b"], rate: 2, horizon: 1_000_000)
    // It takes no time, so that nobody is lost on the way.
    system.services[0] = service(
      "desk", replicas: 4, zones: ["a", "b"], failures: system.services[0].failures, work(0))
    let viewers = system.run(checkingInvariants: false)[workload: "viewers"]
    let count = Double(viewers.ended)
    // Every half second, five mean repair times and more apart, so that the requests hardly depend on one another.
    #expect(
      (Double(viewers.failures(.unreachable)) - outage * count).magnitude < 6
        * (outage * (1 - outage) * count).squareRoot())
  }

  @Test func `does not change with other replicas and services`() {
    let mode = mode(every: exponential(meanMs: 80), repair: exponential(meanMs: 20))
    let small = system(mode, replicas: 1, horizon: 1000).program
    var larger = system(mode, replicas: 3, horizon: 1000)
    larger.services.append(service("aside", failures: [mode], work(1)))
    let processes = larger.program.processes
    let keys = (0..<processes.count).map { processes[$0].key }
    #expect(Set(keys).count == 4)
    #expect(keys.contains(small.processes[0].key))
    // The first replica alone decides how long the service is up; with two more it is one of three.
    func up(_ program: Program) -> Double {
      var simulation = Simulation(program)
      return simulation.replicated()[service: "desk"].up
    }
    #expect(up(small) < 1)
  }

  @Test func `draws its cycles anew in each replication`() {
    let system = system(mode(every: exponential(meanMs: 80), repair: exponential(meanMs: 20)), horizon: 1000)
    let ups = (0..<10).map { system.run(replication: $0)[service: "desk"].up }
    #expect(Set(ups).count == 10)
  }
}
