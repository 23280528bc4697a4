extension Golden {
  /// Faults on several targets, repeated and ramped, and failures with a common cause.
  static let chaos = [
    Golden(
      .badTarget, in: .outage, replacing: "inject: hang\n    target: viewing-history",
      with: "inject: crash\n    target: [web, viewing-history.list]",
      says: """
        outage.yaml:8:19: error: `crash` needs a service, a replica, a zone or a region, and this is an endpoint [bad-target]
        8 |     target: [web, viewing-history.list]
          |                   ^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .duplicateName, in: .outage, replacing: "target: viewing-history", with: "target: [web, web#0, web]",
      says: """
        outage.yaml:8:26: error: this target is named twice [duplicate-name]
        8 |     target: [web, web#0, web]
          |                          ^^^
        """),
    Golden(
      .badRamp, in: .outage, replacing: "inject: hang", with: "inject: error\n    probability: from 0% to 30%",
      says: """
        outage.yaml:8:18: error: `from 0% to 30%` is not a ramp [bad-ramp]
        8 |     probability: from 0% to 30%
          |                  ^^^^^^^^^^^^^^ expected one such as `from 0% to 30% over 10min`
        """),
    Golden(
      .outOfRange, in: .outage, replacing: "inject: hang",
      with: "inject: error\n    probability: from 0% to 130% over 1min",
      says: """
        outage.yaml:8:29: error: a fraction is from 0% to 100% [out-of-range]
        8 |     probability: from 0% to 130% over 1min
          |                             ^^^^
        """),
    Golden(
      .rampOutlastsFault, in: .outage, replacing: "inject: hang",
      with: "inject: error\n    probability: from 0% to 30% over 10min",
      says: """
        outage.yaml:8:18: warning: the fault lasts 3min, and the ramp of 10min does not come to its end [ramp-outlasts-fault]
        8 |     probability: from 0% to 30% over 10min
          |                  ^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .faultOverlapsItself, in: .outage, replacing: "inject: hang",
      with: "inject: hang\n    repeat: {every: 2min, times: 3}",
      says: """
        outage.yaml:8:13: error: the fault comes again every 2min, before it has ended: it lasts 3min [fault-overlaps-itself]
        8 |     repeat: {every: 2min, times: 3}
          |             ^ say an `every` of at least 3min
        """),
    Golden(
      .badTarget, in: .outage, replacing: "inject: hang", with: "inject: partition\n    from: [web.play]",
      says: """
        outage.yaml:8:12: error: `partition` parts services, replicas, zones, regions, workloads, cohorts and CDNs, and this is an endpoint [bad-target]
        8 |     from: [web.play]
          |            ^^^^^^^^
        """),
    Golden(
      .badTarget, in: .outage, replacing: "target: viewing-history", with: "target: viewing-history in zone a",
      says: """
        outage.yaml:8:37: warning: `viewing-history` has no replicas in zone a: the fault strikes nothing [bad-target]
        8 |     target: viewing-history in zone a
          |                                     ^
        """),
    Golden(
      .badTarget, in: .shop, replacing: "time: {",
      with: "failures: {power: {target: [zone a, web -> history], "
        + "every: 30d, repair: 1h}}\ntime: {",
      says: """
        shop.yaml:2:37: error: `crash` needs a service, a replica, a zone or a region, and this is the calls of one service to another [bad-target]
        2 | failures: {power: {target: [zone a, web -> history], every: 30d, repair: 1h}}
          |                                     ^^^^^^^^^^^^^^
        """),
    Golden(
      .unknownDependency, in: .outage, replacing: "inject: hang\n    target: viewing-history",
      with: "inject: capacity\n    threads: 50%\n    target: pool web -> histry",
      says: """
        outage.yaml:9:25: error: `web` has no dependency `histry` [unknown-dependency]
        9 |     target: pool web -> histry
          |                         ^^^^^^ did you mean `history`?
        """),
  ]
}
