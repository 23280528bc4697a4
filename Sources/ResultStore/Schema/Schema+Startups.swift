extension Schema {
  /// Version 3: startup times of all groups of sessions, also by region and by CDN. What an earlier version has written
  /// has none.
  static let startups = """
    DROP VIEW sessions;
    ALTER TABLE session_tally ADD COLUMN startup_mean REAL /* from play to the first picture, seconds */;
    ALTER TABLE session_tally ADD COLUMN startup_p50 REAL /* NULL where there are too few starts to tell it */;
    ALTER TABLE session_tally ADD COLUMN startup_p90 REAL;
    ALTER TABLE session_tally ADD COLUMN startup_p95 REAL;
    ALTER TABLE session_tally ADD COLUMN startup_p99 REAL;
    ALTER TABLE session_tally ADD COLUMN startup_p999 REAL;
    ALTER TABLE session_tally ADD COLUMN startup_max REAL;
    CREATE VIEW sessions AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, session_tally.*
      FROM session_tally JOIN replications USING (replication_id);

    ALTER TABLE latency_histogram RENAME TO latency_histogram_2;
    CREATE TABLE latency_histogram (    -- of all replications together; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('workload', 'endpoint', 'wait', 'region', 'cdn')),
      name TEXT NOT NULL,               -- region and cdn: of their sessions; all sessions and cohorts are workloads
      window TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'failed')),  -- ok: success and degraded
      low_ns INTEGER NOT NULL,          -- the shortest latency of the bucket, nanoseconds
      high_ns INTEGER NOT NULL,         -- the first one that is too long for it
      count INTEGER NOT NULL,
      PRIMARY KEY (variant_id, kind, name, window, outcome, low_ns)
    ) WITHOUT ROWID;
    INSERT INTO latency_histogram SELECT * FROM latency_histogram_2;
    DROP TABLE latency_histogram_2;
    """
}
