import Model

/// What a model lacks before anything is broken on purpose: see `AuditFinding`.
public struct SystemAudit: Sendable {
  public let model: SystemModel
  /// Every call, whatever protects it.
  public let calls: [AuditedCall]
  /// One a call of a service, in the order of the model.
  public let exposures: [PoolExposure]
  /// One a workload or sessions that need more than one call, by name.
  public let paths: [CriticalPath]
  /// The worst first.
  public let retries: [RetryChain]
  public let findings: [AuditFinding]

  public init(_ model: SystemModel) {
    self.model = model
    let graph = CallGraph(model)
    calls = graph.calls
    exposures = graph.calls.compactMap { call in
      guard case .service(let name) = call.caller, let service = model.services.first(where: { $0.name == name })
      else { return nil }
      return PoolExposure(call, of: service, rates: graph.rates)
    }
    paths = CriticalPath.all(in: graph)
    retries = RetryChain.all(in: graph)
    findings = AuditFinding.all(in: graph, exposures, retries)
  }
}

/// The calls that all have to succeed so that one asker is served.
public struct CriticalPath: Hashable, Sendable {
  /// A workload, or `sessions`.
  public let asker: String
  /// In the order in which they are reached; a player makes the calls of its start.
  public let calls: [AuditedCall]

  /// Names of the services that are called, each once.
  public var services: [String] {
    var names: [String] = []
    for call in calls where !names.contains(call.dependency.target.service) {
      names.append(call.dependency.target.service)
    }
    return names
  }

  /// The availability of the whole if each service has this one, and they fail independently: availability^n.
  public func availability(ifEachHas availability: Double) -> Double {
    services.reduce(1) { product, _ in product * availability }
  }

  static func all(in graph: CallGraph) -> [CriticalPath] {
    var needed: [String: [Int]] = [:]
    for (place, call) in graph.calls.enumerated() {
      switch call.caller {
      case .workload(let name): graph.require(place, into: &needed[name, default: []])
      case .sessions where call.rate > 0: graph.require(place, into: &needed[Streaming.everySession, default: []])
      case .sessions, .service, .cdn, .live: break
      }
    }
    return needed.sorted { $0.key < $1.key }.map { asker, places in
      CriticalPath(asker: asker, calls: places.map { graph.calls[$0] })
    }
  }
}

extension CallGraph {
  /// Adds a call and those without which it fails: not what has a fallback, nor one of several of which fewer will do.
  fileprivate func require(_ place: Int, into places: inout [Int]) {
    if calls[place].dependency.fallback != nil || places.contains(place) { return }
    places.append(place)
    let target = calls[place].dependency.target
    for child in children(of: target) where child.probability > 0 && !isSpared(child.place, by: target) {
      require(child.place, into: &places)
    }
  }
}

/// Calls under each other that each retry: at worst the last one is called so often for one request.
public struct RetryChain: Hashable, Sendable {
  /// From the asker on; at least two of them retry.
  public let calls: [AuditedCall]
  /// The product of the attempts; at most 2^62.
  public let worst: Int

  static func all(in graph: CallGraph) -> [RetryChain] {
    var chains: [RetryChain] = []
    for root in graph.calls {
      if case .service = root.caller { continue }
      let calls = graph.worstChain(from: root)
      guard calls.count(where: { $0.dependency.attempts > 1 }) > 1 else { continue }
      let worst = calls.reduce(1.0) { $0 * Double($1.dependency.attempts) }
      chains.append(RetryChain(calls: calls, worst: Int(min(worst, 0x1p62))))
    }
    return chains.sorted { ($1.worst, $0.calls[0].name) < ($0.worst, $1.calls[0].name) }
  }
}

extension CallGraph {
  /// The chain from a call down with the largest product of attempts, without what follows its last retry.
  fileprivate func worstChain(from call: AuditedCall) -> [AuditedCall] {
    let below = children(of: call.dependency.target).map { worstChain(from: calls[$0.place]) }
    func product(_ chain: [AuditedCall]) -> Double { chain.reduce(1) { $0 * Double($1.dependency.attempts) } }
    let worst = below.max { product($0) < product($1) } ?? []
    return worst.isEmpty && call.dependency.attempts == 1 ? [] : [call] + worst
  }
}
