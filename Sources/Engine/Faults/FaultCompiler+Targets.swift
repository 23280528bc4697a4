import Model
import Sampling

/// What a fault's targets are together.
struct Reach {
  /// All replicas in it.
  var members: Set<Int> = []
  /// Those that are in it as replicas, and not by an endpoint.
  var whole: Set<Int> = []
  /// The endpoints and edges, each with the replicas to which calls are struck.
  var places: [(place: FaultPlace, members: Set<Int>)] = []
  /// The edges whose bulkheads it takes places of.
  var edges: [Int32] = []
  /// CDNs, the one site of each (-1: all), and whether their edges and their shield are meant.
  var sites: [(cdn: Int32, site: Int32, hasEdge: Bool, hasShield: Bool)] = []
  /// The cohorts of players.
  var cohorts: [Int32] = []
  var workloads: Set<String> = []

  init(members: Set<Int> = []) {
    self.members = members
    whole = members
  }

  /// Adds tiers of a whole CDN, which is there once.
  mutating func add(cdn: Int32, hasEdge: Bool, hasShield: Bool) {
    if let index = sites.firstIndex(where: { $0.cdn == cdn && $0.site < 0 }) {
      sites[index].hasEdge = sites[index].hasEdge || hasEdge
      sites[index].hasShield = sites[index].hasShield || hasShield
    } else {
      sites.append((cdn, -1, hasEdge, hasShield))
    }
  }

  /// Whether anything of it lies elsewhere than at CDNs and players.
  var hasServices: Bool { sites.isEmpty && cohorts.isEmpty || !members.isEmpty || !places.isEmpty || !edges.isEmpty }
}

extension FaultCompiler {
  func reach(of targets: [FaultTarget], scope: FaultScope, salt: String?, _ compiler: Compiler) -> Reach {
    var reach = Reach()
    for target in targets { add(target, to: &reach, compiler) }
    // A site of a CDN that is struck as a whole is struck once.
    let struck = reach.sites.filter { $0.site < 0 && $0.hasEdge }.map(\.cdn)
    reach.sites.removeAll { $0.site >= 0 && struck.contains($0.cdn) }
    // Where their number changes they are picked when the fault begins.
    guard case .replicas(let count) = scope, !isScaled(reach.members) else { return reach }
    let own = DrawKey(bits: DrawKey.hash(of: salt ?? ""))
    let order = replicaNames.map { own.child(named: $0).bits }
    let picked = Set(reach.members.sorted { (order[$0], $0) < (order[$1], $1) }.prefix(count))
    reach.members.formIntersection(picked)
    reach.whole.formIntersection(picked)
    for index in reach.places.indices { reach.places[index].members.formIntersection(picked) }
    return reach
  }

  private func add(_ target: FaultTarget, to reach: inout Reach, _ compiler: Compiler) {
    func addReplicas(_ replicas: Set<Int>) {
      reach.members.formUnion(replicas)
      reach.whole.formUnion(replicas)
    }
    switch target {
    case .service(let name), .pool(let name): addReplicas(replicas(of: compiler.service(named: name)))
    case .endpoint(let path):
      let service = compiler.service(named: path.service)
      let replicas = replicas(of: service)
      reach.members.formUnion(replicas)
      reach.places.append((FaultPlace(service: service, endpoint: compiler.endpoint(path)), replicas))
    case .edge(let from, let to):
      reach.places.append((calls(from: from, to: compiler.service(named: to), compiler), []))
    case .dependency(let caller, let name):
      // Where a CDN asks for manifests as for all else, the one edge is both.
      let names = ["\(caller) -> \(name)", "\(caller) -> origin"]
      guard let number = names.lazy.compactMap(compiler.edgeNames.firstIndex(of:)).first else {
        preconditionFailure("unknown dependency \(name) of \(caller)")
      }
      var place = calls(from: caller, to: compiler.edges[number].service, compiler)
      place.component = compiler.edges[number].component
      reach.places.append((place, []))
    case .replica(let name, let index):
      addReplicas([(replicaService.firstIndex(of: compiler.service(named: name)) ?? 0) + index])
    case .zone(let region, let name): addReplicas(replicas(inRegion: region, zone: name))
    case .region(let name):
      addReplicas(Set(replicaService.indices.filter { zones[$0].hasPrefix("\(name).") }))
    case .serviceInZone(let name, let region, let zone):
      addReplicas(
        replicas(inRegion: region, zone: zone).intersection(replicas(of: compiler.service(named: name))))
    case .bulkhead(let service, let dependency):
      let name = "\(service) -> \(dependency)"
      if let edge = compiler.edgeNames.firstIndex(of: name) { reach.edges.append(Int32(edge)) }
    case .cdn(let name): reach.add(cdn: cdn(named: name), hasEdge: true, hasShield: true)
    case .tier(let name, let tier):
      reach.add(cdn: cdn(named: name), hasEdge: tier == .edge, hasShield: tier == .shield)
    case .cohort(let name):
      if let cohort = model.streaming?.players.firstIndex(where: { $0.name == name }) {
        reach.cohorts.append(Int32(cohort))
      }
    case .site(let name, let index):
      let cdn = cdn(named: name)
      reach.sites.append((cdn, compiler.firstNode(ofCDN: Int(cdn)) + Int32(index), true, false))
    case .workload(let name): reach.workloads.insert(name)
    }
  }

  private func calls(from caller: String, to service: Int32, _ compiler: Compiler) -> FaultPlace {
    FaultPlace(
      isEdge: true, callerService: Int32(model.services.firstIndex { $0.name == caller } ?? -1),
      callerWorkload: compiler.caller(named: caller), service: service)
  }

  private func replicas(of service: Int32) -> Set<Int> {
    Set(replicaService.indices.filter { replicaService[$0] == service })
  }

  private func replicas(inRegion region: String?, zone: String) -> Set<Int> {
    Set(
      replicaService.indices.filter {
        region.map { "\($0).\(zone)" } == zones[$0] || (region == nil && zones[$0].hasSuffix(".\(zone)"))
      })
  }

  private func cdn(named name: String) -> Int32 {
    guard let cdn = model.streaming?.cdns.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("unknown CDN \(name)")
    }
    return Int32(cdn)
  }
}
