import Model
import Statistics

/// A metric of a variant and of the baseline, replication by replication.
struct MetricPair {
  let metric: Metric
  let variant: VariantSamples
  let baseline: VariantSamples
  /// Nil without pairs.
  let comparison: PairedComparison?
  /// How much of the difference may come from the width of the histogram's buckets, in the metric's unit.
  let resolution: Double

  init(_ metric: Metric, variant: VariantSamples, baseline: VariantSamples, confidence: Double) {
    self.metric = metric
    self.variant = variant
    self.baseline = baseline
    let (ours, theirs) = pairs(variant.contributions(metric), baseline.contributions(metric))
    // Of losses the difference is the baseline's minus the variant's, which is that of the availabilities.
    comparison =
      metric.quantity.isAccumulatedAsLoss
      ? PairedComparison(baseline: ours, variant: theirs, confidence: confidence)
      : PairedComparison(baseline: theirs, variant: ours, confidence: confidence)
    resolution = metric.quantity.resolution * (Moments(ours).mean + Moments(theirs).mean)
  }

  func comparison(pAdjusted: Double?, confidence: Double) -> Comparison {
    let difference = comparison?.difference.value ?? 0
    let verdict = Comparison.Verdict(
      difference: difference.magnitude > resolution ? difference : 0,
      higherIsBetter: metric.quantity.higherIsBetter, pAdjusted: pAdjusted, confidence: confidence)
    return Comparison(
      baseline: baseline.name, variant: variant.name, metric: metric,
      difference: comparison?.difference.widened(by: resolution), p: comparison?.p, pAdjusted: pAdjusted,
      method: comparison?.method, correlation: comparison?.correlation,
      varianceSaved: comparison?.varianceSaved, verdict: verdict,
      sentence: ComparisonSentence(
        metric: metric, variant: variant.name, comparison: comparison.map { $0.widened(by: resolution) },
        verdict: verdict,
        pool: PoolChange(at: metric, variant: variant, baseline: baseline),
        currency: variant.streaming?.currency(of: metric.workload)
      ).text)
  }
}

/// Failures for one reason of a variant and of the baseline, as fractions of what ended, replication by replication.
struct ReasonPair {
  let place: Metric
  let key: ReasonKey
  let variant: String
  let baseline: String
  /// Nil without pairs.
  let comparison: PairedComparison?

  static func all(
    at place: Metric, variant: VariantSamples, baseline: VariantSamples, confidence: Double
  ) -> [ReasonPair] {
    let ours = variant.tally(at: place)
    let theirs = baseline.tally(at: place)
    return ReasonKey.all(in: ours + theirs).map { key in
      let (ourShares, theirShares) = pairs(ours.map { key.share(in: $0) }, theirs.map { key.share(in: $0) })
      return ReasonPair(
        place: place, key: key, variant: variant.name, baseline: baseline.name,
        comparison: PairedComparison(
          baseline: theirShares, variant: ourShares, confidence: confidence))
    }
  }

  func comparison(pAdjusted: Double?, confidence: Double) -> ReasonComparison {
    ReasonComparison(
      baseline: baseline, variant: variant, workload: place.workload, window: place.window,
      reason: key.reason, component: key.component, difference: comparison?.difference,
      p: comparison?.p, pAdjusted: pAdjusted,
      verdict: Comparison.Verdict(
        difference: comparison?.difference.value ?? 0, higherIsBetter: false, pAdjusted: pAdjusted,
        confidence: confidence))
  }
}

/// The replications that both sides tell.
private func pairs(_ a: [Double?], _ b: [Double?]) -> ([Double], [Double]) {
  var both: ([Double], [Double]) = ([], [])
  for (x, y) in zip(a, b) {
    guard let x, let y else { continue }
    both.0.append(x)
    both.1.append(y)
  }
  return both
}

extension ReasonKey {
  fileprivate func share(in sample: TallySamples.Sample) -> Double? {
    sample.ended == 0 ? nil : Double(count(in: sample)) / Double(sample.ended)
  }
}

extension VariantSamples {
  /// The samples of the workload and window of a metric, or of the endpoint where it is of the run; none where there is no
  /// such workload, endpoint or window.
  func tally(at place: Metric) -> [TallySamples.Sample] {
    guard let window = windows.firstIndex(of: place.window) else { return [] }
    if let workload = workloads.first(where: { $0.name == place.workload }) { return workload.windows[window].samples }
    guard place.window == .run else { return [] }
    return endpoints.first { $0.name == place.workload }?.tally.samples ?? []
  }
}

extension PairedComparison {
  /// The same with the interval of the difference widened at both ends.
  fileprivate func widened(by resolution: Double) -> PairedComparison {
    resolution == 0
      ? self
      : PairedComparison(
        difference: difference.widened(by: resolution), p: p, method: method, skewness: skewness,
        correlation: correlation, varianceSaved: varianceSaved)
  }
}
