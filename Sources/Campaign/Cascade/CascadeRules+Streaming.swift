import Engine

/// What may cause what among CDNs and players.
extension CascadeRules {
  func cdn(_ index: Int, _ mechanism: CascadeMechanism) -> [[Candidate]] {
    let own = CascadeComponent(.cdn, index)
    let struck: [Candidate] = [.fault(own, onlySlow: false)]
    let origins = signals.edges.indices.filter { signals.edges[$0].caller == .cdn(index) }
    let load: [Candidate] = [.departure(own, .requests)]
    if mechanism == .answersFail { return [struck + [.departure(own, .originFails)]] }
    if mechanism == .originFails { return [origins.flatMap { edge($0, .callsFail) }] }
    if mechanism == .misses { return [struck, load] }
    return [
      struck, origins.flatMap { edge($0, .timeouts) + slowness(of: $0) }, origins.flatMap { waiting(for: $0)[1] }, load,
    ]
  }

  /// Why more requests of players come to a CDN: they ask again, or come from another one, or are more.
  func elsewhere(_ index: Int) -> [[Candidate]] {
    let others = signals.cdns.indices.filter { $0 != index }.map { CascadeComponent(.cdn, $0) }
    let own = CascadeComponent(.cdn, index)
    return [
      [.departure(own, .answersFail), .departure(own, .playersTimeOut)],
      others.flatMap { [.departure($0, .answersFail), .departure($0, .playersTimeOut)] }, everySession,
      others.map { .fault($0, onlySlow: false) },
    ]
  }

  func cohort(_ index: Int, _ mechanism: CascadeMechanism) -> [[Candidate]] {
    let cdns = signals.cdns.indices.map { CascadeComponent(.cdn, $0) }
    let failing = cdns.flatMap { [Candidate.departure($0, .answersFail), .departure($0, .playersTimeOut)] }
    let struck = cdns.map { Candidate.fault($0, onlySlow: false) }
    let slowed = cdns.map { Candidate.fault($0, onlySlow: true) }
    let origins = signals.edges.indices.filter { edge in
      if case .cdn = signals.edges[edge].caller { true } else { false }
    }
    let late = origins.flatMap { edge($0, .timeouts) + slowness(of: $0) }
    let crowd = everySession + cdns.map { .departure($0, .requests) }
    if mechanism == .playbackFails { return [failing, struck] }
    if mechanism == .stalls {
      return [failing, slowed, late, cdns.map { .departure($0, .misses) }, struck, crowd]
    }
    // Nobody leaves in a stall that there has not been, however long he waited in it.
    if mechanism == .abandonments { return [[.departure(CascadeComponent(.cohort, index), .stalls)]] }
    // The calls of a start.
    let calls = signals.edges.indices.filter { edge in
      if case .workload(let caller) = signals.edges[edge].caller {
        signals.workloads[caller].isOfSessions
      } else {
        false
      }
    }
    if mechanism == .startsFail { return [calls.flatMap { edge($0, .callsFail) } + failing, struck] }
    let delay = calls.flatMap { edge($0, .timeouts, .retries) + slowness(of: $0) }
    return [delay, failing, calls.flatMap { waiting(for: $0)[1] }, slowed, late, struck, crowd]
  }
}
