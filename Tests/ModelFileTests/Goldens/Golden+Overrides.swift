extension Golden {
  static let overrides: [Golden] = [
    Golden(
      .badPath, in: .shop, set: ["services.wbe.replicas=3"],
      says: """
        --set services.wbe.replicas=3: error: there is nothing named `wbe` [bad-path]
        1 | services.wbe.replicas=3
          |          ^^^ did you mean `web`?
        """),
    Golden(
      .badPath, in: .shop, set: ["services.web.replica=3"],
      says: """
        --set services.web.replica=3: error: there is no key `replica` here [bad-path]
        1 | services.web.replica=3
          |              ^^^^^^^ did you mean `replicas`?
        """),
    Golden(
      .badPath, in: .shop, set: ["services.web.replicas.max=3"],
      says: """
        --set services.web.replicas.max=3: error: `max` is a part of nothing [bad-path]
        1 | services.web.replicas.max=3
          |                       ^^^
        """),
    Golden(
      .badPath, in: .shop, set: ["faults.down.at=3min"],
      says: """
        --set faults.down.at=3min: error: there is no scenario in which this could be set [bad-path]
        1 | faults.down.at=3min
          | ^^^^^^^^^^^^^^
        """),
    Golden(
      .badPath, in: .campaign, replacing: "services.web.dependencies.history.bulkhead",
      with: "services.web.dependencies.hist.bulkhead",
      says: """
        campaign.yaml:6:44: error: there is nothing named `hist` [bad-path]
        6 |   shared: {set: {services.web.dependencies.hist.bulkhead: none}}
          |                                            ^^^^ did you mean `history`?
        """),
    Golden(
      .noMatch, in: .shop, set: ["services.*.failures.*.repair=1h"],
      says: """
        --set services.*.failures.*.repair=1h: error: `services.*.failures.*.repair` matches nothing [no-match]
        1 | services.*.failures.*.repair=1h
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .outOfRange, in: .shop, set: ["services.web.replicas=0"],
      says: """
        --set services.web.replicas=0: error: `replicas` has to be at least 1 [out-of-range]
        1 | services.web.replicas=0
          |                       ^
        """),
    Golden(
      .missingUnit, in: .campaign, replacing: "bulkhead: none", with: "timeout: 250",
      says: """
        campaign.yaml:6:61: error: a duration needs a unit [missing-unit]
        6 |   shared: {set: {services.web.dependencies.history.timeout: 250}}
          |                                                             ^^^ which unit? such as `400ms` or `3s`
        """),
  ]
}
