import Engine

/// What may cause what among CDNs and players.
extension CascadeRules {
  private var cdns: [CascadeComponent] { signals.cdns.indices.map { CascadeComponent(.cdn, $0) } }

  /// Faults on what some cohort's players ask of any CDN.
  private func cohortsStruck(_ symptom: FaultSymptom) -> [Candidate] {
    signals.cohorts.indices.map { .fault(CascadeComponent(.cohort, $0), symptom) }
  }

  func cdn(_ index: Int, _ mechanism: CascadeMechanism) -> [[Candidate]] {
    let own = CascadeComponent(.cdn, index)
    let struck: [Candidate] = [.fault(own, .any)]
    let late: [Candidate] = [.fault(own, .waiting)] + cohortsStruck(.waiting)
    let origins = signals.edges.indices.filter { signals.edges[$0].caller == .cdn(index) }
    let load: [Candidate] = [.departure(own, .requests)]
    if mechanism == .answersFail {
      return [[.fault(own, .failing)] + cohortsStruck(.failing) + [.departure(own, .originFails)] + unmade]
    }
    if mechanism == .originFails { return [origins.flatMap { edge($0, .callsFail) }] }
    if mechanism == .misses { return [[.fault(own, .emptied)], load, struck] }
    if mechanism == .atCapacity {
      // Fewer requests that each take more fill a site as well.
      let others = cdns.filter { $0 != own }
      let moved = others.flatMap { [Candidate.departure($0, .answersFail), .departure($0, .playersTimeOut)] }
      return [[.fault(own, .waiting)], load, everySession, moved, others.map { .departure($0, .atCapacity) }]
    }
    return [
      late, origins.flatMap { edge($0, .timeouts) + slowness(of: $0) }, origins.flatMap { waiting(for: $0)[1] },
      [.departure(own, .atCapacity)], load,
    ]
  }

  /// Why more requests of players come to a CDN: they ask again, or come from another one, or are more.
  func elsewhere(_ index: Int) -> [[Candidate]] {
    let own = CascadeComponent(.cdn, index)
    let others = cdns.filter { $0 != own }
    return [
      [.departure(own, .answersFail), .departure(own, .playersTimeOut)],
      others.flatMap { [.departure($0, .answersFail), .departure($0, .playersTimeOut)] }, everySession,
      others.map { .departure($0, .atCapacity) }, others.map { .fault($0, .any) } + cohortsStruck(.any),
    ]
  }

  func cohort(_ index: Int, _ mechanism: CascadeMechanism) -> [[Candidate]] {
    let own = CascadeComponent(.cohort, index)
    func struck(_ symptom: FaultSymptom) -> [Candidate] {
      [.fault(own, symptom)] + cdns.map { .fault($0, symptom) }
    }
    let failing = cdns.flatMap { [Candidate.departure($0, .answersFail), .departure($0, .playersTimeOut)] }
    let refused: [Candidate] = [.fault(own, .failing)]
    let full = cdns.map { Candidate.departure($0, .atCapacity) }
    let origins = signals.edges.indices.filter { edge in
      if case .cdn = signals.edges[edge].caller { true } else { false }
    }
    let late = (origins + encoders).flatMap { edge($0, .timeouts) + slowness(of: $0) }
    let crowd = everySession + cdns.map { .departure($0, .requests) }
    if mechanism == .playbackFails { return [failing + refused, unmade, struck(.any)] }
    if mechanism == .stalls {
      return [
        full + unmade, failing + struck(.waiting), late, cdns.map { .departure($0, .misses) }, struck(.any), crowd,
      ]
    }
    // Nobody leaves in a stall that there has not been, however long he waited in it.
    if mechanism == .abandonments { return [[.departure(own, .stalls)]] }
    // The calls of a start.
    let calls = signals.edges.indices.filter { isOfSessions($0) && !encoders.contains($0) }
    if mechanism == .startsFail {
      return [calls.flatMap { edge($0, .callsFail) } + failing + refused, unmade, struck(.any)]
    }
    let delay = calls.flatMap { edge($0, .timeouts, .retries) + slowness(of: $0) }
    return [
      delay, full + unmade, failing + struck(.waiting), calls.flatMap { waiting(for: $0)[1] }, late, struck(.any),
      crowd,
    ]
  }

  private func isOfSessions(_ edge: Int) -> Bool {
    guard case .workload(let caller) = signals.edges[edge].caller else { return false }
    return signals.workloads[caller].isOfSessions
  }

  /// The edges along which live segments are made; those of sessions begin with their name.
  private var encoders: [Int] {
    signals.edges.indices.filter { isOfSessions($0) && signals.edges[$0].name.hasPrefix("live -> ") }
  }

  /// Live segments that are not made, or late, and so are asked for in vain.
  private var unmade: [Candidate] { encoders.flatMap { edge($0, .callsFail, .timeouts) } }
}
