import Engine
import Model

/// Whether a workload came back by itself once the faults of one replication had gone.
///
/// N. Bronson et al., "Metastable failures in distributed systems", HotOS 2021: a failure is metastable where the system
/// stays degraded after the trigger that caused it has been removed. The band, its bins and three of them in a row are
/// those of the recovery; everything is told from the end of the last fault on.
public struct Metastability: Hashable, Sendable, Codable {
  public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// It was in the twin's band for three bins in a row, and did not leave it for good.
    case recovered
    /// It stays outside the band, or leaves it again and again, and nothing points to an end.
    case metastable
    /// It is still outside the band, but less so: a backlog drains, or fewer fail.
    case recovering = "still-recovering"
    /// It is outside the band, and the horizon leaves too little time to tell.
    case tooShort = "too-short"
  }

  public let workload: String
  public let verdict: Verdict
  /// The end of the last fault.
  public let from: SimulationTime
  /// From there to the horizon; at most a day is looked at.
  public let observed: SimulationDuration
  /// How long it has to be degraded before that is called metastable: see `neededTime(after:)`.
  public let needed: SimulationDuration
  /// From the end of the last fault to the first of three bins in a row inside the band; nil where there are none.
  public let recovery: SimulationDuration?
  /// How often it left the band again for three bins in a row or longer.
  public let relapses: Int
  /// The availability in the last third of the time in which it was degraded, or of all the time where it is not.
  public let availability: Double
  /// The lower edge of the twin's band.
  public let usual: Double

  /// It comes back and leaves again and again.
  public var isOscillating: Bool { verdict == .metastable && relapses >= Self.relapsesOfOscillation }

  /// How long a workload has to stay degraded after a trigger before that is more than its aftermath: three times the
  /// trigger's own length, and at least a minute.
  ///
  /// At a utilisation of rho a trigger of length d leaves a backlog of rho d at most, which drains at the rate 1 - rho. In
  /// the second third of 3 d it is rho d - 1.5 d (1 - rho) on average and in the last third d (1 - rho) less: up to
  /// rho = 0.92 that is a fall by a tenth, which `Trend` takes for a recovery that is under way.
  public static func neededTime(after trigger: SimulationDuration) -> SimulationDuration {
    max(.seconds(60), SimulationDuration(nanoseconds: 3 * trigger.nanoseconds))
  }

  /// Two, and two more than the twin has in the same time.
  static let relapsesOfOscillation = 2
}

extension Metastability {
  /// Judges one workload of a replication.
  ///
  /// - Parameters:
  ///   - outcome: of a program that measures recovery.
  ///   - twin: the timeline of the same replication without faults, which may go on longer.
  ///   - trigger: the last time without a break in which a fault was active.
  /// - Returns: nil where the faults last to the horizon, nobody asks after them, or the twin shows no availability.
  init?(
    of workload: String, in outcome: ReplicationOutcome, twin: Timeline, time: TimeFrame, trigger: FaultPeriod.Span
  ) {
    let aftermath = outcome.aftermaths.last { $0.workload == workload }
    guard let aftermath, let band = TwinBand(of: workload, twin: twin, time: time) else { return nil }
    let bins = aftermath.arrivals.indices.filter { aftermath.arrivals[$0] > 0 }
    guard !bins.isEmpty else { return nil }
    let course = BandCourse(bins.map { aftermath.isInBand($0, edge: band.edge) ?? false }, isOutsideAtFirst: true)
    let width = Aftermath.binWidth.nanoseconds
    let seen = min(
      .zero + time.horizon - aftermath.from, SimulationDuration(nanoseconds: Int64(aftermath.ended.count) * width))
    self.workload = workload
    from = aftermath.from
    observed = seen
    needed = Self.neededTime(after: trigger.end - trigger.start)
    recovery = course.firstReturn.map { SimulationDuration(nanoseconds: Int64(bins[$0]) * width) }
    relapses = course.relapses
    usual = band.edge
    let degraded = course.outsideSince.map { Array(bins[$0...]) } ?? bins
    let trend = Trend(of: aftermath, bins: degraded, edge: band.edge, run: outcome.timeline, twin: twin)
    availability = trend.lastAvailability
    // Of a later relapse only its own time counts.
    let since = course.outsideSince.map { SimulationDuration(nanoseconds: Int64(bins[$0]) * width) } ?? .zero
    let same = twin.bins(from: aftermath.from).clamped(to: 0..<twin.bins(from: .zero + time.horizon).lowerBound)
    let calm = BandCourse(band.calm.inBand(same, edge: band.edge), isOutsideAtFirst: false)
    if course.relapses >= calm.relapses + Self.relapsesOfOscillation {
      verdict = .metastable
    } else if course.outsideSince == nil {
      verdict = .recovered
    } else if seen - since < needed {
      verdict = .tooShort
    } else {
      verdict = trend.isImproving ? .recovering : .metastable
    }
  }
}

/// When a series of bins is inside the band and when outside: it changes with three in a row.
struct BandCourse: Hashable, Sendable {
  /// The first of three bins in a row inside; nil where there are none.
  private(set) var firstReturn: Int?
  /// How often it went outside again after having been inside.
  private(set) var relapses = 0
  /// The bin from which it is outside to the end; nil where it ends inside.
  private(set) var outsideSince: Int?

  init(_ isInside: [Bool], isOutsideAtFirst: Bool) {
    outsideSince = isOutsideAtFirst ? 0 : nil
    var run = 0
    for (bin, inside) in isInside.enumerated() {
      let isChange = inside == (outsideSince != nil)
      run = isChange ? run + 1 : 0
      guard run == RecoveryTime.binsInARow else { continue }
      let first = bin + 1 - run
      run = 0
      if inside {
        outsideSince = nil
        if firstReturn == nil { firstReturn = first }
      } else {
        outsideSince = first
        relapses += 1
      }
    }
  }
}

extension Timeline.WorkloadSeries {
  /// Whether each of the bins lies in the band, those left out in which nobody asked.
  fileprivate func inBand(_ bins: Range<Int>, edge: Double) -> [Bool] {
    bins.filter { arrivals[$0] > 0 }.map { bin in availability(inBin: bin).map { $0 >= edge } ?? false }
  }
}
