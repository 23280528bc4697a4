import Model

/// What the compiler adds for faults that set values: room for what a model may become.
extension Compiler {
  /// An edge with the policies that a dependency gives it, at the place where the edge is declared.
  mutating func edge(_ index: Int32, governedBy dependency: Dependency, at place: CallPlace) -> Edge {
    let base = edges[Int(index)]
    var edge = base
    edge.attempts = 1
    edge.firstPause = Int32(pauses.count)
    edge.longestPause = Edge.noLimit
    edge.jitter = 0
    edge.retryOn = 0
    edge.breaker = -1
    edge.places = 0
    edge.bulkheadQueue = 0
    edge.bulkheadWait = Edge.noLimit
    edge.fallbackSampler = -1
    edge.fallbackFails = 0
    edge.fallbackEdge = -1
    govern(&edge, by: dependency)
    if let called = dependency.fallback?.calls { edge.fallbackEdge = self.edge(named: called, besides: place) ?? -1 }
    if edge.breaker >= 0, edgeStates[Int(edge.firstState)].breaker < 0 { addBreakers(to: index) }
    return edge
  }

  private mutating func addBreakers(to edge: Int32) {
    for state in edgeStates.indices where edgeStates[state].edge == edge { edgeStates[state].breaker = 0 }
    breakerCount = 0
    for state in edgeStates.indices where edgeStates[state].breaker >= 0 {
      edgeStates[state].breaker = Int32(breakerCount)
      breakerCount += 1
    }
  }

  /// Counts what is outstanding at the replicas of a service, for the time when its balancing is to know.
  mutating func countOutstanding(atService service: Int32) {
    for state in edgeStates.indices {
      let edge = edges[Int(edgeStates[state].edge)]
      guard edge.service == service, edgeStates[state].firstOutstanding < 0 else { continue }
      edgeStates[state].firstOutstanding = Int32(outstandingCount)
      outstandingCount += Int(services[Int(service)].replicaCount)
    }
  }

  /// The edge of the call that is declared at a place.
  func edge(at place: CallPlace) -> Int32? {
    func cdn(_ name: String) -> Int? { model.streaming?.cdns.firstIndex { $0.name == name } }
    switch place {
    case .service(let service, let dependency):
      return edgeNames.firstIndex(of: "\(service) -> \(dependency)").map(Int32.init)
    case .workload(let name): return workloads.first { $0.name == name }?.edge
    case .sessions(let dependency): return sessionEdges[dependency]
    case .origin(let name): return cdn(name).map { originEdges[$0].origin }
    case .manifestOrigin(let name): return cdn(name).map { originEdges[$0].manifest }
    case .encode: return encodeEdge < 0 ? nil : encodeEdge
    case .standby: return standbyEdge < 0 ? nil : standbyEdge
    }
  }

  /// The edge of another call of the same caller.
  private func edge(named name: String, besides place: CallPlace) -> Int32? {
    switch place {
    case .service(let service, _): edge(at: .service(service, dependency: name))
    case .workload: nil
    case .sessions: edge(at: .sessions(dependency: name))
    case .origin(let cdn), .manifestOrigin(let cdn):
      edge(at: name == "origin" ? .origin(cdn: cdn) : .manifestOrigin(cdn: cdn))
    case .encode, .standby: edge(at: name == "standby" ? .standby : .encode)
    }
  }

  private static func sets(of scenario: Scenario?) -> [SetFault] {
    (scenario?.faults ?? []).compactMap { fault in
      if case .set(let set) = fault.effect { set } else { nil }
    }
  }

  /// How many replicas each service may have at once.
  static func slots(of model: SystemModel, _ scenario: Scenario?) -> [String: Int] {
    var slots = Dictionary(model.services.map { ($0.name, $0.mostReplicas) }, uniquingKeysWith: max)
    for set in sets(of: scenario) {
      for case .service(let name, let setting) in set.settings where setting == .replicas || setting == .autoscaling {
        for model in [set.changed, set.ramp?.start ?? set.changed] {
          slots[name] = max(slots[name, default: 0], model.service(named: name)?.mostReplicas ?? 0)
        }
      }
    }
    return slots
  }

  /// Whether a fault sets how many replicas a service has.
  func setsReplicas(of service: String) -> Bool {
    Self.sets(of: scenario).contains { $0.settings.contains(.service(service, .replicas)) }
  }
}
