/// Texts of reports that were read and found right; a change of them is to be read again.
enum Golden {
  static let campaign = """
    Campaign isolation
      seed 7, 12 replications of each variant, 95% confidence, ratchet 1.2.3
      model vod, scenario hang: 90s simulated, the first 10s not measured, faults from 30s to 1min
      shared: services.api.pool.threads=2

    Outcomes  (mean over replications)
        variant    mean  interval
      availability(home) during faults
        isolated   100%  all 12 the same  baseline
        shared    65.7%  65.1% to 66.3%

    Differences from isolated  (paired by replication on common random numbers; p adjusted by Holm's method)
        variant  difference  interval                  p  correlation  variance saved  verdict
      availability(home) during faults
        shared     -34.3 pt  -34.9 to -33.7 pt  < 0.0001            -              0%  worse

    Further differences  (a family of their own for p)
        variant  difference  interval                  p  correlation  variance saved  verdict
      full-fidelity(home) during faults
        shared     -34.3 pt  -34.9 to -33.7 pt  < 0.0001            -              0%  worse
      5 further comparisons show no difference.

    Failures during faults  (of one replication, on average, and as a share of what ended)
        variant  failures  share  reason    at
      home
        shared        208  34.3%  rejected  api

    Failures against isolated  (as a share of what ended, a family of their own for p)
      variant  of                  difference  interval                  p  reason    at   verdict
      shared   home during faults    +34.3 pt  +33.7 to +34.9 pt  < 0.0001  rejected  api  worse

    Pools  (full: all threads of a replica in use, during faults; the rest over the run)
      queue, mean: all replicas together; longest: any one replica; full for and up: mean of replicas; up: not crashed
        variant   utilisation  full for  queue, mean  longest  wait, mean    up
      api
        isolated        20.0%       0 s        0.250        2     1.00 ms  100%
        shared          50.0%    27.0 s         3.50       10     1.00 ms  100%

    Expectations  (of the mean over replications or a share of them, by intervals that hold at any look)
        variant   judged  interval
      home-stays: availability(home) during faults >= 99%
        isolated    100%  63% to 100%  inconclusive: at least 59 replications are needed to speak of incidents in 5% of them
        shared       66%  41% to 78%   refuted

    Objectives  (over what was simulated, faults included)
        variant    mean  interval
      home: availability(home) >= 99.9%
        isolated   100%  all 12 the same  met
        shared    87.1%  86.8% to 87.3%   missed

    Verdicts  (against isolated)
      shared: `home` loses 34.3 points of availability during faults, 95% CI 33.7 to 34.9; api's pool was full for 27 s

    """

  static let run = """
    Model vod, scenario hang
      seed 7, replication 3, fingerprint daa66d2c7ddf743f, tables 0000000000000001, ratchet 1.2.3
      90s simulated, the first 10s not measured
      faults from 30s to 1min
      set services.api.pool.threads=2

    Workloads  (what was asked for, once each, as the asker saw it; latencies of what was served (success and degraded))
      workload  requests  success  degraded  failed  in flight  availability  full fidelity      p50      p99      max
      home         1,603    1,387         0     215          1         86.6%          86.6%  20.0 ms  20.0 ms  20.0 ms

    Windows  (by when the request arrived)
        workload  requests  success  degraded  failed  in flight  availability  full fidelity      p50      p99      max
      during faults
        home           603      387         0     215          1         64.3%          64.3%  20.0 ms  20.0 ms  20.0 ms

    Failures  (by reason and where it arose)
      workload  failures  share  reason    at
      home           215  13.4%  rejected  api

    Endpoints  (attempts, as the server saw them)
      endpoint  attempts  success  degraded  failed  in flight  availability  full fidelity      p50      p99      max
      api.home     1,603    1,387         0     215          1         86.6%          86.6%  20.0 ms  20.0 ms  20.0 ms

    Services  (full: all threads of a replica in use, during faults)
      queue, mean: all replicas together; longest: any one replica; full for and up: mean of replicas; up: not crashed
      service  utilisation  full for  queue, mean  longest  wait, mean    up
      api            50.0%    27.0 s         3.50       10     1.00 ms  100%

    Timeline  (10s a column, from 0, the warm-up included)
                                              from least to most
      workloads
        home  requests/s           █████████  20 to 20
        home  failed               ▁▁▁▄▄▄▁▁▁  0% to 35.0%
      services
        api   threads in use       ▃▃▃███▃▃▃  2 to 8
        api   waiting              ▁▁▁███▁▁▁  0 to 5
        api   pools full           ▁▁▁███▁▁▁  0% to 100%
              w warm-up, f faults  w..fff...

    Expectations and objectives  (one replication: not judged, run a campaign)
        name        that                                      here
      expectations
        home-stays  availability(home) during faults >= 99%  64.3%  does not hold here
      objectives
        home        availability(home) >= 99.9%              86.6%  does not hold here

    """
}
