extension Golden {
  static let references: [Golden] = [
    Golden(
      .unknownService, in: .shop, replacing: "call: viewing-history.list", with: "call: viewing-histroy.list",
      says: """
        shop.yaml:17:23: error: unknown service `viewing-histroy` [unknown-service]
        17 |       history: {call: viewing-histroy.list, policy: paved-road}
           |                       ^^^^^^^^^^^^^^^ did you mean `viewing-history`?
        """),
    Golden(
      .unknownService, in: .outage, replacing: "target: viewing-history", with: "target: zuul",
      says: """
        outage.yaml:8:13: error: unknown service or workload `zuul` [unknown-service]
        8 |     target: zuul
          |             ^^^^ expected `viewers`, `viewing-history` or `web`
        """),
    Golden(
      .unknownEndpoint, in: .shop, replacing: "call: viewing-history.list", with: "call: viewing-history.lst",
      says: """
        shop.yaml:17:39: error: `viewing-history` has no endpoint `lst` [unknown-endpoint]
        17 |       history: {call: viewing-history.lst, policy: paved-road}
           |                                       ^^^ did you mean `list`?
        """),
    Golden(
      .unknownEndpoint, in: .shop, replacing: "call: web.play", with: "call: web",
      says: """
        shop.yaml:10:11: error: `web` is not an endpoint [unknown-endpoint]
        10 |     call: web
           |           ^^^ expected `web.play`
        """),
    Golden(
      .unknownDependency, in: .shop, replacing: "call: history]", with: "call: histories]",
      says: """
        shop.yaml:19:31: error: `web` has no dependency `histories` [unknown-dependency]
        19 |       play: [work: 2ms, call: histories]
           |                               ^^^^^^^^^ did you mean `history`?
        """),
    Golden(
      .unknownDependency, in: .shop, replacing: "call: web.play", with: "call: web.play\n    fallback: {call: history}",
      says: """
        shop.yaml:11:22: error: a workload has no dependency `history` [unknown-dependency]
        11 |     fallback: {call: history}
           |                      ^^^^^^^
        """),
    Golden(
      .unknownWorkload, in: .campaign, replacing: "[availability(viewers)", with: "[availability(viewer)",
      says: """
        campaign.yaml:7:25: error: unknown workload `viewer` [unknown-workload]
        7 | outcomes: [availability(viewer) during faults]
          |                         ^^^^^^ did you mean `viewers`?
        """),
    Golden(
      .unknownZone, in: .shop, replacing: "zones: [a, b]\n    pool", with: "zones: [a, c]\n    pool",
      says: """
        shop.yaml:14:16: error: unknown zone `c` [unknown-zone]
        14 |     zones: [a, c]
           |                ^ expected `a` or `b`
        """),
    Golden(
      .unknownRegion, in: .outage, replacing: "target: viewing-history", with: "target: region us-west",
      says: """
        outage.yaml:8:20: error: unknown region `us-west` [unknown-region]
        8 |     target: region us-west
          |                    ^^^^^^^ did you mean `us-east`?
        """),
    Golden(
      .unknownPolicy, in: .shop, replacing: "policy: paved-road}", with: "policy: paved}",
      says: """
        shop.yaml:17:53: error: unknown policy `paved` [unknown-policy]
        17 |       history: {call: viewing-history.list, policy: paved}
           |                                                     ^^^^^ did you mean `paved-road`?
        """),
    Golden(
      .unknownVariant, in: .campaign, replacing: "outcomes:", with: "baseline: isolatd\noutcomes:",
      says: """
        campaign.yaml:7:11: error: unknown variant `isolatd` [unknown-variant]
        7 | baseline: isolatd
          |           ^^^^^^^ did you mean `isolated`?
        """),
  ]
}
