extension Schema {
  /// Version 1.
  static let tables = """
    CREATE TABLE campaign (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      created_at TEXT NOT NULL,         -- UTC, ISO 8601
      tool_version TEXT NOT NULL,
      seed TEXT NOT NULL,               -- an unsigned 64-bit number, in decimal digits
      confidence REAL NOT NULL,         -- the level of every interval
      baseline TEXT NOT NULL,           -- the variant the others are compared with
      status TEXT NOT NULL CHECK (status IN ('running', 'interrupted', 'complete')),
      replications INTEGER,             -- of each variant, that the results rest on; NULL until it ended
      fingerprint TEXT,                 -- of all of these; NULL until it ended
      model_text TEXT NOT NULL,         -- the model's files as they were read
      model_hash TEXT NOT NULL,         -- of model_text
      campaign_text TEXT NOT NULL,      -- the campaign's and the scenario's files as they were read
      plan_hash TEXT NOT NULL,          -- of all that decides what a replication yields
      outline TEXT NOT NULL             -- what is asked, as JSON: all that comparing needs beside the replications;
                                        -- in it commonOverrides: what --set set, where it set anything
    );

    CREATE TABLE variant (
      id INTEGER PRIMARY KEY,
      campaign_id INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,         -- its place in the campaign, from 0
      name TEXT NOT NULL,
      is_baseline INTEGER NOT NULL,     -- 0 or 1
      model TEXT NOT NULL,
      scenario TEXT,
      overrides TEXT NOT NULL,          -- a JSON list of {"path": …, "value": …}
      tables_fingerprint TEXT NOT NULL, -- of the sampling tables its draws go through
      fingerprint TEXT,                 -- of all its replications, in order; NULL until the campaign ended
      UNIQUE (campaign_id, name)
    );

    CREATE TABLE replication (
      id INTEGER PRIMARY KEY,
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      number INTEGER NOT NULL,          -- from 0; the same number has the same random numbers in every variant
      fingerprint TEXT NOT NULL,        -- of every request that ended
      twin_fingerprint TEXT,            -- of the same replication without faults; NULL where none was run
      events INTEGER NOT NULL,          -- calendar events, warm-up included
      requests INTEGER NOT NULL,        -- logical requests simulated, warm-up and twin included
      payload TEXT NOT NULL,            -- the whole record as JSON
      UNIQUE (variant_id, number)
    );

    CREATE TABLE outcome (              -- what requests (workload) or attempts (endpoint) came to
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('workload', 'endpoint')),
      name TEXT NOT NULL,               -- of the workload; service.endpoint
      window TEXT NOT NULL,             -- 'during run' is the whole measured time
      arrivals INTEGER NOT NULL,        -- = success + degraded + failed + in_flight
      success INTEGER NOT NULL,
      degraded INTEGER NOT NULL,        -- a fallback stood in
      failed INTEGER NOT NULL,
      in_flight INTEGER NOT NULL,       -- not ended at the horizon; outside availability
      availability REAL,                -- (success + degraded) / ended
      unavailability REAL,              -- failed / ended
      full_fidelity REAL,               -- success / ended
      latency_mean REAL, latency_p50 REAL, latency_p90 REAL, latency_p95 REAL,
      latency_p99 REAL, latency_p999 REAL, latency_max REAL,  -- seconds, of success and degraded
      failed_latency_mean REAL, failed_latency_max REAL,      -- seconds, of failures
      PRIMARY KEY (replication_id, kind, name, window)
    ) WITHOUT ROWID;

    CREATE TABLE failure (              -- failures by reason
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      window TEXT NOT NULL,
      reason TEXT NOT NULL,
      component TEXT NOT NULL,          -- where the reason arose: a service, or caller -> dependency
      count INTEGER NOT NULL,
      PRIMARY KEY (replication_id, kind, name, window, reason, component)
    ) WITHOUT ROWID;

    CREATE TABLE metric_value (         -- the metrics that are asked for
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      metric TEXT NOT NULL,             -- as in the campaign's file
      value REAL,                       -- a fraction, or seconds
      is_censored INTEGER NOT NULL,     -- 1: a recovery that took longer than value
      PRIMARY KEY (replication_id, metric)
    ) WITHOUT ROWID;

    CREATE TABLE service (              -- in the whole measured time
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      name TEXT NOT NULL,
      utilisation REAL,                 -- busy threads / all; NULL where threads are unbounded
      wait_mean REAL, wait_p99 REAL, wait_max REAL,  -- seconds from arrival until a thread
      queue_mean REAL NOT NULL,         -- calls waiting, all replicas together
      queue_max INTEGER NOT NULL,       -- the longest queue of any one replica
      in_service_mean REAL NOT NULL,    -- calls holding a thread, all replicas together
      idle REAL NOT NULL,               -- part of the time without a thread in use
      up REAL NOT NULL,                 -- part of the time in which a replica was up
      PRIMARY KEY (replication_id, name)
    ) WITHOUT ROWID;

    CREATE TABLE pool_full (            -- how long pools were full
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      service TEXT NOT NULL,
      window TEXT NOT NULL,
      seconds REAL NOT NULL,            -- with all threads of a replica in use, averaged over replicas
      PRIMARY KEY (replication_id, service, window)
    ) WITHOUT ROWID;

    CREATE TABLE latency_histogram (    -- of all replications together; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('workload', 'endpoint', 'wait')),
      name TEXT NOT NULL,
      window TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'failed')),  -- ok: success and degraded
      low_ns INTEGER NOT NULL,          -- the shortest latency of the bucket, nanoseconds
      high_ns INTEGER NOT NULL,         -- the first one that is too long for it
      count INTEGER NOT NULL,
      PRIMARY KEY (variant_id, kind, name, window, outcome, low_ns)
    ) WITHOUT ROWID;

    CREATE TABLE timeline (             -- means over replications; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('workload', 'service', 'breaker')),
      name TEXT NOT NULL,
      measure TEXT NOT NULL,            -- workload: arrivals success degraded failed (requests a bin);
                                        -- service: busy queue (calls), full up (parts of the replicas);
                                        -- breaker: open (part of the caller's replicas)
      bin INTEGER NOT NULL,             -- from 0
      start_s REAL NOT NULL,            -- from time 0, warm-up included
      value REAL NOT NULL,
      PRIMARY KEY (variant_id, kind, name, measure, bin)
    ) WITHOUT ROWID;

    CREATE TABLE estimate (             -- means over replications; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      metric TEXT NOT NULL,
      value REAL, low REAL, high REAL,  -- the mean and its interval
      confidence REAL NOT NULL,
      replications INTEGER NOT NULL,    -- that tell it
      censored INTEGER NOT NULL,        -- of these, recoveries that took longer than they count for
      PRIMARY KEY (variant_id, metric)
    ) WITHOUT ROWID;

    CREATE TABLE expectation (          -- verdicts; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      name TEXT NOT NULL,
      metric TEXT NOT NULL,
      comparison TEXT NOT NULL,         -- >= <= > <
      bound REAL NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('supported', 'refuted', 'inconclusive')),
      value REAL, low REAL, high REAL,  -- the mean, and the confidence sequence that was judged
      PRIMARY KEY (variant_id, name)
    ) WITHOUT ROWID;

    CREATE TABLE comparison (           -- against the plan's baseline; written when the campaign ends
      campaign_id INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      family TEXT NOT NULL CHECK (family IN ('outcome', 'detail')),  -- within which p is adjusted
      baseline TEXT NOT NULL,
      variant TEXT NOT NULL,
      metric TEXT NOT NULL,
      difference REAL, low REAL, high REAL,  -- variant - baseline, and its interval
      confidence REAL NOT NULL,
      pairs INTEGER NOT NULL,           -- replications that both tell
      p REAL,
      p_adjusted REAL,                  -- by Holm's method
      method TEXT,                      -- of the interval and p
      correlation REAL,                 -- between the pairs
      variance_saved REAL,              -- of what independent random numbers would have had
      verdict TEXT NOT NULL CHECK (verdict IN ('worse', 'better', 'no difference shown')),
      sentence TEXT NOT NULL,
      PRIMARY KEY (campaign_id, ordinal)
    ) WITHOUT ROWID;
    """
}
