import Engine
import Model
import Sampling
import Testing

/// A run beside the same replication without its faults: what a fault does not reach is the same in both.
///
/// The requests are joined here by hand. Mutations: a balancer whose draws depend on the attempts of others; a fault whose
/// name is part of a request's key; an edge of a fault that hands threads out in another order.
@Suite struct `A twin` {
  private func log(_ system: TinySystem, seed: UInt64) -> RequestLog {
    var simulation = Simulation(system.program)
    var log: RequestLog?
    guard simulation.run(seed: seed, replication: 0, logging: { log = $0 }) != nil, let log else {
      preconditionFailure("nobody has cancelled the replication")
    }
    return log
  }

  private struct Story: Hashable {
    let ended: Int64
    let ending: LoggedRequest.Ending
    let reason: FailureReason?
    let component: Int32

    init(_ request: LoggedRequest) {
      ended = request.ended
      ending = request.ending
      reason = request.reason
      component = request.component
    }
  }

  /// By key.
  private func stories(_ log: RequestLog) -> [UInt64: Story] {
    Dictionary(uniqueKeysWithValues: log.requests.map { ($0.key, Story($0)) })
  }

  private static let ineffective: [FaultEffect] = [
    latency(add: 0), error(0), slow(to: 1), capacity(.threads, taken: .count(0)),
    capacity(.replicas, taken: .fraction(.zero)),
  ]

  @Test(arguments: ineffective)
  func `of faults without effect is the same, request by request, though they reach many`(effect: FaultEffect) {
    var struck = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      var calm = RandomSystem.make(seed)
      calm.faults = []
      var system = calm
      // Everywhere, and from within the arrivals on.
      system.faults = calm.services.map {
        fault(effect, on: .service($0.name), at: 100, for: 3000, named: "on \($0.name)")
      }
      let broken = log(system, seed: seed)
      #expect(stories(broken) == stories(log(calm, seed: seed)), "seed \(seed)")
      struck += broken.requests.count { $0.flags.contains(.struck) }
    }
    // Nine in ten of some 40 x 2.5 workloads x 33 requests.
    #expect(struck > 1000)
  }

  @Test func `differs only where traffic is shared with the one service that is faulted`() {
    var apart = 0
    var differing = 0
    for seed in 1...300 as ClosedRange<UInt64> {
      var calm = RandomSystem.make(seed)
      let faults = calm.faults.filter(Self.isOfOneService)
      calm.faults = []
      guard let first = faults.first, let service = Self.struckService(of: first) else { continue }
      var system = calm
      system.faults = faults.filter { Self.struckService(of: $0) == service }
      let touched = SharedTraffic(calm).services(sharedWith: service)
      let broken = log(system, seed: seed)
      let twin = stories(log(calm, seed: seed))
      for request in broken.requests {
        let name = broken.workloads[Int(request.workload)]
        guard let workload = calm.workloads.first(where: { $0.name == name }) else { continue }
        let isSame = twin[request.key] == Story(request)
        if touched.contains(workload.call.target.service) {
          if !isSame { differing += 1 }
        } else {
          apart += 1
          #expect(isSame && !request.flags.contains(.struck), "seed \(seed), \(name)")
        }
      }
    }
    // Both happen often, or nothing is shown.
    #expect(apart > 2000 && differing > 300, "\(apart), \(differing)")
  }

  private static func isOfOneService(_ fault: Fault) -> Bool { struckService(of: fault) != nil }

  private static func struckService(of fault: Fault) -> String? {
    switch fault.target {
    case .service(let name), .replica(let name, _): name
    case .endpoint(let path): path.service
    default: nil
    }
  }

  /// Two workloads that meet in one service, one of which is broken further down.
  private func meeting(
    _ broken: FaultEffect, at desk: Service, shared: Service? = nil
  ) -> (own: Int, others: Int, helped: Int) {
    let viewers = Workload(
      name: "viewers", arrivals: .poisson(Rate(perSecond: 40)), call: dependency("front.view"))
    let browsers = Workload(
      name: "browsers", arrivals: .poisson(Rate(perSecond: 40)), call: dependency("front.browse"))
    let front =
      shared
      ?? service(
        "front", calls: [dependency("desk.serve"), dependency("lobby.serve")],
        endpoints: Self.endpoints)
    var system = TinySystem(
      workloads: [viewers, browsers], services: [front, desk, service("lobby", .work(exponential(meanMs: 5)))],
      horizon: 8000)
    let calm = stories(log(system, seed: 3))
    system.faults = [fault(broken, on: .service("desk"), at: 1000, for: 4000)]
    let run = log(system, seed: 3)
    var counts = (own: 0, others: 0, helped: 0)
    for request in run.requests where calm[request.key] != Story(request) {
      if run.workloads[Int(request.workload)] == "viewers" { counts.own += 1 } else { counts.others += 1 }
      if request.ending == .success, calm[request.key]?.ending == .failed { counts.helped += 1 }
    }
    return counts
  }

  private static let endpoints = [
    Endpoint(name: "view", steps: [Step(.call("desk"))]), Endpoint(name: "browse", steps: [Step(.call("lobby"))]),
  ]

  @Test func `of a service without limits is the same for those who do not ask further down`() {
    let counts = meeting(.hang, at: service("desk", .work(exponential(meanMs: 5))))
    #expect(counts.own > 100 && counts.others == 0)
  }

  @Test func `differs for them where they share a pool, its queue or a balancer`() {
    let calls = [dependency("desk.serve", timeout: 500), dependency("lobby.serve")]
    let desk = service("desk", .work(exponential(meanMs: 5)))
    let pool = service("front", threads: 4, calls: calls, endpoints: Self.endpoints)
    #expect(meeting(.hang, at: desk, shared: pool).others > 10)
    let queue = service("front", threads: 4, queue: .unbounded, calls: calls, endpoints: Self.endpoints)
    #expect(meeting(.hang, at: desk, shared: queue).others > 10)
    // The balancer looks at what is outstanding, and the replicas are small enough for that to matter.
    let balanced = service(
      "front", threads: 2, queue: .unbounded, replicas: 3, balancing: .leastRequest, calls: calls,
      endpoints: Self.endpoints)
    #expect(meeting(.hang, at: desk, shared: balanced).others > 10)
  }

  @Test func `differs for them where they share a breaker`() {
    // One edge for both endpoints: what the viewers' calls of `desk` come to opens it for the browsers', which the fault's
    // scope of an endpoint spares.
    let call = dependency("desk.serve", breaker: breaker(open: 5000))
    let other = dependency("desk.other", named: "other")
    func system(_ faults: [Fault], _ browse: String) -> TinySystem {
      TinySystem(
        workloads: [
          Workload(
            name: "viewers", arrivals: .poisson(Rate(perSecond: 40)), devices: 2, call: dependency("front.view")),
          Workload(name: "browsers", arrivals: .poisson(Rate(perSecond: 40)), call: dependency("front.browse")),
        ],
        services: [
          service(
            "front", calls: [call, other],
            endpoints: [
              Endpoint(name: "view", steps: [Step(.call("desk"))]),
              Endpoint(name: "browse", steps: [Step(.call(browse))]),
            ]),
          service(
            "desk",
            endpoints: [
              Endpoint(name: "serve", steps: [Step(work(5))]), Endpoint(name: "other", steps: [Step(work(5))]),
            ]),
        ], faults: faults, horizon: 8000)
    }
    // Only one device is hit, and only viewers have devices.
    let faults = [
      fault(error(), on: .service("desk"), at: 1000, for: 4000, scope: .oneDevice)
    ]
    for (browse, isShared) in [("desk", true), ("other", false)] {
      let run = log(system(faults, browse), seed: 5)
      let calm = stories(log(system([], browse), seed: 5))
      let others = run.requests.filter { run.workloads[Int($0.workload)] == "browsers" && calm[$0.key] != Story($0) }
      #expect((others.count > 10) == isShared)
      #expect(others.allSatisfy { $0.reason == .breakerOpen && !$0.flags.contains(.inScope) })
    }
  }
}

/// Which services share traffic: by the calls that requests can make, a service has to do with those that call it, whose
/// threads wait for it, and with those that it calls, whose queues its calls are in.
private struct SharedTraffic {
  private var neighbours: [String: Set<String>] = [:]

  init(_ system: TinySystem) {
    var pending = system.workloads.map(\.call.target)
    var seen = Set(pending)
    while let path = pending.popLast() {
      guard let service = system.services.first(where: { $0.name == path.service }),
        let endpoint = service.endpoints.first(where: { $0.name == path.endpoint })
      else { continue }
      neighbours[path.service, default: []].insert(path.service)
      for target in Self.targets(of: endpoint, in: service) {
        neighbours[path.service, default: []].insert(target.service)
        neighbours[target.service, default: []].insert(path.service)
        if seen.insert(target).inserted { pending.append(target) }
      }
    }
  }

  /// What an endpoint's steps call, fallbacks included.
  private static func targets(of endpoint: Endpoint, in service: Service) -> [EndpointPath] {
    var names: [String] = endpoint.steps.flatMap { step -> [String] in
      switch step.action {
      case .work: []
      case .call(let name): [name]
      case .together(let names, _): names
      }
    }
    var targets: [EndpointPath] = []
    while let name = names.popLast() {
      guard let dependency = service.dependencies.first(where: { $0.name == name }) else { continue }
      targets.append(dependency.target)
      if let other = dependency.fallback?.calls { names.append(other) }
    }
    return targets
  }

  /// Those that a service has to do with, through however many others.
  func services(sharedWith service: String) -> Set<String> {
    var found: Set<String> = [service]
    var pending = [service]
    while let next = pending.popLast() {
      for neighbour in neighbours[next] ?? [] where found.insert(neighbour).inserted { pending.append(neighbour) }
    }
    return found
  }
}
