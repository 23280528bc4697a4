import Engine
import Model

/// A replication beside its counterfactual twin, request by request: who was hurt by the faults, who was helped, and
/// where else it was felt. Of what arrived after the warm-up, as everywhere.
public struct TwinComparison: Sendable {
  /// The requests of a workload, or the sessions of a cohort.
  public struct Group: Hashable, Sendable {
    public let name: String
    public let isSessions: Bool
    /// Those whom the scope of a fault picks, and the others.
    public fileprivate(set) var inScope = TwinCounts()
    public fileprivate(set) var outside = TwinCounts()
    public var all: TwinCounts { inScope + outside }
  }

  /// What an endpoint's attempts came to, as the server saw them, in the run and in the twin.
  public struct Endpoint: Hashable, Sendable {
    /// `service.endpoint`.
    public let name: String
    /// Whether a fault acts on attempts to it directly.
    public let isTargeted: Bool
    public let attempts: Int
    public let failed: Int
    public let degraded: Int
    public let attemptsInTwin: Int
    public let failedInTwin: Int
    public let degradedInTwin: Int

    public var service: String { String(name.prefix { $0 != "." }) }
    /// Whether counts of what its attempts came to differ.
    public var differs: Bool {
      attempts != attemptsInTwin || failed != failedInTwin || degraded != degradedInTwin
    }
  }

  public struct CauseCount: Hashable, Sendable {
    public let cause: TwinCause
    public let count: Int
  }

  /// By the minute in which requests arrived.
  public struct Minute: Hashable, Sendable {
    public let start: SimulationTime
    public let compared: Int
    public let hurt: Int
    public let helped: Int
  }

  /// By how much longer the run took to serve what both served, in seconds; below 0 where it was faster.
  public struct Slowdown: Hashable, Sendable {
    public let count: Int
    public let p50: Double
    public let p90: Double
    public let p99: Double
    public let longest: Double
  }

  /// Workloads by name, then cohorts by name; those that nobody asked are left out.
  public let groups: [Group]
  /// By name.
  public let endpoints: [Endpoint]
  /// Of the hurt: the most frequent first.
  public let causes: [CauseCount]
  /// Minutes in which requests arrived that were hurt or helped, in their order.
  public let minutes: [Minute]
  /// All requests that were hurt or helped, in the order in which they arrived.
  public let differences: [TwinDifference]
  /// Nil where nothing was served in both.
  public let slowdown: Slowdown?

  /// All groups together.
  public var total: TwinCounts { groups.reduce(into: TwinCounts()) { $0.add($1.all) } }

  /// - Precondition: both are of one replication of one model, the twin without the faults, and the first window of both
  ///   programs is the whole run. The counts add up to those of the outcomes.
  public init(run: LoggedReplication, twin: LoggedReplication, targeted: Set<String>) {
    let names = run.log.workloads
    var groups = names.map { Group(name: $0, isSessions: false) }
    var differences: [TwinDifference] = []
    var minutes: [Int64: (compared: Int, hurt: Int, helped: Int)] = [:]
    var slowdowns: [Int64] = []
    func change(_ request: LoggedRequest, _ body: (inout TwinCounts) -> Void) {
      let place = Int(request.workload)
      if request.flags.contains(.session), !groups[place].isSessions {
        groups[place] = Group(name: names[place], isSessions: true)
      }
      if request.flags.contains(.inScope) { body(&groups[place].inScope) } else { body(&groups[place].outside) }
    }
    TwinJoin.visit(run.log, twin.log) { item in
      switch item {
      case .both(let pair):
        guard pair.run.isMeasured else { return }
        change(pair.run) { $0.add(pair) }
        if let slowdown = pair.slowdown { slowdowns.append(slowdown) }
        let effect = pair.effect
        if effect == .unfinished { return }
        var minute = minutes[pair.run.arrived / Self.minute] ?? (0, 0, 0)
        minute.compared += 1
        if effect == .hurt { minute.hurt += 1 }
        if effect == .helped { minute.helped += 1 }
        minutes[pair.run.arrived / Self.minute] = minute
        if let difference = TwinDifference(pair, run: run.log, twin: twin.log) { differences.append(difference) }
      case .onlyInRun(let request): if request.isMeasured { change(request) { $0.add(onlyInRun: request) } }
      case .onlyInTwin(let request): if request.isMeasured { change(request) { $0.add(onlyInTwin: request) } }
      }
    }
    let asked = groups.filter { $0.all.both + $0.all.onlyInRun + $0.all.onlyInTwin > 0 }
    self.groups = asked.filter { !$0.isSessions } + asked.filter(\.isSessions)
    self.differences = differences
    causes = Self.causes(of: differences)
    self.minutes = minutes.filter { $0.value.hurt + $0.value.helped > 0 }.sorted { $0.key < $1.key }.map {
      Minute(
        start: SimulationTime(nanoseconds: $0.key * Self.minute), compared: $0.value.compared, hurt: $0.value.hurt,
        helped: $0.value.helped)
    }
    slowdown = Slowdown(slowdowns)
    endpoints = zip(run.outcome.endpoints, twin.outcome.endpoints).map {
      Endpoint(run: $0, twin: $1, isTargeted: targeted.contains($0.name))
    }
    precondition(
      addsUp(run.outcome, { $0.total(inRun: $1) }) && addsUp(twin.outcome, { $0.total(inTwin: $1) }),
      "the requests of a run and its twin do not add up to their tallies")
  }

  private static let minute: Int64 = 60_000_000_000

  /// Whether all that the groups counted of a run is what the run's tallies say.
  private func addsUp(_ outcome: ReplicationOutcome, _ total: (TwinCounts, TwinCounts.Ending) -> Int) -> Bool {
    groups.allSatisfy { group in
      guard let tally = outcome.workloads.first(where: { $0.name == group.name })?.windows.first else { return false }
      let all = group.all
      return total(all, .success) == tally.success && total(all, .degraded) == tally.degraded
        && total(all, .failed) == tally.failed && total(all, .inFlight) == tally.inFlight
    }
  }

  private static func causes(of differences: [TwinDifference]) -> [CauseCount] {
    var counts: [TwinCause: Int] = [:]
    for difference in differences where difference.effect == .hurt { counts[difference.cause, default: 0] += 1 }
    return counts.map { CauseCount(cause: $0.key, count: $0.value) }.sorted {
      ($1.count, $0.cause.text, $0.cause.component ?? "") < ($0.count, $1.cause.text, $1.cause.component ?? "")
    }
  }
}

extension TwinComparison.Endpoint {
  fileprivate init(run: EndpointOutcome, twin: EndpointOutcome, isTargeted: Bool) {
    precondition(run.name == twin.name, "the endpoints of a run are those of its twin")
    self.init(
      name: run.name, isTargeted: isTargeted, attempts: run.tally.arrivals, failed: run.tally.failed,
      degraded: run.tally.degraded, attemptsInTwin: twin.tally.arrivals, failedInTwin: twin.tally.failed,
      degradedInTwin: twin.tally.degraded)
  }
}

extension TwinComparison.Slowdown {
  /// - Parameter slowdowns: in nanoseconds, in any order.
  fileprivate init?(_ slowdowns: [Int64]) {
    let sorted = slowdowns.sorted()
    guard let last = sorted.last else { return nil }
    /// The order statistic of rank ceil(p n).
    func quantile(_ p: Double) -> Double {
      Double(sorted[max(1, Int((p * Double(sorted.count)).rounded(.up))) - 1]) / 1e9
    }
    self.init(
      count: sorted.count, p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), longest: Double(last) / 1e9)
  }
}

extension LoggedRequest {
  /// It counts in the first window of the program, which is the whole run.
  var isMeasured: Bool { windows & 1 == 1 }
}
