import Model
import Statistics

/// In how many replications a workload did not come back by itself after the faults.
public struct MetastabilitySummary: Hashable, Sendable {
  public let workload: String
  /// One a replication that tells it, in their order.
  public let findings: [Metastability]
  /// The level of the interval, for instance 0.95.
  public let confidence: Double

  /// - Returns: nil where there are no findings.
  init?(_ workload: String, findings: [Metastability], confidence: Double) {
    if findings.isEmpty { return nil }
    self.workload = workload
    self.findings = findings
    self.confidence = confidence
  }

  public func count(_ verdict: Metastability.Verdict) -> Int { findings.count { $0.verdict == verdict } }

  /// The replications that tell whether it came back: all but those that were too short.
  public var told: Int { findings.count - count(.tooShort) }

  /// The metastable replications among those told; nil where none tells.
  public var share: Proportion? { told == 0 ? nil : Proportion(count(.metastable), of: told) }

  /// Wilson's interval of the share.
  public var interval: Interval? { share?.wilson(confidence: confidence) }
}

extension VariantSamples {
  /// By workload, in the order of their names.
  func metastabilitySummaries(confidence: Double) -> [MetastabilitySummary] {
    let workloads = Set(metastability.flatMap { $0.map(\.workload) }).sorted()
    return workloads.compactMap { workload in
      MetastabilitySummary(
        workload, findings: metastability.compactMap { $0.first { $0.workload == workload } }, confidence: confidence)
    }
  }
}
