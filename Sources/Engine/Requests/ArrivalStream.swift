import Model
import Sampling

/// How a stream of arrivals goes on, compiled.
struct ArrivalLaw: BitwiseCopyable {
  enum Kind: UInt8 { case poisson, constant, renewal, diurnal, piecewise, replay, closed }
  var kind: Kind
  /// Diurnal: the peak, per nanosecond. Constant: per second. Renewal: how many times faster than its gaps say.
  /// Replay: how often each recorded arrival comes, in the mean.
  var rate: Double
  /// Diurnal: the rate's mean and amplitude as fractions of its peak, and the time of the first peak in nanoseconds.
  var mean: Double = 0
  var amplitude: Double = 0
  var peakAt: Double = 0
  /// Poisson, renewal: times between arrivals. Diurnal, piecewise: unit-exponential ones. Closed: think times.
  var sampler: Int32
  /// Piecewise: its pieces in the table. Replay: its instants in theirs. Closed: the number of clients in `count`.
  var firstPiece: Int32 = 0
  var count: Int32 = 0
}

/// A source of requests: a workload's own, or what a surge adds.
struct ArrivalStream: BitwiseCopyable {
  var workload: Int32
  /// The cohort of its sessions; -1: each of one that is drawn, or no sessions.
  var cohort: Int32 = -1
  var law: ArrivalLaw
  /// Below the replication's key: the workload's name, and the surge's.
  var keyHash: UInt64
  /// 0 for the workload's own stream.
  var surgeHash: UInt64
  /// Nanoseconds.
  var begins: Int64
  var ends: Int64
  /// The part of the requests that come, where that moves from `begins` on.
  var part = Ramped.constant(1)
}

extension Program {
  /// The streams of all workloads and surges, and the tables that they point into; the workloads' own streams come
  /// first, in their order; those to which arrivals move when they are set come last, and do not begin by themselves.
  /// Recorded instants are in nanoseconds.
  static func streams(
    of workloads: [CompiledWorkload], surges: [SurgeStream], changes: [(workload: Int32, count: Int)],
    start: SimulationDuration, compiler: inout Compiler
  ) -> (streams: [ArrivalStream], pieces: [ArrivalPiece], recorded: [Int64]) {
    var pieces: [ArrivalPiece] = []
    var recorded: [Int64] = []
    func law(of new: [ArrivalPiece], _ compiler: inout Compiler) -> ArrivalLaw {
      let first = Int32(pieces.count)
      pieces += new
      return ArrivalLaw(
        kind: .piecewise, rate: 0, sampler: compiler.exponential(mean: 1), firstPiece: first, count: Int32(new.count))
    }
    func law(_ arrivals: Arrivals, factor: Double, _ compiler: inout Compiler) -> ArrivalLaw {
      switch arrivals {
      case .poisson(let rate):
        return .poisson(rate, factor: factor, &compiler)
      case .constant(let rate):
        return .constant(rate, factor: factor)
      case .renewal(let gap):
        return .renewal(gap, factor: factor, &compiler)
      case .diurnal(let mean, let peak, let at):
        return ArrivalLaw(
          kind: .diurnal, rate: peak.perSecond * factor / 1e9,
          mean: mean.perSecond / peak.perSecond,
          amplitude: (peak.perSecond - mean.perSecond) / peak.perSecond,
          peakAt: Double(at.nanoseconds - start.nanoseconds), sampler: compiler.exponential(mean: 1))
      case .piecewise(let steps):
        return law(of: steps.map { ArrivalPiece(from: $0.from, rate: $0.rate, factor: factor) }, &compiler)
      case .ramp(let ramp):
        return law(
          of: [
            ArrivalPiece(from: .zero, rate: ramp.from, factor: factor),
            ArrivalPiece(from: ramp.at, rate: ramp.from, endRate: ramp.to, factor: factor),
            ArrivalPiece(from: ramp.at + ramp.over, rate: ramp.to, factor: factor),
          ], &compiler)
      case .replay(let instants):
        let first = Int32(recorded.count)
        recorded += instants.map(\.nanoseconds)
        return ArrivalLaw(
          kind: .replay, rate: factor, sampler: -1, firstPiece: first, count: Int32(instants.count))
      case .closed(let clients, let think):
        return ArrivalLaw(
          kind: .closed, rate: 0, sampler: compiler.sampler(think),
          count: Int32(clamping: Int((Double(clients) * factor).rounded())))
      }
    }
    var streams: [ArrivalStream] = []
    for (index, workload) in workloads.enumerated() {
      guard let arrivals = workload.arrivals else { continue }
      streams.append(
        ArrivalStream(
          workload: Int32(index), law: law(arrivals, factor: 1, &compiler),
          keyHash: workload.keyHash, surgeHash: 0, begins: 0, ends: Edge.noLimit))
    }
    for surge in surges {
      let workload = workloads[Int(surge.workload)]
      guard let arrivals = workload.arrivals, let own = streams.first(where: { $0.workload == surge.workload })?.law
      else { continue }
      var added = own
      if own.kind == .replay {
        // The recording is large enough to be there but once.
        added.rate = surge.factor
      } else {
        added = law(arrivals, factor: surge.factor, &compiler)
      }
      streams.append(
        ArrivalStream(
          workload: surge.workload, cohort: surge.cohort, law: added,
          keyHash: workload.keyHash, surgeHash: surge.key, begins: surge.begins, ends: surge.ends,
          part: surge.part))
    }
    for change in changes {
      guard var spare = streams.first(where: { $0.workload == change.workload }) else { continue }
      spare.begins = Edge.noLimit
      streams += [ArrivalStream](repeating: spare, count: change.count)
    }
    return (streams, pieces, recorded)
  }
}

extension Program {
  /// The stream with the shortest mean time between arrivals, of those that draw it; -1 where there is none.
  static func foremost(of streams: [ArrivalStream], _ distributions: [Distribution]) -> Int32 {
    var foremost: Int32 = -1
    var shortest = Double.infinity
    for (index, stream) in streams.enumerated() {
      switch stream.law.kind {
      case .poisson, .renewal:
        let gap = distributions[Int(stream.law.sampler)].mean
        if gap < shortest {
          shortest = gap
          foremost = Int32(index)
        }
      case .constant, .diurnal, .piecewise, .replay, .closed: break
      }
    }
    return foremost
  }
}

extension Compiler {
  /// - Parameter mean: seconds; positive. Of a rate so small that it is infinite nothing ever comes.
  mutating func exponential(mean: Double) -> Int32 {
    do {
      return sampler(try .exponential(mean: min(mean, 1e280)))
    } catch { preconditionFailure("mean of \(mean) s: \(error)") }
  }
}
