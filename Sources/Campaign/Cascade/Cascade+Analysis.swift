import Engine
import Model

extension Cascade {
  /// Reads the cascade from what components did with and without the faults.
  ///
  /// - Parameters:
  ///   - run: the signals of a replication with faults.
  ///   - twin: those of the same replication of the same model without them, in the same bins.
  ///   - time: of the model.
  public init(run: ComponentSignals, twin: ComponentSignals, time: TimeFrame) {
    precondition(
      run.binCount == twin.binCount && run.services == twin.services && run.edges == twin.edges,
      "a run and its twin have the same bins and components")
    let warmup = time.warmup.nanoseconds
    let measured = Int((warmup + run.binWidth.nanoseconds - 1) / run.binWidth.nanoseconds)
    let reigns = FaultReigns(run)
    let departures = CascadeSeries.all(of: run).flatMap { series -> [Propagation.Departure] in
      let band = NormalBand(twin: series.values(twin), measured: measured, series.scale)
      return reigns.parts(of: band.episodes(of: series.values(run))).map {
        Propagation.Departure(component: series.component, mechanism: series.mechanism, episodes: $0)
      }
    }
    let rules = CascadeRules(run)
    let propagation = Self.propagation(departures, roots: run.strikes.map { Self.root($0, run) }, rules)
    self.init(propagation, BlameWalk(run: run, twin: twin, propagation: propagation, rules: rules), run, time)
  }

  /// What has no cause at first may have one when it comes again: then that is a departure of its own.
  private static func propagation(
    _ departures: [Propagation.Departure], roots: [Propagation.Root], _ rules: CascadeRules
  ) -> Propagation {
    var propagation = Propagation(departures, roots: roots, tiers: rules.tiers)
    for _ in 0..<4 {
      let parts = propagation.departures.indices.flatMap { index -> [Propagation.Departure] in
        let whole = propagation.departures[index]
        if propagation.explanations[index] != nil || whole.episodes.count == 1 { return [whole] }
        return [whole.episodes.prefix(1), whole.episodes.dropFirst()].map {
          Propagation.Departure(component: whole.component, mechanism: whole.mechanism, episodes: Array($0))
        }
      }
      if parts.count == propagation.departures.count { break }
      propagation = Propagation(parts, roots: roots, tiers: rules.tiers)
    }
    return propagation
  }

  private static func root(_ strike: ComponentSignals.Strike, _ signals: ComponentSignals) -> Propagation.Root {
    // A fault that ends with a bin is not active in the next one.
    let last = SimulationTime(nanoseconds: max(strike.begins.nanoseconds, strike.ends.nanoseconds - 1))
    return Propagation.Root(
      components: strike.components.map { CascadeComponent($0) }
        + strike.cohorts.map { CascadeComponent(.cohort, $0) }
        + strike.workloads.map { CascadeComponent(.workload, $0) },
      begins: signals.bin(of: strike.begins), ends: signals.bin(of: last), effect: strike.effect)
  }

  private init(_ propagation: Propagation, _ walk: BlameWalk, _ run: ComponentSignals, _ time: TimeFrame) {
    // Causes before effects also within a bin.
    let order = propagation.departures.indices.sorted { a, b in
      let (first, second) = (propagation.departures[a], propagation.departures[b])
      return (first.from, propagation.explanations[a]?.depth ?? .max, first.component, first.mechanism)
        < (second.from, propagation.explanations[b]?.depth ?? .max, second.component, second.mechanism)
    }
    var place = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = new }
    binWidth = run.binWidth
    start = time.start
    roots = run.strikes.map { strike in
      Root(
        fault: strike.fault, effect: strike.effect, target: strike.target,
        targets: strike.components.map { run.name(of: $0) } + strike.cohorts.map { run.cohorts[$0] }
          + strike.workloads.map { run.workloads[$0].name },
        from: strike.begins, to: strike.ends)
    }
    nodes = order.map { Self.node(propagation.departures[$0], propagation.explanations[$0], run) }
    edges = order.flatMap { index -> [Edge] in
      let effect = propagation.departures[index]
      return (propagation.explanations[index]?.causes ?? []).enumerated().map { number, cause in
        let at = run.start(ofBin: effect.from)
        return switch cause {
        case .root(let root, _):
          Edge(
            from: .root(root), to: place[index], carrier: run.strikes[root].effect, at: at, isFirst: number == 0)
        case .departure(let other):
          Edge(
            from: .node(place[other]), to: place[index],
            carrier: propagation.departures[other].carrier(to: effect), at: at, isFirst: number == 0)
        }
      }
    }
    chains = walk.chains { place[$0] }
  }

  private static func node(
    _ departure: Propagation.Departure, _ explanation: Propagation.Explanation?, _ run: ComponentSignals
  ) -> Node {
    let first = departure.episodes[0]
    let greatest = departure.episodes.reduce(first) { $1.peak > $0.peak ? $1 : $0 }
    var amplification: Double?
    if departure.mechanism == .retries {
      let bins = first.from..<(first.to ?? run.binCount)
      let edge = departure.component.index
      let attempts = bins.reduce(0) { $0 + run[.attempts, edge: edge, bin: $1] }
      let calls = bins.reduce(0) { $0 + run[.firstAttempts, edge: edge, bin: $1] }
      amplification = calls > 0 ? attempts / calls : nil
    }
    return Node(
      component: departure.component, name: run.name(of: departure.component), mechanism: departure.mechanism,
      from: run.start(ofBin: first.from),
      to: departure.episodes[departure.episodes.count - 1].to.map { run.start(ofBin: $0) },
      departures: departure.episodes.count, peak: greatest.peak, normal: greatest.normal,
      amplification: amplification, depth: explanation?.depth)
  }
}

extension Propagation.Departure {
  /// By what means this one brings about another one.
  func carrier(to effect: Self) -> String {
    if component == effect.component { return "its own" }
    switch effect.mechanism {
    case .load, .requests:
      switch mechanism {
      case .retries: return "retries"
      case .fallback: return "fallback calls"
      case .misses: return "misses"
      case .answersFail, .playersTimeOut: return "failover"
      case .load, .slow, .poolFull, .queueGrows, .rejecting, .down, .unreachable, .errors, .failsBelow, .deadWork,
        .timeouts, .attemptsFail, .breakerOpen, .bulkheadFull, .callsFail, .requests, .atCapacity, .originFails,
        .startsFail, .exits,
        .stalls, .abandonments, .scaledIn, .playbackFails, .requestsFail, .degraded:
        return "calls"
      }
    case .slow, .poolFull, .queueGrows, .rejecting: return "threads wait"
    case .atCapacity: return mechanism == .answersFail || mechanism == .playersTimeOut ? "failover" : "requests"
    case .timeouts, .breakerOpen, .bulkheadFull, .playersTimeOut, .exits, .stalls, .misses, .abandonments:
      return "waiting"
    case .retries, .attemptsFail, .callsFail, .failsBelow, .errors, .unreachable, .down, .originFails, .answersFail,
      .startsFail, .playbackFails, .requestsFail:
      return "failures"
    case .fallback, .degraded: return "fallback"
    case .deadWork: return "given up"
    case .scaledIn: return "less to do"
    }
  }
}
