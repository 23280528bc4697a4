extension Golden {
  static let hypotheses: [Golden] = [
    Golden(
      .unknownWord, in: .outage, replacing: "inject: hang", with: "inject: blackhole",
      says: """
        outage.yaml:7:13: error: `blackhole` is not a value of `inject` [unknown-word]
        7 |     inject: blackhole
          |             ^^^^^^^^^ it is called `hang` or `partition` here
        """),
    Golden(
      .badMetric, in: .outage,
      replacing: """
        faults:
          down:
            at: 3min
            for: 3min
            inject: hang
            target: viewing-history

        """, with: "",
      says: """
        outage.yaml:5:11: error: the scenario injects no fault at a stated time, so no replication can tell how it is then, \
        or afterwards [bad-metric]
        5 |     that: availability(viewers) >= 99.9%
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ give it `faults`
        """),
    Golden(
      .badMetric, in: .outage, replacing: "availability(viewers) >= 99.9%", with: "recovery <= 30s",
      says: """
        outage.yaml:11:11: error: `recovery` does not say whose it is [bad-metric]
        11 |     that: recovery <= 30s
           |           ^^^^^^^^ expected its name in parentheses, such as `recovery(viewers)`
        """),
    Golden(
      .badMetric, in: .outage, replacing: "that: availability(viewers) >= 99.9%", with: "that: collateral(viewers",
      says: """
        outage.yaml:11:11: error: `collateral(viewers` compares nothing [bad-metric]
        11 |     that: collateral(viewers
           |           ^^^^^^^^^^^^^^^^^^ within braces a comma ends a value: quote it, 'collateral(a, b) <= 1%'
        """),
    Golden(
      .badMetric, in: .outage, replacing: "during: faults", with: "after: faults",
      says: """
        outage.yaml:12:12: error: unknown fault `faults` [bad-metric]
        12 |     after: faults
           |            ^^^^^^ the time after all faults is `during: after-faults`
        """),
    Golden(
      .badMetric, in: .outage, replacing: ">= 99.9%", with: ">= 99.9% in most runs",
      says: """
        outage.yaml:11:42: error: `in most runs` has no meaning here [bad-metric]
        11 |     that: availability(viewers) >= 99.9% in most runs
           |                                          ^^^^^^^^^^^^ expected one such as `in 99% of runs`
        """),
    Golden(
      .outOfRange, in: .outage, replacing: ">= 99.9%", with: ">= 99.9% in 100% of runs",
      says: """
        outage.yaml:11:45: error: no number of runs shows what happens in 100% of them [out-of-range]
        11 |     that: availability(viewers) >= 99.9% in 100% of runs
           |                                             ^^^^ say how many, such as `99%`
        """),
    Golden(
      .badMetric, in: .outage, replacing: ">= 99.9%", with: ">= twin plus 1%",
      says: """
        outage.yaml:11:41: error: `plus` has no meaning after `twin` [bad-metric]
        11 |     that: availability(viewers) >= twin plus 1%
           |                                         ^^^^ expected `+` or `-` and a value, such as `twin - 0.1%`
        """),
    Golden(
      .badMetric, in: .outage, replacing: ">= 99.9%", with: ">= 2 twin",
      says: """
        outage.yaml:11:36: error: `2` has no meaning before `twin` [bad-metric]
        11 |     that: availability(viewers) >= 2 twin
           |                                    ^ expected a factor, such as `1.5 x twin`
        """),
    Golden(
      .outOfRange, in: .outage, replacing: ">= 99.9%", with: ">= 0 x twin",
      says: """
        outage.yaml:11:36: error: a multiple of the twin's value has to be above zero [out-of-range]
        11 |     that: availability(viewers) >= 0 x twin
           |                                    ^
        """),
    Golden(
      .badMetric, in: .outage, replacing: "availability(viewers) >= 99.9%", with: "recovery(viewers) <= twin",
      says: """
        outage.yaml:11:32: error: `recovery` is not told of the twin, which has no faults to recover from [bad-metric]
        11 |     that: recovery(viewers) <= twin
           |                                ^^^^ compare it with a time, such as `2min`
        """),
    Golden(
      .badMetric, in: .outage, replacing: "availability(viewers) >= 99.9%", with: "availability(web) >= 99.9%",
      says: """
        outage.yaml:11:24: error: `web` is a service, and `availability` is told of workloads and endpoints [bad-metric]
        11 |     that: availability(web) >= 99.9%
           |                        ^^^ expected `web.play`
        """),
    Golden(
      .unknownService, in: .outage, replacing: "availability(viewers) >= 99.9%", with: "queue-max(wbe) <= 10",
      says: """
        outage.yaml:11:21: error: unknown service `wbe` [unknown-service]
        11 |     that: queue-max(wbe) <= 10
           |                     ^^^ did you mean `web`?
        """),
    Golden(
      .outOfRange, in: .outage, replacing: "availability(viewers) >= 99.9%", with: "queue-max(web) <= -1",
      says: """
        outage.yaml:11:29: error: a number of calls is zero or more [out-of-range]
        11 |     that: queue-max(web) <= -1
           |                             ^^
        """),
    Golden(
      .badMetric, in: .outage, replacing: "availability(viewers) >= 99.9%", with: "error-ratio(web.play) <= 1%",
      says: """
        outage.yaml:12:13: error: what an endpoint's attempts come to is told of the whole run alone [bad-metric]
        12 |     during: faults
           |             ^^^^^^ leave out the window, or ask a workload
        """),
    Golden(
      .badMetric, in: .outage, replacing: "during: faults", with: "after: dwn",
      says: """
        outage.yaml:12:12: error: unknown fault `dwn` [bad-metric]
        12 |     after: dwn
           |            ^^^ did you mean `down`?
        """),
    Golden(
      .badMetric, in: .outage, replacing: "during: faults", with: "during: dwon",
      says: """
        outage.yaml:12:13: error: `dwon` is not a window [bad-metric]
        12 |     during: dwon
           |             ^^^^ did you mean `down`?
        """),
    Golden(
      .conflictingKeys, in: .outage, replacing: "during: faults", with: "during: faults\n    after: down",
      says: """
        outage.yaml:13:12: error: the window is given by `during` already [conflicting-keys]
        13 |     after: down
           |            ^^^^
        """),
    Golden(
      .badName, in: .outage, replacing: "  down:", with: "  run:",
      says: """
        outage.yaml:4:3: error: a fault can't be called `run`: `during: run` is a window already [bad-name]
        4 |   run:
          |   ^^^
        """),
  ]
}
