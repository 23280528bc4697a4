import Model
import Statistics

/// Something about the replications of a variant, or of all, that a reader of its numbers should know.
public enum CampaignWarning: Hashable, Sendable, CustomStringConvertible {
  /// More than 0.1% of a workload's requests had not ended at the horizon; they are outside availability.
  case inFlight(workload: String, share: Double)
  /// The system had not settled when the warm-up ended.
  case shortWarmup(warmup: SimulationDuration, settled: SimulationDuration)
  /// The system had not settled before the second half of the run.
  case shortRun(horizon: SimulationDuration)
  /// In some replications a workload had not recovered by the horizon.
  case unrecovered(workload: String, replications: Int, of: Int)
  /// No replication tells a metric that was asked for.
  case unknown(Metric)
  /// The campaign ended before the precision that was asked for was reached.
  case imprecise(PrecisionResult)

  /// A stable name, for machines.
  public var id: String {
    switch self {
    case .inFlight: "in-flight"
    case .shortWarmup: "short-warmup"
    case .shortRun: "short-run"
    case .unrecovered: "unrecovered"
    case .unknown: "unknown-metric"
    case .imprecise: "imprecise"
    }
  }

  public var description: String {
    switch self {
    case .inFlight(let workload, let share):
      "\(PlainNumber.percent(share)) of the requests of `\(workload)` had not ended at the horizon; "
        + "they are outside its availability"
    case .shortWarmup(let warmup, let settled):
      "the warm-up of \(warmup.text) looks too short: by MSER-5 the system settles at \(settled.text)"
    case .shortRun(let horizon):
      "by MSER-5 the system has not settled in the first half of the run of \(horizon.text): run longer"
    case .unrecovered(let workload, let replications, let all):
      "`\(workload)` had not recovered by the horizon in \(replications) of \(all) replications: "
        + "its recovery may take longer than is shown"
    case .unknown(let metric):
      "no replication tells \(metric)"
    case .imprecise(let precision):
      "the precision asked for, \(precision.statement), was not reached in \(precision.replications) "
        + "\(precision.replications == 1 ? "replication" : "replications"): \(precision.finding)"
    }
  }
}

extension CampaignWarning {
  /// The part of the requests in flight at the horizon above which it is told.
  static let tolerableInFlight = 0.001
  /// How far the mean level may move when the warm-up is taken as long as MSER-5 says, before it is told.
  static let tolerableDrift = 0.02

  static func all(
    of variant: CampaignOutline.Variant, in outline: CampaignOutline,
    workloads: [VariantSummary.WorkloadSummary], timeline: MeanTimeline?, metrics: [MetricEstimate]
  ) -> [CampaignWarning] {
    var warnings: [CampaignWarning] = []
    for workload in workloads {
      guard let share = workload.windows.first?.totals.inFlightShare, share > tolerableInFlight else { continue }
      warnings.append(.inFlight(workload: workload.name, share: share))
    }
    if variant.faults == nil, let timeline, let warning = settling(timeline, time: variant.time) {
      warnings.append(warning)
    }
    for estimate in metrics {
      let told =
        estimate.estimate == nil
        ? CampaignWarning.unknown(estimate.metric)
        : .unrecovered(
          workload: estimate.metric.workload, replications: estimate.censored,
          of: estimate.estimate?.replications ?? 0)
      if estimate.estimate == nil || estimate.censored > 0, !warnings.contains(told) { warnings.append(told) }
    }
    return warnings
  }

  /// MSER-5 on the number of calls in the system, averaged over replications (Welch's series).
  ///
  /// It is told only where it matters: where the mean level after the warm-up is off by more than 2%.
  private static func settling(_ timeline: MeanTimeline, time: TimeFrame) -> CampaignWarning? {
    let inSystem = timeline.callsInSystem
    guard let mser = MSER5(inSystem) else { return nil }
    let width = timeline.binWidth.nanoseconds
    let warmup = Int((time.warmup.nanoseconds + width - 1) / width)
    guard mser.truncation > warmup else { return nil }
    let kept = Moments(inSystem.dropFirst(warmup)).mean
    let settled = Moments(inSystem.dropFirst(mser.truncation)).mean
    guard (kept - settled).magnitude > tolerableDrift * settled.magnitude else { return nil }
    return mser.isRunTooShort
      ? .shortRun(horizon: time.horizon)
      : .shortWarmup(
        warmup: time.warmup, settled: SimulationDuration(nanoseconds: Int64(mser.truncation) * width))
  }
}

extension MeanTimeline {
  /// Calls that hold a thread or wait for one, all services together, one value a bin.
  fileprivate var callsInSystem: [Double] {
    var sum = [Double](repeating: 0, count: binCount)
    for series in series where series.measure == .busy || series.measure == .queue {
      for (bin, value) in series.values.enumerated() { sum[bin] += value }
    }
    return sum
  }
}
