extension Golden {
  static let structure: [Golden] = [
    Golden(
      .wrongKind, in: .queue, replacing: "{threads: 16, queue: unbounded}", with: "16",
      says: """
        model.yaml:9:11: error: expected a mapping with the keys of `pool`, found `16` [wrong-kind]
        9 |     pool: 16
          |           ^^
        """),
    Golden(
      .wrongKind, in: .queue, replacing: "poisson(14.4/s)", with: "[poisson(14.4/s)]",
      says: """
        model.yaml:5:15: error: expected arrivals such as `poisson(120/s)`, found a list [wrong-kind]
        5 |     arrivals: [poisson(14.4/s)]
          |               ^
        """),
    Golden(
      .wrongKind, in: .queue, replacing: "    arrivals: poisson(14.4/s)\n    call: desk.serve\n", with: "",
      says: """
        model.yaml:4:13: error: expected a mapping with the keys of `workload`, found nothing [wrong-kind]
        4 |   customers:
          |             ^
        """),
    Golden(
      .unknownKey, in: .queue, replacing: "threads: 16", with: "thread: 16",
      says: """
        model.yaml:9:12: error: unknown key `thread` [unknown-key]
        9 |     pool: {thread: 16, queue: unbounded}
          |            ^^^^^^ did you mean `threads`?
        """),
    Golden(
      .unknownKey, in: .outage, replacing: "    inject: hang", with: "    inject: hang\n    probability: 5%",
      says: """
        outage.yaml:8:5: error: `probability` is not a setting of `hang` [unknown-key]
        8 |     probability: 5%
          |     ^^^^^^^^^^^ it has none
        """),
    Golden(
      .duplicateKey, in: .queue, replacing: "    call: desk.serve",
      with: "    call: desk.serve\n    arrivals: constant(7/s)",
      says: """
        model.yaml:7:5: error: the key `arrivals` is given twice, first in line 5 [duplicate-key]
        7 |     arrivals: constant(7/s)
          |     ^^^^^^^^
        """),
    Golden(
      .duplicateName, in: .queue, replacing: "model: mm16", with: "model: mm16\ninclude: [part.yaml]",
      files: ["part.yaml": "services:\n  desk:\n    pool: {threads: 1}\n    endpoints: {}\n"],
      says: """
        part.yaml:2:3: error: `desk` is declared twice, first in model.yaml:9 [duplicate-name]
        2 |   desk:
          |   ^^^^
        """),
    Golden(
      .missingKey, in: .queue, replacing: "time: {warmup: 500s, horizon: 20000s}\n", with: "",
      says: """
        model.yaml:1:1: error: the file lacks the key `time` [missing-key]
        1 | model: mm16
          | ^ `time`: how long a replication runs, and when it starts
        """),
    Golden(
      .missingKey, in: .queue, replacing: "    pool: {threads: 16, queue: unbounded}\n", with: "",
      says: """
        model.yaml:8:3: error: `desk` lacks the key `pool` [missing-key]
        8 |   desk:
          |   ^^^^ `pool`: the threads of one replica and the queue before them
        """),
    Golden(
      .unknownKey, in: .shop, replacing: "timeout: 250ms, ", with: "timeout: 250ms, retries: 2, ",
      says: """
        shop.yaml:6:32: error: unknown key `retries` [unknown-key]
        6 |   paved-road: {timeout: 250ms, retries: 2, bulkhead: {threads: 10}}
          |                                ^^^^^^^ did you mean `retry`?
        """),
    Golden(
      .missingKey, in: .queue, replacing: "[work: exponential(mean=1s)]", with: "[probability: 5%]",
      says: """
        model.yaml:11:15: error: one of `work`, `call` or `together` is missing [missing-key]
        11 |       serve: [probability: 5%]
           |               ^
        """),
    Golden(
      .missingKey, in: .campaign, replacing: "max: 200, ", with: "",
      says: """
        campaign.yaml:8:32: error: `until` needs `max`, the most replications that may be run [missing-key]
        8 | replications: {min: 20, until: availability(viewers) during faults +- 0.05%}
          |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .conflictingKeys, in: .outage, replacing: "that: availability(viewers) >=",
      with: "that: availability(viewers) during run >=",
      says: """
        outage.yaml:12:13: error: the window is given in `that` already [conflicting-keys]
        12 |     during: faults
           |             ^^^^^^
        """),
    Golden(
      .badName, in: .queue, replacing: "  customers:", with: "  the customers:",
      says: """
        model.yaml:4:3: error: `the customers` is not a name: letters, digits and hyphens make one [bad-name]
        4 |   the customers:
          |   ^^^^^^^^^^^^^
        """),
    Golden(
      .notSupportedYet, in: .queue, replacing: "time:", with: "operations: {teams: {}}\ntime:",
      says: """
        model.yaml:2:1: error: `operations` is not supported yet: operations come with a later version [not-supported-yet]
        2 | operations: {teams: {}}
          | ^^^^^^^^^^
        """),
    Golden(
      .notSupportedYet, in: .shop, replacing: "policy: paved-road}", with: "preset: hystrix}",
      says: """
        shop.yaml:17:45: error: `preset` is not supported yet: presets of libraries come with a later version [not-supported-yet]
        17 |       history: {call: viewing-history.list, preset: hystrix}
           |                                             ^^^^^^
        """),
    Golden(
      .notSupportedYet, text: "incident: fastly-2021-06-08\nmodel: live.yaml\n",
      says: """
        model.yaml:1:1: error: `incident` is not supported yet: incidents come with a later version [not-supported-yet]
        1 | incident: fastly-2021-06-08
          | ^^^^^^^^
        """),
    Golden(
      .duplicateName, in: .campaign, replacing: "[availability(viewers) during faults]",
      with: "[availability(viewers), recovery(viewers), availability(viewers) during run]",
      says: """
        campaign.yaml:7:54: error: the outcome `availability(viewers)` is listed twice [duplicate-name]
        7 | outcomes: [availability(viewers), recovery(viewers), availability(viewers) during run]
          |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
  ]
}
