import Engine
import Model

/// Where the reasons of failed requests come from: from where the reason arose, by what left its band, to a fault.
struct BlameWalk {
  private struct Key: Hashable {
    let workload: Int
    let reason: FailureReason
    let component: ComponentSignals.Component
    let way: [Int]
    let root: Int?
    let isAlsoWithout: Bool
  }
  private var counts: [Key: Int] = [:]
  private let run: ComponentSignals

  /// Of what failed in a bin, as much as failed in the same bin of the twin, of the same workload, for the same reason and
  /// at the same component, is not laid on the faults.
  init(run: ComponentSignals, twin: ComponentSignals, propagation: Propagation, rules: CascadeRules) {
    self.run = run
    struct Place: Hashable {
      let bin: Int
      let workload: Int
      let reason: FailureReason
      let component: ComponentSignals.Component
    }
    var usual = Dictionary(
      twin.failures.map {
        (Place(bin: $0.bin, workload: $0.workload, reason: $0.reason, component: $0.component), $0.count)
      }, uniquingKeysWith: +)
    // All sessions together are told by cohort.
    let together = run.workloads.firstIndex { $0.isOfSessions }
    // What a fault has brought about before anybody's eyes comes last to be as without faults.
    let ordered = run.failures.filter { $0.strike == nil } + run.failures.filter { $0.strike != nil }
    for failures in ordered where failures.workload != together {
      let place = Place(
        bin: failures.bin, workload: failures.workload, reason: failures.reason, component: failures.component)
      let same = min(failures.count, usual[place] ?? 0)
      usual[place, default: 0] -= same
      if same > 0 { add(same, failures, way: [], root: nil, isAlsoWithout: true) }
      if failures.count == same { continue }
      var way: (departures: [Int], root: Int)?
      if let strike = failures.strike {
        let own = Self.beginnings(failures, run).compactMap {
          propagation.departure(of: $0.0, $0.1, bin: failures.bin)
        }
        way = (Array(own.prefix(1)), strike)
      }
      for (component, mechanism) in Self.beginnings(failures, run) where way == nil {
        let moment = NormalBand.Episode(from: failures.bin, to: nil, peak: 0, normal: 0)
        let tiers = rules.tiers(
          Propagation.Departure(component: component, mechanism: mechanism, episodes: [moment]))
        way = propagation.way(from: component, mechanism, bin: failures.bin, tiers: tiers)
      }
      add(
        failures.count - same, failures, way: way?.departures ?? [], root: way?.root, isAlsoWithout: false)
    }
  }

  private mutating func add(
    _ count: Int, _ failures: ComponentSignals.Failures, way: [Int], root: Int?, isAlsoWithout: Bool
  ) {
    let key = Key(
      workload: failures.workload, reason: failures.reason, component: failures.component, way: way, root: root,
      isAlsoWithout: isAlsoWithout)
    counts[key, default: 0] += count
  }

  /// What a failure is part of, the likeliest first.
  private static func beginnings(
    _ failures: ComponentSignals.Failures, _ run: ComponentSignals
  ) -> [(CascadeComponent, CascadeMechanism)] {
    let component = CascadeComponent(failures.component)
    if failures.reason == .abandoned {
      let first = run.workloads.firstIndex { $0.isOfSessions } ?? 0
      return [(CascadeComponent(.cohort, max(0, failures.workload - first - 1)), .exits)]
    }
    switch failures.component {
    case .edge:
      let mechanism: CascadeMechanism =
        switch failures.reason {
        case .timeout: .timeouts
        case .breakerOpen: .breakerOpen
        case .bulkheadFull: .bulkheadFull
        case .error, .unreachable, .rejected, .abandoned: .attemptsFail
        }
      return [(component, mechanism), (component, .callsFail)]
    case .service:
      let mechanism: CascadeMechanism =
        switch failures.reason {
        case .rejected: .rejecting
        case .unreachable: .unreachable
        case .error, .timeout, .breakerOpen, .bulkheadFull, .abandoned: .errors
        }
      return [(component, mechanism), (component, .down)]
    case .cdn: return [(component, failures.reason == .timeout ? .playersTimeOut : .answersFail)]
    }
  }

  /// - Parameter place: the place of a departure among the nodes.
  func chains(place: (Int) -> Int) -> [Cascade.Chain] {
    let all = counts.map { key, count in
      Cascade.Chain(
        workload: run.workloads[key.workload].name, reason: key.reason, component: run.name(of: key.component),
        origin: key.isAlsoWithout
          ? .alsoWithoutFaults : key.root.map { .fault(nodes: key.way.map(place), root: $0) } ?? .unknown,
        count: count)
    }
    return all.sorted { ($1.count, $0.order) < ($0.count, $1.order) }
  }
}

extension Cascade.Chain {
  /// A text that tells chains apart, for an order of those that are equally frequent.
  fileprivate var order: String { "\(workload) \(component) \(reason.rawValue) \(origin)" }
}
