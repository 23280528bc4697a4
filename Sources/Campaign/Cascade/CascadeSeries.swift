import Engine

/// A mechanism of a component over time: what is compared with the twin.
struct CascadeSeries {
  let component: CascadeComponent
  let mechanism: CascadeMechanism
  let scale: NormalBand.Scale
  /// A bin's value; nil where there is nothing to tell.
  let value: (ComponentSignals, Int) -> Double?

  func values(_ signals: ComponentSignals) -> [Double?] { (0..<signals.binCount).map { value(signals, $0) } }
}

extension CascadeSeries {
  /// All that is watched in a system.
  static func all(of signals: ComponentSignals) -> [CascadeSeries] {
    signals.services.indices.flatMap { service($0, of: signals) } + signals.edges.indices.flatMap(edge)
      + signals.cdns.indices.flatMap(cdn)
      + signals.cohorts.indices.flatMap(cohort)
      + signals.workloads.indices.filter { !signals.workloads[$0].isOfSessions }.flatMap(workload)
  }

  private static func service(_ index: Int, of signals: ComponentSignals) -> [CascadeSeries] {
    // Replicas before anything is struck, as a part of the most that there may be.
    let struck = signals.strikes.map { signals.bin(of: $0.begins) }.min() ?? 0
    let bin = max(0, struck - 1)
    let usual = signals[.ready, service: index, bin: bin] / signals.seconds(ofBin: bin)
    func count(_ mechanism: CascadeMechanism, _ signal: ServiceSignal) -> CascadeSeries {
      CascadeSeries(component: CascadeComponent(.service, index), mechanism: mechanism, scale: .count) {
        $0[signal, service: index, bin: $1]
      }
    }
    func mean(_ mechanism: CascadeMechanism, _ scale: NormalBand.Scale, _ signal: ServiceSignal) -> CascadeSeries {
      CascadeSeries(component: CascadeComponent(.service, index), mechanism: mechanism, scale: scale) {
        $0[signal, service: index, bin: $1] / $0.seconds(ofBin: $1)
      }
    }
    return [
      count(.load, .arrivals),
      CascadeSeries(component: CascadeComponent(.service, index), mechanism: .slow, scale: .duration) {
        let served = $0[.served, service: index, bin: $1]
        return served == 0 ? nil : $0[.servedTime, service: index, bin: $1] / served
      },
      mean(.poolFull, .fraction, .full), mean(.queueGrows, .level, .queued), count(.rejecting, .rejections),
      // Of the replicas that an autoscaler lets take calls; of all where there is none.
      CascadeSeries(component: CascadeComponent(.service, index), mechanism: .down, scale: .fraction) {
        let ready = $0[.ready, service: index, bin: $1]
        return ready <= 0 ? 0 : max(0, 1 - $0[.up, service: index, bin: $1] / ready)
      },
      CascadeSeries(component: CascadeComponent(.service, index), mechanism: .scaledIn, scale: .fraction) {
        let ready = $0[.ready, service: index, bin: $1] / $0.seconds(ofBin: $1)
        return usual <= 0 ? 0 : max(0, 1 - ready / usual)
      },
      count(.unreachable, .unreachable), count(.errors, .errors), count(.failsBelow, .passedOn),
      mean(.deadWork, .level, .deadBusy),
    ]
  }

  private static func edge(_ index: Int) -> [CascadeSeries] {
    func count(_ mechanism: CascadeMechanism, _ value: @escaping (ComponentSignals, Int) -> Double) -> CascadeSeries {
      CascadeSeries(
        component: CascadeComponent(.edge, index), mechanism: mechanism, scale: .count, value: value)
    }
    return [
      count(.timeouts) { $0[.timeouts, edge: index, bin: $1] },
      count(.attemptsFail) {
        $0[.errors, edge: index, bin: $1] + $0[.rejections, edge: index, bin: $1]
          + $0[.unreachable, edge: index, bin: $1]
      },
      count(.retries) { $0[.attempts, edge: index, bin: $1] - $0[.firstAttempts, edge: index, bin: $1] },
      CascadeSeries(component: CascadeComponent(.edge, index), mechanism: .breakerOpen, scale: .fraction) {
        $0[.breakerOpen, edge: index, bin: $1] / $0.seconds(ofBin: $1)
      },
      count(.bulkheadFull) { $0[.bulkheadRefusals, edge: index, bin: $1] },
      count(.callsFail) {
        $0[.failures, edge: index, bin: $1] - $0[.fallbacks, edge: index, bin: $1]
          + $0[.fallbackFailures, edge: index, bin: $1]
      },
      count(.fallback) { $0[.fallbacks, edge: index, bin: $1] },
    ]
  }

  private static func cdn(_ index: Int) -> [CascadeSeries] {
    func count(_ mechanism: CascadeMechanism, _ signals: CDNSignal...) -> CascadeSeries {
      CascadeSeries(component: CascadeComponent(.cdn, index), mechanism: mechanism, scale: .count) { told, bin in
        signals.reduce(0) { $0 + told[$1, cdn: index, bin: bin] }
      }
    }
    return [
      count(.requests, .requests), count(.misses, .edgeMisses, .shieldMisses), count(.originFails, .originFailures),
      count(.answersFail, .errors), count(.playersTimeOut, .timeouts),
      CascadeSeries(component: CascadeComponent(.cdn, index), mechanism: .atCapacity, scale: .fraction) {
        $0[.full, cdn: index, bin: $1] / $0.seconds(ofBin: $1)
      },
    ]
  }

  private static func cohort(_ index: Int) -> [CascadeSeries] {
    func count(_ mechanism: CascadeMechanism, _ signal: CohortSignal) -> CascadeSeries {
      CascadeSeries(component: CascadeComponent(.cohort, index), mechanism: mechanism, scale: .count) {
        $0[signal, cohort: index, bin: $1]
      }
    }
    return [
      count(.startsFail, .startFailures), count(.exits, .exits), count(.stalls, .stalls),
      count(.abandonments, .abandonments), count(.playbackFails, .playbackFailures),
    ]
  }

  private static func workload(_ index: Int) -> [CascadeSeries] {
    func count(_ mechanism: CascadeMechanism, _ signal: WorkloadSignal) -> CascadeSeries {
      CascadeSeries(component: CascadeComponent(.workload, index), mechanism: mechanism, scale: .count) {
        $0[signal, workload: index, bin: $1]
      }
    }
    return [count(.requestsFail, .failed), count(.degraded, .degraded)]
  }
}
