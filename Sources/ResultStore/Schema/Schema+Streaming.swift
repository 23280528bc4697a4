extension Schema {
  /// Version 2: sessions and CDNs, and timelines of them.
  static let streaming = """
    CREATE TABLE session_tally (        -- what sessions came to
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('all', 'cohort', 'region', 'cdn')),
      name TEXT NOT NULL,               -- 'sessions' for all of them
      window TEXT NOT NULL,
      attempts REAL NOT NULL,           -- = starts + start_failures + exits_before_start + starting
      starts REAL NOT NULL,             -- first pictures
      start_failures REAL NOT NULL,
      exits_before_start REAL NOT NULL,
      starting REAL NOT NULL,           -- neither started nor given up at the horizon
      plays REAL NOT NULL,              -- sessions that played at some time of the window
      ended REAL NOT NULL,              -- plays that came to their intended end
      abandoned REAL NOT NULL,          -- the viewer left in a stall
      playback_failures REAL NOT NULL,
      stalls REAL NOT NULL,
      segments REAL NOT NULL,           -- that arrived
      bitrate_changes REAL NOT NULL,
      cdn_changes REAL NOT NULL,
      startup_s REAL NOT NULL,          -- added up over starts, seconds
      played_s REAL NOT NULL,
      stalled_s REAL NOT NULL,
      paused_s REAL NOT NULL,           -- part of neither of the two above
      fetched_s REAL NOT NULL,          -- media that arrived
      nominal_bits REAL NOT NULL,       -- of that media
      bitrate_change_bps REAL NOT NULL, -- absolute sizes of all changes added up
      starts_lost REAL,                 -- (start_failures + exits_before_start) / starts that ended
      start_failures_share REAL,        -- of starts that ended
      exits_before_start_share REAL,
      rebuffering_ratio REAL,           -- stalled_s / (played_s + stalled_s)
      stalls_per_hour REAL,             -- of played_s + stalled_s
      playback_failures_share REAL,     -- of plays
      abandonments REAL,                -- abandoned / plays
      bitrate REAL,                     -- nominal_bits / fetched_s
      starts_rate REAL,                 -- starts a second of the window
      PRIMARY KEY (replication_id, kind, name, window)
    ) WITHOUT ROWID;

    CREATE TABLE cdn_tally (            -- what CDNs delivered
      replication_id INTEGER NOT NULL REFERENCES replication ON DELETE CASCADE,
      name TEXT NOT NULL,
      window TEXT NOT NULL,
      currency TEXT,                    -- of cost; NULL where no price is stated
      requests REAL NOT NULL,           -- look-ups in the edge's caches: hits + stale_hits + collapsed + misses + negative_hits
      hits REAL NOT NULL,               -- fresh ones
      stale_hits REAL NOT NULL,
      collapsed REAL NOT NULL,          -- waited for an object that was being fetched
      misses REAL NOT NULL,             -- asked the next tier
      negative_hits REAL NOT NULL,      -- failures that were kept
      shield_requests REAL NOT NULL,
      shield_hits REAL NOT NULL,
      shield_stale_hits REAL NOT NULL,
      shield_collapsed REAL NOT NULL,
      shield_misses REAL NOT NULL,
      shield_negative_hits REAL NOT NULL,
      origin_requests REAL NOT NULL,
      origin_failures REAL NOT NULL,
      origin_bytes REAL NOT NULL,
      delivered REAL NOT NULL,          -- requests of players as they saw them end: delivered, errors, timeouts
      errors REAL NOT NULL,
      timeouts REAL NOT NULL,
      egress_bytes REAL NOT NULL,       -- to players
      hit_ratio REAL,                   -- (hits + stale_hits + collapsed) / requests
      shield_hit_ratio REAL,
      offload REAL,                     -- 1 - origin_bytes / egress_bytes
      origin_rate REAL,                 -- origin_requests a second of the window
      egress REAL,                      -- bits per second to players
      cost REAL,
      PRIMARY KEY (replication_id, name, window)
    ) WITHOUT ROWID;

    CREATE VIEW sessions AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, session_tally.*
      FROM session_tally JOIN replications USING (replication_id);

    CREATE VIEW cdns AS
      SELECT campaign_id, campaign, variant_ordinal, variant, replication, cdn_tally.*
      FROM cdn_tally JOIN replications USING (replication_id);

    DROP VIEW timelines;
    ALTER TABLE timeline RENAME TO timeline_1;
    CREATE TABLE timeline (             -- means over replications; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('workload', 'service', 'breaker', 'sessions', 'cdn')),
      name TEXT NOT NULL,
      measure TEXT NOT NULL,            -- workload: arrivals success degraded failed (requests a bin);
                                        -- service: busy queue (calls), full up (parts of the replicas);
                                        -- breaker: open (part of the caller's replicas);
                                        -- sessions: concurrent stalled (sessions), starts (a bin);
                                        -- cdn: egress (bits per second), hit_ratio
      bin INTEGER NOT NULL,             -- from 0
      start_s REAL NOT NULL,            -- from time 0, warm-up included
      value REAL NOT NULL,
      PRIMARY KEY (variant_id, kind, name, measure, bin)
    ) WITHOUT ROWID;
    INSERT INTO timeline SELECT * FROM timeline_1;
    DROP TABLE timeline_1;
    CREATE VIEW timelines AS
      SELECT campaign.id AS campaign_id, campaign.name AS campaign, variant.ordinal AS variant_ordinal,
        variant.name AS variant, kind, timeline.name, measure, bin, start_s, value
      FROM timeline JOIN variant ON variant.id = timeline.variant_id
        JOIN campaign ON campaign.id = variant.campaign_id;
    """
}
