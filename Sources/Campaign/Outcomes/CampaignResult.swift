import Model

/// What a campaign came to: every variant's replications, reduced.
public struct CampaignResult: Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// The stopping rule was met, or the maximum was reached.
    case complete
    /// It was stopped before; what had been done is in the result.
    case interrupted
  }

  public let outline: CampaignOutline
  public let status: Status
  /// In the order of the outline, all with the same replications.
  public let samples: [VariantSamples]

  init(outline: CampaignOutline, status: Status, samples: [VariantSamples]) {
    self.outline = outline
    self.status = status
    self.samples = samples
  }

  /// A result from replications that were kept.
  ///
  /// - Parameters:
  ///   - replications: how many there are of every variant, from 0 on without a gap.
  ///   - record: gives the one it is asked for.
  public init<Failure: Error>(
    outline: CampaignOutline, status: Status, replications: Int,
    record: (ReplicationID) throws(Failure) -> ReplicationRecord
  ) throws(Failure) {
    var samples: [VariantSamples] = []
    for variant in outline.variants {
      var all = VariantSamples(of: variant, in: outline)
      for replication in 0..<replications {
        all.append(try record(ReplicationID(variant: variant.name, replication: replication)))
      }
      samples.append(all)
    }
    self.init(outline: outline, status: status, samples: samples)
  }

  /// Replications of each variant.
  public var replications: Int { samples.first?.replications ?? 0 }

  /// Whether it was stopped before the plan's minimum: its intervals are then wider than was asked for.
  public var isShort: Bool { replications < outline.replications.minimum }

  /// Whether the precision that was asked for was reached; nil where none was.
  public var precision: PrecisionResult? { PrecisionResult(samples, of: outline) }

  /// What a reader of all its numbers should know; each variant has warnings of its own beside.
  public var warnings: [CampaignWarning] {
    guard let precision, replications > 0, !precision.isReached else { return [] }
    return [.imprecise(precision)]
  }

  /// A hash of every replication of every variant, in order.
  public var fingerprint: UInt64 {
    samples.reduce(Fingerprint.start) { Fingerprint.combine($0, $1.fingerprint) }
  }

  /// One a variant, in the order of the outline.
  public var summaries: [VariantSummary] {
    zip(outline.variants, samples).map { VariantSummary(of: $1, as: $0, in: outline) }
  }

  /// Every variant against a baseline; by default the plan's.
  ///
  /// - Returns: nil where there is no variant of this name.
  public func comparisons(baseline: String? = nil) -> ComparisonTable? {
    ComparisonTable(self, baseline: baseline ?? outline.baseline)
  }
}
