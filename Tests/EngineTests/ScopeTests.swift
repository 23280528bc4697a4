import Engine
import Model
import Testing

/// Whom a fault reaches is a function of the device or the request, never of chance at the moment.
///
/// Mutations: a scope drawn anew for each attempt; a scope keyed by the fault's name in place of the salt; replicas
/// chosen by their position among those of all services.
@Suite struct `A scope` {
  /// 4,000 requests of 10 devices unless told otherwise.
  private func system(_ faults: [Fault], devices: Int? = 10, windows: [Window] = [.run]) -> TinySystem {
    TinySystem(
      workloads: [
        Workload(
          name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), devices: devices, call: dependency("front.serve")
        )
      ],
      services: [
        service("front", threads: 10_000, calls: [dependency("desk.serve")], .call("desk")),
        service("desk", threads: 10_000, work(0)),
      ], faults: faults, horizon: 4000.5, windows: windows)
  }

  private func refusing(_ service: String, _ scope: FaultScope, salt: String? = nil) -> Fault {
    fault(.unavailable, on: .service(service), at: 0, for: 5000, scope: scope, salt: salt, named: "\(service) refuses")
  }

  private func failed(_ faults: [Fault], devices: Int? = 10, seed: UInt64 = 1) -> Int {
    system(faults, devices: devices).run(seed: seed, checkingInvariants: false)[workload: "viewers"].failed
  }

  private func part(_ p: Double) -> Probability { Probability(p) }

  @Test func `of a percentage reaches that part, none at 0% and all at 100%`() {
    for scope in [FaultScope.requests(part(0.25)), .devices(part(0.25))] {
      // Where a workload tells no devices each request is its own. Five standard deviations of 4,000 draws.
      #expect((Double(failed([refusing("desk", scope)], devices: nil)) - 1000).magnitude < 5 * 750.0.squareRoot())
    }
    for devices in [nil, 10] {
      #expect(failed([refusing("desk", .devices(part(0)))], devices: devices) == 0)
      #expect(failed([refusing("desk", .devices(part(1)))], devices: devices) == 4000)
      #expect(failed([refusing("desk", .requests(part(0)))], devices: devices) == 0)
      #expect(failed([refusing("desk", .requests(part(1)))], devices: devices) == 4000)
    }
    // Of 100,000 devices about a quarter.
    #expect(
      (Double(failed([refusing("desk", .devices(part(0.25)))], devices: 100_000)) - 1000).magnitude < 5
        * 750.0.squareRoot())
  }

  @Test func `of devices reaches all requests of a device or none`() {
    // Each device asks about 400 times: the number of failures tells how many devices are hit.
    var numbers: Set<Int> = []
    for seed in 1...8 as ClosedRange<UInt64> {
      let hit = Double(failed([refusing("desk", .devices(part(0.5)))], seed: seed)) / 400
      numbers.insert(Int(hit.rounded()))
      #expect((hit - hit.rounded()).magnitude < 0.49)
    }
    #expect(numbers.count > 1)
    for seed in 1...8 as ClosedRange<UInt64> {
      #expect([0, 4000].contains(failed([refusing("desk", .devices(part(0.5)))], devices: 1, seed: seed)))
    }
  }

  @Test func `of one device reaches about its share of the requests`() {
    let hit = failed([refusing("desk", .oneDevice)])
    #expect((Double(hit) - 400).magnitude < 5 * 360.0.squareRoot())
    #expect(failed([refusing("desk", .oneDevice)], devices: 1) == 4000)
    #expect(failed([refusing("desk", .oneDevice)], devices: nil) == 0)
  }

  @Test(arguments: [10, 1000, nil] as [Int?]) func `that is smaller lies within a larger one`(devices: Int?) {
    for (small, large) in [
      (FaultScope.devices(part(0.05)), FaultScope.devices(part(0.25))), (.requests(part(0.05)), .requests(part(0.25))),
    ] {
      let alone = failed([refusing("front", large)], devices: devices)
      // Whoever the small one reaches the large one has reached already.
      #expect(failed([refusing("front", large), refusing("desk", small)], devices: devices) == alone)
      #expect(failed([refusing("front", small), refusing("desk", large)], devices: devices) == alone)
    }
  }

  @Test func `is the same for all faults, and another one with a salt`() {
    for scope in [FaultScope.requests(part(0.25)), .devices(part(0.25))] {
      let one = refusing("front", scope)
      #expect(failed([one, refusing("desk", scope)], devices: 1000) == failed([one], devices: 1000))
      #expect(
        failed([refusing("front", scope, salt: "x"), refusing("desk", scope, salt: "x")], devices: 1000)
          == failed([refusing("front", scope, salt: "x")], devices: 1000))
      // 1 - 0.75², where both are independent.
      let both = failed([one, refusing("desk", scope, salt: "other")], devices: 1000)
      #expect((Double(both) - 1750).magnitude < 200)
    }
  }

  @Test func `of requests holds for all attempts of a request`() {
    var system = system([refusing("desk", .requests(part(0.25)))])
    system.services[0] = front(dependency("desk.serve", retry: retry(4)))
    let outcome = system.run(checkingInvariants: false)
    #expect(outcome[workload: "viewers"].failed == failed([refusing("desk", .requests(part(0.25)))]))
    #expect(outcome[endpoint: "desk.serve"].failed == 4 * outcome[workload: "viewers"].failed)
  }

  @Test func `of a hang lets the others pass`() {
    let hang = fault(.hang, on: .service("desk"), at: 0, for: 5000, scope: .requests(part(0.25)))
    let viewers = system([hang]).run(checkingInvariants: false)[workload: "viewers"]
    #expect(viewers.inFlight == failed([refusing("desk", .requests(part(0.25)))]))
    #expect(viewers.failed == 0)
  }

  @Test func `tells whom a window counts`() {
    let scoped = Window(.run, among: .scoped)
    let outcome = system([refusing("desk", .devices(part(0.4)))], devices: 1000, windows: [.run, scoped]).run(
      checkingInvariants: false)
    let hit = outcome[workload: "viewers", window: 0].failed
    #expect(hit > 0)
    #expect(outcome[workload: "viewers", window: 1].counts == "\(hit) = \(hit) failed")
  }

  @Test func `may be a part of the time and a part of the requests`() {
    var system = system([], windows: [Window(.duringFaults), Window(.duringFaults, among: .scoped)])
    system.faults = [fault(error(), on: .service("desk"), at: 1000, for: 1000, scope: .requests(part(0.5)))]
    let outcome = system.run(checkingInvariants: false)
    let all = outcome[workload: "viewers", window: 0]
    #expect(all.arrivals == 1000)
    #expect(outcome[workload: "viewers", window: 1].counts == "\(all.failed) = \(all.failed) failed")
  }

  /// Which of the desk's six replicas refuse: a request to each, in turn.
  private func refusingReplicas(_ count: Int, salt: String? = nil, others: [Service] = []) -> [Bool] {
    let outcomes = (0..<6).map { replica in
      TinySystem(
        workloads: [asks("viewer", "desk.serve", at: 1000)],
        services: [service("desk", replicas: 6, work(1))] + others,
        faults: [
          fault(.unavailable, on: .service("desk"), at: 0, for: 2000, scope: .replicas(count), salt: salt, named: "a")
        ]
          + (0..<6).filter { $0 < replica }.map {
            // The balancer goes round those before it.
            fault(.crash, on: .replica(service: "desk", index: $0), at: 0, for: 2000, named: "0-\($0)")
          }
      ).run()
    }
    return outcomes.map { $0[workload: "viewer"].failures(.unreachable) == 1 }
  }

  @Test func `of replicas reaches so many, and more reach the same ones too`() {
    var before: [Bool] = [Bool](repeating: false, count: 6)
    for count in 0...6 {
      let hit = refusingReplicas(count)
      #expect(hit.filter { $0 }.count == count)
      #expect(zip(before, hit).allSatisfy { !$0 || $1 })
      before = hit
    }
    #expect(["x", "y", "z", "u", "v", "w"].contains { refusingReplicas(3, salt: $0) != refusingReplicas(3) })
  }

  @Test func `of replicas does not change with other services`() {
    let others = ["aa", "ab", "zz"].map { service($0, replicas: 5, work(1)) }
    for count in 1...5 { #expect(refusingReplicas(count, others: others) == refusingReplicas(count)) }
  }
}
