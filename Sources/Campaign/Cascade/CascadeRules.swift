import Engine

/// What may cause what, along the dependencies of a system: tiers of candidates, the likeliest first.
///
/// Slowness goes up: what a callee takes too long for fills its caller's pool and lets its callers time out. Load goes
/// down: retries, fallbacks and what caches lack. A failure goes up to whoever asked. A shared pool, queue or service
/// carries it sideways, since it is one component to all its callers.
struct CascadeRules {
  typealias Candidate = Propagation.Candidate
  let signals: ComponentSignals
  private let outOf: [[Int]]
  private let into: [[Int]]

  init(_ signals: ComponentSignals) {
    self.signals = signals
    outOf = signals.services.indices.map { service in
      signals.edges.indices.filter { signals.edges[$0].caller == .service(service) }
    }
    into = signals.services.indices.map { service in
      signals.edges.indices.filter { signals.edges[$0].service == service }
    }
  }

  func tiers(_ departure: Propagation.Departure) -> [[Propagation.Candidate]] {
    let index = departure.component.index
    switch departure.mechanism {
    case .load: return more(index)
    case .slow, .poolFull, .queueGrows, .rejecting: return slowness(ofService: index, departure.mechanism)
    case .down: return [[.fault(CascadeComponent(.service, index), .taken)]]
    case .errors:
      let own = CascadeComponent(.service, index)
      return [[.fault(own, .failing)], [.departure(own, .down)]]
    case .unreachable:
      let own = CascadeComponent(.service, index)
      return [[.departure(own, .down)], [.fault(own, .failing)]]
    case .scaledIn: return idleness(ofService: index)
    case .failsBelow: return [outOf[index].flatMap { edge($0, .callsFail) }]
    case .deadWork:
      let own = CascadeComponent(.service, index)
      return [
        into[index].flatMap { edge($0, .timeouts, .callsFail) }, [.fault(own, .waiting)],
        [.departure(own, .queueGrows), .departure(own, .slow)],
      ]
    case .timeouts:
      return waiting(for: index) + [[.departure(CascadeComponent(.service, signals.edges[index].service), .load)]]
    case .attemptsFail: return failures(of: index)
    case .retries: return [edge(index, .timeouts, .attemptsFail), edge(index, .bulkheadFull, .breakerOpen)]
    case .breakerOpen:
      let seen = edge(index, .timeouts, .attemptsFail, .bulkheadFull)
      return [seen] + waiting(for: index) + [struck(index, .any)]
    case .bulkheadFull: return waiting(for: index) + [edge(index, .timeouts), callerLoad(index)]
    case .callsFail:
      // Where there is a fallback, a call fails with that.
      let inTurn = signals.edges[index].fallback.map { edge($0, .callsFail) } ?? []
      return [inTurn, edge(index, .timeouts, .attemptsFail, .breakerOpen, .bulkheadFull)]
    case .fallback: return [edge(index, .timeouts, .attemptsFail, .breakerOpen, .bulkheadFull)]
    case .requests: return elsewhere(index)
    case .misses, .originFails, .answersFail, .playersTimeOut, .atCapacity: return cdn(index, departure.mechanism)
    case .startsFail, .exits, .stalls, .abandonments, .playbackFails: return cohort(index, departure.mechanism)
    case .requestsFail: return [asked(by: index).flatMap { edge($0, .callsFail) }]
    case .degraded:
      let below = asked(by: index).flatMap { reachable(from: signals.edges[$0].service) }
      return [(asked(by: index) + below).flatMap { edge($0, .fallback) }]
    }
  }

  // MARK: Services

  func slowness(ofService index: Int, _ mechanism: CascadeMechanism) -> [[Candidate]] {
    let own = CascadeComponent(.service, index)
    let slowed: [Candidate] = [.fault(own, .waiting)]
    let fewer: [Candidate] = [.departure(own, .down), .departure(own, .scaledIn)]
    let struck: [Candidate] = [.fault(own, .taken)]
    let below = outOf[index].map { waiting(for: $0) }
    let callees: [[Candidate]] = [below.flatMap { $0[0] }, below.flatMap { $0[1] }]
    let vain = outOf[index].flatMap { edge($0, .timeouts, .attemptsFail, .retries) }
    let load: [Candidate] = [.departure(own, .load)]
    let pool: [Candidate] = [.departure(own, .poolFull)]
    let queue: [Candidate] = [.departure(own, .queueGrows)]
    let others = callees + [load, vain, struck]
    if mechanism == .poolFull { return [slowed, fewer] + others + [[.departure(own, .slow)]] }
    // There is no queue while a thread is free.
    if mechanism == .queueGrows { return [pool, slowed, fewer] + others }
    if mechanism == .rejecting { return [queue, pool, slowed, fewer] + others }
    return [slowed, queue, pool, fewer] + callees + [vain, load, struck]
  }

  /// Why an autoscaler takes replicas away: what would come to them fails before it does.
  func idleness(ofService index: Int) -> [[Candidate]] {
    let own = CascadeComponent(.service, index)
    let kept = into[index].flatMap { edge($0, .attemptsFail, .breakerOpen, .bulkheadFull, .timeouts, .callsFail) }
    let above = into[index].flatMap { edge -> [Candidate] in
      guard case .service(let caller) = signals.edges[edge].caller else { return [] }
      return [.rejecting, .unreachable, .down, .errors, .failsBelow, .slow].map {
        .departure(CascadeComponent(.service, caller), $0)
      }
    }
    return [
      into[index].map { .fault(CascadeComponent(.edge, $0), .any) } + kept, above,
      [.fault(own, .any)], [.departure(own, .errors), .departure(own, .down)],
    ]
  }

  /// What makes more calls come to a service.
  func more(_ index: Int) -> [[Candidate]] {
    let callers = into[index]
    let fallbacks = signals.edges.indices.filter { edge in
      signals.edges[edge].fallback.map { signals.edges[$0].service == index } ?? false
    }
    let requests = callers.flatMap { edge -> [Candidate] in
      guard case .cdn(let caller) = signals.edges[edge].caller else { return [] }
      return [.departure(CascadeComponent(.cdn, caller), .requests)]
    }
    let above = callers.flatMap { edge -> [Candidate] in
      switch signals.edges[edge].caller {
      case .service(let caller): [.departure(CascadeComponent(.service, caller), .load)]
      case .workload(let caller): surges(of: caller)
      case .cdn(let caller): [.departure(CascadeComponent(.cdn, caller), .misses)]
      }
    }
    return [callers.flatMap { edge($0, .retries) } + fallbacks.flatMap { edge($0, .fallback) }, above, requests]
  }

  /// Surges of a workload; those of sessions may be of any cohort.
  func surges(of workload: Int) -> [Candidate] {
    let own = signals.workloads[workload].isOfSessions
    let all = own ? signals.workloads.indices.filter { signals.workloads[$0].isOfSessions } : [workload]
    return all.map { .fault(CascadeComponent(.workload, $0), .any) }
  }

  var everySession: [Candidate] {
    signals.workloads.firstIndex { $0.isOfSessions }.map(surges) ?? []
  }

  // MARK: Dependencies

  func edge(_ index: Int, _ mechanisms: CascadeMechanism...) -> [Candidate] {
    mechanisms.map { .departure(CascadeComponent(.edge, index), $0) }
  }

  /// Why calls along an edge take long: its callee or the edge itself, then what the callee waits for in turn.
  func waiting(for index: Int) -> [[Candidate]] {
    let callee = signals.edges[index].service
    let direct = slowness(of: index)
    // A callee whose pool is large waits without leaving its own band.
    let further = reachable(from: callee).flatMap { edge($0, .timeouts) + slowness(of: $0) }
    return [direct, further]
  }

  func slowness(of index: Int) -> [Candidate] {
    let callee = CascadeComponent(.service, signals.edges[index].service)
    return [
      .fault(CascadeComponent(.edge, index), .waiting), .departure(callee, .queueGrows),
      .departure(callee, .poolFull), .departure(callee, .slow), .fault(callee, .waiting),
    ]
  }

  /// The edges that calls to a service may lead to.
  func reachable(from service: Int) -> [Int] {
    var found: [Int] = []
    var seen: Set<Int> = [service]
    var next = [service]
    while let present = next.popLast() {
      for edge in outOf[present] {
        found.append(edge)
        if seen.insert(signals.edges[edge].service).inserted { next.append(signals.edges[edge].service) }
      }
    }
    return found
  }

  func struck(_ index: Int, _ symptom: FaultSymptom) -> [Candidate] {
    let callee = CascadeComponent(.service, signals.edges[index].service)
    return [.fault(CascadeComponent(.edge, index), symptom), .fault(callee, symptom)]
  }

  func failures(of index: Int) -> [[Candidate]] {
    let callee = CascadeComponent(.service, signals.edges[index].service)
    let mechanisms: [CascadeMechanism] = [.rejecting, .errors, .unreachable, .down, .failsBelow]
    return [
      [.fault(CascadeComponent(.edge, index), .failing)] + mechanisms.map { .departure(callee, $0) },
      struck(index, .failing),
    ]
  }

  func callerLoad(_ index: Int) -> [Candidate] {
    switch signals.edges[index].caller {
    case .service(let caller): [.departure(CascadeComponent(.service, caller), .load)]
    case .workload(let caller): surges(of: caller)
    case .cdn(let caller): [.departure(CascadeComponent(.cdn, caller), .misses)]
    }
  }

  func asked(by workload: Int) -> [Int] {
    signals.edges.indices.filter { signals.edges[$0].caller == .workload(workload) }
  }
}
