extension Schema {
  /// Version 4: how expectations were judged.
  static let hypotheses = """
    ALTER TABLE expectation RENAME TO expectation_3;
    CREATE TABLE expectation (          -- verdicts; written when the campaign ends
      variant_id INTEGER NOT NULL REFERENCES variant ON DELETE CASCADE,
      name TEXT NOT NULL,
      metric TEXT NOT NULL,
      comparison TEXT NOT NULL,         -- >= <= > <
      bound REAL NOT NULL,              -- where there is a twin_factor, what is added to the twin's value
      verdict TEXT NOT NULL CHECK (verdict IN ('supported', 'refuted', 'inconclusive')),
      value REAL, low REAL, high REAL,  -- what was judged, and its confidence sequence: the mean, its difference from the
                                        -- twin, or the share of the replications that keep to the bound
      twin_factor REAL,                 -- how many times the twin's value the bound includes; NULL: none
      share REAL,                       -- of the replications that has to keep to it; NULL: their mean has to
      method TEXT,                      -- what the verdict rests on; NULL, as what follows, where an earlier version wrote it
      confidence REAL,
      rarest_incident REAL,             -- share of the replications that has to have had its chance to show up
      value_limit REAL,                 -- no replication lies beyond it, or the verdict does not hold; NULL: whatever they do
      unseen_share REAL,                -- of replications that could be unlike all those seen
      keeping INTEGER,                  -- replications that keep to the bound
      twin REAL,                        -- the twin's mean; NULL where nothing is compared with it
      doubt TEXT,                       -- why there is no verdict; NULL where there is one
      PRIMARY KEY (variant_id, name)
    ) WITHOUT ROWID;
    INSERT INTO expectation (variant_id, name, metric, comparison, bound, verdict, value, low, high)
      SELECT variant_id, name, metric, comparison, bound, verdict, value, low, high FROM expectation_3;
    DROP TABLE expectation_3;
    CREATE VIEW expectations AS
      SELECT campaign.id AS campaign_id, campaign.name AS campaign, variant.ordinal AS variant_ordinal,
        variant.name AS variant, expectation.name, metric, comparison, bound, twin_factor, share, verdict, value, low,
        high, method, expectation.confidence, rarest_incident, value_limit, unseen_share, keeping, twin, doubt
      FROM expectation JOIN variant ON variant.id = expectation.variant_id
        JOIN campaign ON campaign.id = variant.campaign_id;
    """
}
