extension Golden {
  static let quantities: [Golden] = [
    Golden(
      .missingUnit, in: .shop, replacing: "timeout: 250ms", with: "timeout: 250",
      says: """
        shop.yaml:6:25: error: a duration needs a unit [missing-unit]
        6 |   paved-road: {timeout: 250, bulkhead: {threads: 10}}
          |                         ^^^ which unit? such as `400ms` or `3s`
        """),
    Golden(
      .missingUnit, in: .outage, replacing: "at: 3min", with: "at: 3",
      says: """
        outage.yaml:5:9: error: a duration needs a unit [missing-unit]
        5 |     at: 3
          |         ^ which unit? such as `30s` or `5min`
        """),
    Golden(
      .missingUnit, in: .queue, replacing: "poisson(14.4/s)", with: "poisson(14.4)",
      says: """
        model.yaml:5:23: error: a rate needs a unit [missing-unit]
        5 |     arrivals: poisson(14.4)
          |                       ^^^^ did you mean `14.4/s`?
        """),
    Golden(
      .missingUnit, in: .shop, replacing: "policy: paved-road}", with: "breaker: {window: 100}}",
      says: """
        shop.yaml:17:63: error: a number of calls needs its unit [missing-unit]
        17 |       history: {call: viewing-history.list, breaker: {window: 100}}
           |                                                               ^^^ did you mean `100 calls`?
        """),
    Golden(
      .wrongUnit, in: .shop, replacing: "timeout: 250ms", with: "timeout: 2sec",
      says: """
        shop.yaml:6:26: error: `sec` is not a unit of a duration [wrong-unit]
        6 |   paved-road: {timeout: 2sec, bulkhead: {threads: 10}}
          |                          ^^^ did you mean `2s`?
        """),
    Golden(
      .wrongUnit, in: .queue, replacing: "poisson(14.4/s)", with: "poisson(14.4/min.)",
      says: """
        model.yaml:5:27: error: `/min.` is not a unit of a rate [wrong-unit]
        5 |     arrivals: poisson(14.4/min.)
          |                           ^^^^^ expected `/ns`, `/us`, `/ms`, `/s`, `/min`, `/h`, `/d` or `/y`
        """),
    Golden(
      .ambiguousUnit, in: .shop, replacing: "horizon: 10min", with: "horizon: 10m",
      says: """
        shop.yaml:2:19: error: `m` may be minutes or months [ambiguous-unit]
        2 | time: {horizon: 10m}
          |                   ^ did you mean `10min`?
        """),
    Golden(
      .notANumber, in: .shop, replacing: "replicas: 2", with: "replicas: two",
      says: """
        shop.yaml:13:15: error: `two` is not a whole number [not-a-number]
        13 |     replicas: two
           |               ^^^
        """),
    Golden(
      .notANumber, in: .shop, replacing: "timeout: 250ms", with: "timeout: soon",
      says: """
        shop.yaml:6:25: error: `soon` is not a duration [not-a-number]
        6 |   paved-road: {timeout: soon, bulkhead: {threads: 10}}
          |                         ^^^^ expected a number and a unit, such as `250ms`
        """),
    Golden(
      .outOfRange, in: .shop, replacing: "replicas: 2", with: "replicas: 0",
      says: """
        shop.yaml:13:15: error: `replicas` has to be at least 1 [out-of-range]
        13 |     replicas: 0
           |               ^
        """),
    Golden(
      .outOfRange, in: .queue, replacing: "poisson(14.4/s)", with: "poisson(-14.4/s)",
      says: """
        model.yaml:5:23: error: the rate `-14.4/s` is negative [out-of-range]
        5 |     arrivals: poisson(-14.4/s)
          |                       ^^^^^^^
        """),
    Golden(
      .outOfRange, in: .campaign, replacing: "+- 0.05%", with: "+- 5",
      says: """
        campaign.yaml:8:81: error: a fraction is from 0% to 100% [out-of-range]
        8 | replications: {min: 20, max: 200, until: availability(viewers) during faults +- 5}
          |                                                                                 ^ did you mean `5%`?
        """),
    Golden(
      .outOfRange, in: .shop, replacing: "call: history]", with: "together: {of: [history], wait-for: 2}]",
      says: """
        shop.yaml:19:61: error: `wait-for` has to be at most 1, the number of calls [out-of-range]
        19 |       play: [work: 2ms, together: {of: [history], wait-for: 2}]
           |                                                             ^
        """),
    Golden(
      .unknownWord, in: .shop, replacing: "replicas: 2", with: "balancing: least-requests",
      says: """
        shop.yaml:13:16: error: `least-requests` is not a value of `balancing` [unknown-word]
        13 |     balancing: least-requests
           |                ^^^^^^^^^^^^^^ did you mean `least-request`?
        """),
    Golden(
      .badTime, in: .shop, replacing: "horizon: 10min", with: "horizon: 10min, start: 25:00",
      says: """
        shop.yaml:2:31: error: `25:00` is not a time of day [bad-time]
        2 | time: {horizon: 10min, start: 25:00}
          |                               ^^^^^ expected one such as `19:00`
        """),
  ]
}
