import Engine

extension VariantSummary {
  /// What one replication of a campaign's only variant yielded, whatever the replication's number.
  public init(of record: ReplicationRecord, in outline: CampaignOutline) {
    precondition(outline.variants.count == 1, "A single replication is of one variant.")
    let outcome = record.outcome
    let first = ReplicationOutcome(
      replication: 0, fingerprint: outcome.fingerprint, workloads: outcome.workloads, endpoints: outcome.endpoints,
      services: outcome.services, timeline: outcome.timeline, streaming: outcome.streaming, events: outcome.events)
    var samples = VariantSamples(of: outline.variants[0], in: outline)
    samples.append(
      ReplicationRecord(
        variant: record.variant, outcome: first, recoveries: record.recoveries,
        twinFingerprint: record.twinFingerprint, requests: record.requests, harm: record.harm))
    self.init(of: samples, as: outline.variants[0], in: outline)
  }
}
