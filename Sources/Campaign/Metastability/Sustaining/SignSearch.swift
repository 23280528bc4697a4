import Engine
import Model

/// Looks for the signs of what sustains a degraded state, from the end of the last fault to the horizon.
struct SignSearch {
  /// What is asked for, or lost, has to be this many times as large as without faults.
  private static let leastStrength = 1.1
  private let model: SystemModel
  private let run: ComponentSignals
  private let twin: ComponentSignals
  /// Busy threads / all threads of each service without faults; nil where threads are unbounded.
  private let utilisation: [Double?]
  /// The whole bins after the trigger.
  private let bins: Range<Int>

  /// - Parameters:
  ///   - run: with faults.
  ///   - twin: of the same replication without.
  ///   - calm: the twin's outcome, measured after the trigger.
  init(
    _ model: SystemModel, run: ComponentSignals, twin: ComponentSignals, calm: ReplicationOutcome,
    after end: SimulationTime
  ) {
    self.model = model
    self.run = run
    self.twin = twin
    utilisation = run.services.map { name in calm.services.first { $0.name == name }?.utilisation }
    let width = run.binWidth.nanoseconds
    let first = Int((end.nanoseconds + width - 1) / width)
    bins = min(first, run.binCount)..<min(run.binCount, twin.binCount)
  }

  /// The strongest first.
  var signs: [SustainingSign] {
    if bins.isEmpty { return [] }
    let all = retries + deadWork + breakers + caches + players + queues
    return all.enumerated().sorted {
      ($1.element.strength, $0.offset) < ($0.element.strength, $1.offset)
    }.map(\.element)
  }

  private var seconds: Double { bins.reduce(0) { $0 + run.seconds(ofBin: $1) } }

  private func sum(_ signals: ComponentSignals, _ value: (ComponentSignals, Int) -> Double) -> Double {
    bins.reduce(0) { $0 + value(signals, $1) }
  }

  private func sum(_ signals: ComponentSignals, _ signal: EdgeSignal, _ edge: Int) -> Double {
    sum(signals) { $0[signal, edge: edge, bin: $1] }
  }

  private func sum(_ signals: ComponentSignals, _ signal: ServiceSignal, _ service: Int) -> Double {
    sum(signals) { $0[signal, service: service, bin: $1] }
  }

  private func sum(_ signals: ComponentSignals, _ signal: CDNSignal, _ cdn: Int) -> Double {
    sum(signals) { $0[signal, cdn: cdn, bin: $1] }
  }

  private var retries: [SustainingSign] {
    run.edges.indices.compactMap { edge in
      func amplification(_ signals: ComponentSignals) -> Double {
        let first = sum(signals, .firstAttempts, edge)
        return first == 0 ? 1 : sum(signals, .attempts, edge) / first
      }
      let (now, usual) = (amplification(run), amplification(twin))
      guard now >= Self.leastStrength * usual else { return nil }
      var measures = [SustainingSign.Measure(.attemptsPerCall, now, usual: usual)]
      let service = run.edges[edge].service
      let calmArrivals = sum(twin, .arrivals, service)
      if let utilisation = utilisation[service], calmArrivals > 0 {
        let arrivals = sum(run, .arrivals, service)
        let added = sum(run, .attempts, edge) - sum(run, .firstAttempts, edge)
        measures.append(.init(.offeredLoad, utilisation * arrivals / calmArrivals, usual: utilisation))
        measures.append(
          .init(.offeredLoadWithoutRetries, utilisation * max(0, arrivals - added) / calmArrivals))
      }
      return SustainingSign(.retries, at: run.edges[edge].name, strength: now / usual, measures)
    }
  }

  private var deadWork: [SustainingSign] {
    run.services.indices.compactMap { service in
      func share(_ signals: ComponentSignals) -> Double {
        let busy = sum(signals, .busy, service)
        return busy == 0 ? 0 : sum(signals, .deadBusy, service) / busy
      }
      let (now, usual) = (share(run), share(twin))
      // Of all time dead nothing is left; a hundredth stands for it.
      let strength = max(0.01, 1 - usual) / max(0.01, 1 - now)
      guard strength >= Self.leastStrength else { return nil }
      return SustainingSign(
        .deadWork, at: run.services[service], strength: strength, [.init(.deadShare, now, usual: usual)])
    }
  }

  private var breakers: [SustainingSign] {
    run.edges.indices.compactMap { edge in
      func share(_ signals: ComponentSignals) -> Double { sum(signals, .breakerOpen, edge) / seconds }
      func openings(_ signals: ComponentSignals) -> Int {
        let isOpen = bins.map { signals[.breakerOpen, edge: edge, bin: $0] > 0.5 * signals.seconds(ofBin: $0) }
        return zip(isOpen, isOpen.dropFirst()).count { !$0 && $1 }
      }
      let (now, usual) = (share(run), share(twin))
      let strength = max(0.01, 1 - usual) / max(0.01, 1 - now)
      guard strength >= Self.leastStrength else { return nil }
      return SustainingSign(
        .breakers, at: run.edges[edge].name, strength: strength,
        [
          .init(.openShare, now, usual: usual),
          .init(.openings, Double(openings(run)), usual: Double(openings(twin))),
        ])
    }
  }

  private var caches: [SustainingSign] {
    run.cdns.indices.compactMap { cdn in
      func hits(_ signals: ComponentSignals) -> Double {
        let lookups = sum(signals, .edgeLookups, cdn)
        return lookups == 0 ? 1 : 1 - sum(signals, .edgeMisses, cdn) / lookups
      }
      let (now, usual) = (hits(run), hits(twin))
      let calls = (now: sum(run, .originCalls, cdn), usual: sum(twin, .originCalls, cdn))
      let misses = (1 - now) / max(1e-6, 1 - usual)
      let strength = calls.usual == 0 ? misses : calls.now / calls.usual
      guard usual - now >= 0.01, misses >= Self.leastStrength, strength >= Self.leastStrength else { return nil }
      return SustainingSign(
        .coldCache, at: run.cdns[cdn], strength: strength,
        [
          .init(.hitRatio, now, usual: usual),
          .init(.originCalls, calls.now / seconds, usual: calls.usual / seconds),
        ])
    }
  }

  private var players: [SustainingSign] {
    run.cdns.indices.compactMap { cdn in
      let (now, usual) = (sum(run, .requests, cdn), sum(twin, .requests, cdn))
      guard usual > 0, now >= Self.leastStrength * usual else { return nil }
      return SustainingSign(
        .players, at: run.cdns[cdn], strength: now / usual,
        [.init(.requests, now / seconds, usual: usual / seconds)])
    }
  }

  /// Queues in which calls wait longer than the most patient of their callers, which sustains nothing by itself: it is
  /// where dead work comes from. So it stands last.
  private var queues: [SustainingSign] {
    run.services.indices.compactMap { service in
      func wait(_ signals: ComponentSignals) -> Double {
        let entered = sum(signals, .arrivals, service) - sum(signals, ServiceSignal.rejections, service)
        return entered <= 0 ? 0 : sum(signals, .queued, service) / entered
      }
      let timeouts = model.dependencies(on: run.services[service]).compactMap(\.timeout)
      guard let patience = timeouts.map(\.seconds).max() else { return nil }
      let (now, usual) = (wait(run), wait(twin))
      guard now >= patience, now >= 2 * usual else { return nil }
      return SustainingSign(
        .queue, at: run.services[service], strength: 1,
        [.init(.wait, now, usual: usual), .init(.timeout, patience)])
    }
  }
}

extension SystemModel {
  /// Every call that some part of the model makes of others.
  var allDependencies: [Dependency] {
    workloads.map(\.call) + services.flatMap(\.dependencies) + (streaming?.sessions.dependencies ?? [])
      + (streaming?.cdns ?? []).flatMap { [$0.origin, $0.manifestOrigin] }
  }

  func dependencies(on service: String) -> [Dependency] {
    allDependencies.filter { $0.target.service == service }
  }
}
