import Model
import Sampling

extension SystemModel {
  /// The same system asked `factor` times as often: every workload's rate of arrivals, that of the sessions, and the
  /// number of closed clients, rounded.
  ///
  /// - Parameter factor: above 0.
  func loaded(by factor: Double) throws(StabilityMapProblem) -> SystemModel {
    if factor == 1 { return self }
    var arrivals: [String: Arrivals] = [:]
    for workload in workloads { arrivals[workload.name] = try workload.arrivals.times(factor, of: workload.name) }
    let sessions = try streaming?.sessions.arrivals.times(factor, of: Streaming.everySession)
    return changing(
      workload: { workload in workload.changing(arrivals: { arrivals[workload.name] ?? $0 }) },
      sessions: { own in own.changing(arrivals: { sessions ?? $0 }) })
  }
}

extension Arrivals {
  fileprivate func times(_ factor: Double, of workload: String) throws(StabilityMapProblem) -> Arrivals {
    let problem = StabilityMapProblem.unscalable(workload: workload, load: factor)
    func scaled(_ rate: Rate) throws(StabilityMapProblem) -> Rate {
      guard rate.perSecond * factor <= 1e9 else { throw problem }
      return Rate(perSecond: rate.perSecond * factor)
    }
    switch self {
    case .poisson(let rate): return .poisson(try scaled(rate))
    case .constant(let rate): return .constant(try scaled(rate))
    case .renewal(let gap):
      do { return .renewal(try gap.scaled(by: 1 / factor)) } catch { throw problem }
    case .diurnal(let mean, let peak, let at): return .diurnal(mean: try scaled(mean), peak: try scaled(peak), at: at)
    case .piecewise(let pieces):
      var all: [Piece] = []
      for piece in pieces { all.append(Piece(from: piece.from, rate: try scaled(piece.rate))) }
      return .piecewise(all)
    case .ramp(let ramp):
      return .ramp(Ramp(from: try scaled(ramp.from), to: try scaled(ramp.to), over: ramp.over, at: ramp.at))
    case .replay: throw .recordedArrivals(workload: workload)
    case .closed(let clients, let think):
      return .closed(clients: max(1, Int((Double(clients) * factor).rounded())), think: think)
    }
  }
}
