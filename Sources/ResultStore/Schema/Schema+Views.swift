extension Schema {
  /// Version 1: the tables with the names that their numbers stand for, to be read by notebooks.
  static let views = """
    CREATE VIEW replications AS
      SELECT campaign.id AS campaign_id, campaign.name AS campaign, variant.ordinal AS variant_ordinal,
        variant.name AS variant, variant.is_baseline, replication.number AS replication,
        replication.id AS replication_id, replication.fingerprint, replication.events, replication.requests
      FROM replication JOIN variant ON variant.id = replication.variant_id
        JOIN campaign ON campaign.id = variant.campaign_id;

    CREATE VIEW outcomes AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, outcome.kind, outcome.name, outcome.window,
        arrivals, success, degraded, failed, in_flight, availability, unavailability, full_fidelity,
        latency_mean, latency_p50, latency_p90, latency_p95, latency_p99, latency_p999, latency_max,
        failed_latency_mean, failed_latency_max
      FROM outcome JOIN replications USING (replication_id);

    CREATE VIEW failures AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, failure.kind, failure.name,
        failure.window, reason, component, count
      FROM failure JOIN replications USING (replication_id);

    CREATE VIEW metric_values AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, metric, value, is_censored
      FROM metric_value JOIN replications USING (replication_id);

    CREATE VIEW services AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, service.name, utilisation, wait_mean,
        wait_p99, wait_max, queue_mean, queue_max, in_service_mean, idle, up
      FROM service JOIN replications USING (replication_id);

    CREATE VIEW pools_full AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, service, pool_full.window, seconds
      FROM pool_full JOIN replications USING (replication_id);

    CREATE VIEW timelines AS
      SELECT campaign.id AS campaign_id, campaign.name AS campaign, variant.ordinal AS variant_ordinal,
        variant.name AS variant, kind, timeline.name, measure, bin, start_s, value
      FROM timeline JOIN variant ON variant.id = timeline.variant_id
        JOIN campaign ON campaign.id = variant.campaign_id;

    CREATE VIEW comparisons AS
      SELECT campaign.id AS campaign_id, campaign.name AS campaign, ordinal, family, comparison.baseline, variant,
        metric, difference, low, high, comparison.confidence, pairs, p, p_adjusted, method, correlation,
        variance_saved, verdict, sentence
      FROM comparison JOIN campaign ON campaign.id = comparison.campaign_id;
    """
}
