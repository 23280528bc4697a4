import Engine
import Model
import Sampling
import Testing

@testable import Campaign

/// A desk with one thread and no queue. Users ask at 1, 2, … s, and late ones 5 ms after every other of them: those are
/// refused where the users' calls of 10 ms are still there.
enum TwinFixture {
  static func variant(_ faults: [Fault], expectations: [Model.Expectation] = []) throws -> CampaignPlan.Variant {
    func asker(_ name: String, _ arrivals: Arrivals) -> Workload {
      Workload(
        name: name, arrivals: arrivals,
        call: Dependency(name: "call", target: EndpointPath(service: "desk", endpoint: "serve")))
    }
    let late = (1...59).map { SimulationTime(nanoseconds: $0 * 2_000_000_000 + 5_000_000) }
    let model = SystemModel(
      name: "small", time: TimeFrame(warmup: .seconds(10), horizon: .seconds(120), start: .zero),
      workloads: [
        asker("late", .replay(late)), asker("users", .constant(Rate(perSecond: 1))),
      ],
      services: [
        Service(
          name: "desk", pool: Pool(threads: 1, queue: .bounded(0)),
          endpoints: [Endpoint(name: "serve", steps: [Step(.work(try .constant(seconds: 0.01)))])])
      ])
    return CampaignPlan.Variant(
      name: "small", model: model,
      scenario: Scenario(name: "broken", faults: faults, expectations: expectations, confidence: 0.95), overrides: [])
  }

  static func fault(
    _ effect: FaultEffect, _ target: FaultTarget, scope: FaultScope = .everything, from: Int64 = 30, to: Int64 = 60
  ) -> Fault {
    Fault(
      name: "broken", at: .milliseconds(from * 1000 + 500), duration: .seconds(to - from), effect: effect,
      target: target, scope: scope, salt: nil)
  }

  static let usersCannotAsk = fault(.unavailable, .edge(from: "users", to: "desk"))

  static func compare(_ faults: [Fault]) throws -> TwinComparison {
    try #require(TwinRun(of: variant(faults), seed: 1, replication: 0)).comparison
  }
}

/// Mutations: hurt and helped exchanged; warm-up counted; requests that a surge has added counted as hurt.
@Suite struct `A comparison with the twin` {
  @Test func `counts whom a fault has hurt, and whom it has helped`() throws {
    let comparison = try TwinFixture.compare([TwinFixture.usersCannotAsk])
    let groups = Dictionary(uniqueKeysWithValues: comparison.groups.map { ($0.name, $0) })
    let (users, late) = (try #require(groups["users"]).all, try #require(groups["late"]).all)
    // At 31, …, 60 s, of those at 10, …, 119 s.
    #expect(users.hurt == 30 && users.struck == 30 && users.hurtUnstruck == 0 && users.compared == 110)
    #expect(users.count(from: .success, to: .failed) == 30 && users.helped == 0)
    // At 32, …, 60 s the thread is free for the late.
    #expect(late.helped == 15 && late.hurt == 0 && late.struck == 0)
    #expect(late.count(from: .failed, to: .success) == 15 && late.compared == 55)
    #expect(comparison.causes.map(\.count) == [30])
    #expect(comparison.causes[0].cause == .failed(.unreachable, component: "users -> desk"))
    #expect(comparison.firstMinute?.hurt == 29 && comparison.worstMinute?.start == .zero)
    let desk = comparison.endpoints[0]
    #expect(desk.isTargeted && desk.attempts == 135 && desk.attemptsInTwin == 165)
    #expect(desk.failed == 40 && desk.failedInTwin == 55)
  }

  @Test func `tells collateral damage from what a fault has struck`() throws {
    // Slow users take the whole second, and all the late find the thread in use, as they do without; so the late are the
    // same, and the users that come while one is still served are hurt though nothing acts on them any more.
    let slow = TwinFixture.fault(.slow(SlowFault(speed: 0.001)), .service("desk"), to: 31)
    let comparison = try TwinFixture.compare([slow])
    let users = try #require(comparison.groups.first { $0.name == "users" }).all
    // At 31 s the work begins, at a thousandth of its speed, and has 9.5 of 10 ms left when that ends at 31.5 s.
    #expect(users.hurt == 0 && users.struck == 1 && users.slower == 1)
    let long = TwinFixture.fault(.slow(SlowFault(speed: 0.001)), .service("desk"), to: 40)
    let more = try #require(try TwinFixture.compare([long]).groups.first { $0.name == "users" }).all
    // That of 31 s is served at 40.5 + 0.0005 s; those at 32, …, 40 s are refused while the fault is active.
    #expect(more.hurt == 9 && more.struck == 10 && more.hurtUnstruck == 0)
  }

  @Test func `leaves what a surge has added apart`() throws {
    let surge = TwinFixture.fault(.surge(SurgeFault(factor: 3)), .workload("users"))
    let users = try #require(try TwinFixture.compare([surge]).groups.first { $0.name == "users" }).all
    // 2 a second more for 30 s, at 31, 31.5, … s: every other one meets one of the base and is served after it, or not.
    #expect(users.added == 59 || users.added == 60)
    #expect(users.both == 110 && users.compared == 110 && users.struck == 0)
    #expect(users.hurt == users.hurtUnstruck && users.onlyInRun == users.added && users.onlyInTwin == 0)
  }

  @Test func `knows those outside the scope`() throws {
    let half = TwinFixture.fault(
      .unavailable, .edge(from: "users", to: "desk"), scope: .requests(Probability(0.5)))
    let users = try #require(try TwinFixture.compare([half]).groups.first { $0.name == "users" })
    #expect(users.outside.hurt == 0 && users.inScope.hurt == users.inScope.struck && users.inScope.hurt > 5)
    #expect(users.inScope.both + users.outside.both == 110)
  }

  @Test func `adds up, and is the same each time`() throws {
    for effect in [FaultEffect.hang, .crash, .pause, .unavailable, .slow(SlowFault(speed: 0.3))] {
      let variant = try TwinFixture.variant([TwinFixture.fault(effect, .service("desk"))])
      let first = try #require(TwinRun(of: variant, seed: 2, replication: 1))
      let again = try #require(TwinRun(of: variant, seed: 2, replication: 1))
      #expect(first.comparison.differences == again.comparison.differences)
      #expect(first.comparison.groups == again.comparison.groups)
      for group in first.comparison.groups {
        let counts = group.all
        let tallies = [first.run, first.twin].map { replication in
          replication.outcome.workloads.first { $0.name == group.name }?.windows[0].failed
        }
        // Failures of the run are those of the twin, less those that no longer failed, and those that did.
        let endings = TwinCounts.Ending.allCases.filter { $0 != .failed }
        let left = endings.reduce(0) { $0 + counts.count(from: .failed, to: $1) }
        let came = endings.reduce(0) { $0 + counts.count(from: $1, to: .failed) }
        #expect(tallies[0] == tallies[1].map { $0 - left + came })
        #expect(counts.both == counts.hurt + counts.helped + counts.same + counts.unfinished)
      }
      let hurt = first.comparison.differences.count { $0.effect == .hurt }
      #expect(hurt == first.comparison.total.hurt && hurt == first.comparison.minutes.reduce(0) { $0 + $1.hurt })
      #expect(hurt == first.comparison.causes.reduce(0) { $0 + $1.count })
    }
  }

  @Test func `lists as many of one reason as of another`() throws {
    let comparison = try TwinFixture.compare([
      TwinFixture.usersCannotAsk
    ])
    #expect(comparison.examples(.hurt, most: 4).map(\.arrived.seconds) == [31, 32, 33, 34])
    #expect(comparison.examples(.helped, most: 100).count == 15)
    #expect(comparison.examples(.same, most: 5).isEmpty)
  }

  @Test func `is none where nothing is injected`() throws {
    #expect(TwinRun(of: try TwinFixture.variant([]), seed: 1, replication: 0) == nil)
  }
}
