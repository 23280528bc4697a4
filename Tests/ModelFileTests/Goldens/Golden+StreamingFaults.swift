@testable import ModelFile

extension Golden {
  static let streamingFaults = [
    Golden(
      .missingKey, in: .cdnOutage, replacing: "    for: 3min\n",
      says: """
        cdn-outage.yaml:4:3: error: `down` lacks the key `for` [missing-key]
        4 |   down:
          |   ^^^^ `for`: how long it lasts
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: flush-cache\n    target: mobile",
      says: """
        cdn-outage.yaml:8:13: error: `flush-cache` needs caches, and this is a cohort of players [bad-target]
        8 |     target: mobile
          |             ^^^^^^ expected a CDN, `alpha edge`, `alpha shield`, `alpha#3`, or a service's calls, such as `origin -> packager`
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: flush-cache\n    target: alpha -> origin",
      says: """
        cdn-outage.yaml:8:13: error: `alpha` keeps nothing of what `origin` answers [bad-target]
        8 |     target: alpha -> origin
          |             ^^^^^^^^^^^^^^^ `cache` of a service's dependency says what it keeps
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: flush-cache\n    target: alpha shield",
      says: """
        cdn-outage.yaml:8:13: error: `alpha` has no shield [bad-target]
        8 |     target: alpha shield
          |             ^^^^^^^^^^^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "target: alpha", with: "target: alpha edge",
      says: """
        cdn-outage.yaml:8:13: error: `error` strikes what players ask of a CDN, not one of its tiers [bad-target]
        8 |     target: alpha edge
          |             ^^^^^^^^^^ expected `alpha`, one of its edge sites, `alpha#0`, or its calls, such as `alpha -> origin`
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: bandwidth\n    factor: 20%\n    target: alpha",
      says: """
        cdn-outage.yaml:9:13: error: the sites of `alpha` have no `capacity` of which a part could be left [bad-target]
        9 |     target: alpha
          |             ^^^^^ say `to: 10Gbps`
        """),
    Golden(
      .missingKey, in: .cdnOutage, replacing: "inject: error", with: "inject: bandwidth",
      says: """
        cdn-outage.yaml:4:3: error: a bandwidth fault needs `to` or `factor` [missing-key]
        4 |   down:
          |   ^^^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: partition\n    from: alpha shield\n    target: mobile",
      says: """
        cdn-outage.yaml:8:11: error: `alpha` has no shield [bad-target]
        8 |     from: alpha shield
          |           ^^^^^^^^^^^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: partition\n    from: living-room\n    target: mobile",
      says: """
        cdn-outage.yaml:9:13: warning: nothing is ever sent between these groups: the fault strikes nothing [bad-target]
        9 |     target: mobile
          |             ^^^^^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "target: alpha", with: "target: [mobile, alpha]",
      says: """
        cdn-outage.yaml:8:22: error: a list with cohorts of players can hold no other parts of the system, which their requests reach [bad-target]
        8 |     target: [mobile, alpha]
          |                      ^^^^^ make it a fault of its own
        """),
    Golden(
      .badRamp, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: bandwidth\n    to: from 1Gbps to 1Gbps over 1min\n    target: alpha",
      says: """
        cdn-outage.yaml:8:9: error: both ends of this ramp are the same [bad-ramp]
        8 |     to: from 1Gbps to 1Gbps over 1min
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: surge\n    factor: x2\n    target: alpha",
      says: """
        cdn-outage.yaml:9:13: error: `surge` needs a workload, `sessions` or a cohort of players, and this is a CDN [bad-target]
        9 |     target: alpha
          |             ^^^^^
        """),
  ]
}
