import Engine
import Model

/// Why a request is worse off than in the twin, or would have been.
public enum TwinCause: Hashable, Sendable {
  /// It failed: a reason, and the component where that arose.
  case failed(FailureReason, component: String)
  /// A fallback stood in.
  case degraded
  /// Playback failed after the first picture.
  case playbackFailed(FailureReason, component: String)
  /// The viewer left in a stall.
  case leftInStall
  /// It stalled for more time.
  case stalledMore

  /// Words for a reader; the component apart.
  public var text: String {
    switch self {
    case .failed(let reason, _): reason.rawValue
    case .degraded: "degraded"
    case .playbackFailed(let reason, _): "playback failed, \(reason.rawValue)"
    case .leftInStall: "left in a stall"
    case .stalledMore: "stalled more"
    }
  }

  public var component: String? {
    switch self {
    case .failed(_, let component), .playbackFailed(_, let component): component
    case .degraded, .leftInStall, .stalledMore: nil
    }
  }
}

/// A request or a session that the faults hurt or helped.
public struct TwinDifference: Hashable, Sendable {
  /// The request's key as 16 hexadecimal digits; of a session its `sid` in telemetry.
  public let key: String
  /// The workload or the cohort.
  public let workload: String
  public let isSession: Bool
  public let arrived: SimulationTime
  public let effect: TwinEffect
  public let isInScope: Bool
  /// Whether a fault acted on it directly.
  public let isStruck: Bool
  /// What it came to in the twin and in the run; of a session with its play.
  public let inTwin: String
  public let inRun: String
  /// Of one that was hurt what happened in the run, of one that was helped what happened in the twin.
  public let cause: TwinCause
  /// Until it was answered or given up, in seconds.
  public let latencyInTwin: Double
  public let latencyInRun: Double

  /// nil where the pair does not differ.
  init?(_ pair: TwinPair, run: RequestLog, twin: RequestLog) {
    let effect = pair.effect
    guard effect == .hurt || effect == .helped else { return nil }
    self.effect = effect
    key = Fingerprint.text(pair.run.key)
    workload = run.workloads[Int(pair.run.workload)]
    isSession = pair.run.flags.contains(.session)
    arrived = SimulationTime(nanoseconds: pair.run.arrived)
    isInScope = pair.run.flags.contains(.inScope)
    isStruck = pair.run.flags.contains(.struck)
    inRun = Self.text(pair.run, pair.runPlay)
    inTwin = Self.text(pair.twin, pair.twinPlay)
    cause =
      effect == .hurt
      ? TwinCause(pair.run, pair.runPlay, in: run) : TwinCause(pair.twin, pair.twinPlay, in: twin)
    latencyInRun = Double(pair.run.latency ?? 0) / 1e9
    latencyInTwin = Double(pair.twin.latency ?? 0) / 1e9
  }

  private static func text(_ request: LoggedRequest, _ play: LoggedPlay?) -> String {
    let start =
      switch request.ending {
      case .success: "success"
      case .degraded: "degraded"
      case .failed: "failed"
      case .inFlight: "in flight"
      }
    guard let play else { return start }
    let end =
      switch play.ending {
      case .ended: "seen to the end"
      case .abandoned: "left in a stall"
      case .failed: "playback failed"
      case .inFlight: "playing at the horizon"
      }
    let stalled = play.stalled > 0 ? " after \(duration(play.stalled)) stalled" : ""
    return "\(start), \(end)\(stalled)"
  }

  /// Tenths of seconds up to a minute, so that times that differ are told apart.
  private static func duration(_ nanoseconds: Int64) -> String {
    let tenths = (nanoseconds + 50_000_000) / 100_000_000
    return (100..<600).contains(tenths)
      ? "\(tenths / 10).\(tenths % 10) s" : PlainNumber.duration(Double(nanoseconds) / 1e9)
  }
}

extension TwinCause {
  fileprivate init(_ request: LoggedRequest, _ play: LoggedPlay?, in log: RequestLog) {
    func name(_ component: Int32) -> String { component < 0 ? "" : log.components[Int(component)] }
    if request.ending == .failed, let reason = request.reason {
      self = .failed(reason, component: name(request.component))
    } else if let play, play.ending == .failed, let reason = play.reason {
      self = .playbackFailed(reason, component: name(play.component))
    } else if let play, play.isLost {
      self = .leftInStall
    } else if let play, play.stalled > 0 {
      self = .stalledMore
    } else {
      self = .degraded
    }
  }
}
