extension Golden {
  static let cdns: [Golden] = [
    Golden(
      .unknownCDN, in: .stream, replacing: "alpha=70% beta=30%",
      with: "alpha=70% betta=30%",
      says: """
        stream.yaml:26:30: error: unknown CDN `betta` [unknown-cdn]
        26 |   policy: weighted(alpha=70% betta=30%)
           |                              ^^^^^ did you mean `beta`?
        """),
    Golden(
      .sharesNotWhole, in: .stream, replacing: "beta=30%",
      with: "beta=20%",
      says: """
        stream.yaml:26:11: error: the parts of the CDNs add up to 90%, not to 100% [shares-not-whole]
        26 |   policy: weighted(alpha=70% beta=20%)
           |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .unknownKey, in: .stream, replacing: "  policy: weighted(alpha=70% beta=30%)",
      with: "  policy: weighted(alpha=70% beta=30%)\n  threshold: 5%",
      says: """
        stream.yaml:27:3: error: `threshold` is not a setting of `weighted` [unknown-key]
        27 |   threshold: 5%
           |   ^^^^^^^^^ it has none
        """),
    Golden(
      .unknownWord, in: .stream, replacing: "weighted(",
      with: "weigthed(",
      says: """
        stream.yaml:26:11: error: `weigthed` is not a value of `policy` [unknown-word]
        26 |   policy: weigthed(alpha=70% beta=30%)
           |           ^^^^^^^^ did you mean `weighted`?
        """),
    Golden(
      .badRule, in: .stream, replacing: "weighted(alpha=70% beta=30%)",
      with: "rule\n  rule: if error-ratio then 0 else 1",
      says: """
        stream.yaml:27:12: error: a condition is needed here, and this is a number [bad-rule]
        27 |   rule: if error-ratio then 0 else 1
           |            ^^^^^^^^^^^ such as `… > 5%`
        """),
    Golden(
      .conflictingKeys, in: .stream, replacing: "origin: {call",
      with: "origin: {cache: {size: 1GB}, call",
      says: """
        stream.yaml:24:14: error: only a service keeps answers: `cache` has no meaning here [conflicting-keys]
        24 |     origin: {cache: {size: 1GB}, call: origin.segment, timeout: 2s}
           |              ^^^^^
        """),
    Golden(
      .unusedCDN, in: .stream, replacing: "weighted(alpha=70% beta=30%)",
      with: "priority(alpha)",
      says: """
        stream.yaml:26:11: warning: no player is told to use the CDN `beta` [unused-cdn]
        26 |   policy: priority(alpha)
           |           ^^^^^^^^^^^^^^^
        """),
    Golden(
      .unusedSetting, in: .stream, replacing: "policy: weighted",
      with: "cap: 80%\n  policy: weighted",
      says: """
        stream.yaml:26:8: warning: `cap` has no effect, since no CDN has a `capacity` [unused-setting]
        26 |   cap: 80%
           |        ^^^
        """),
    Golden(
      .missingKey, in: .stream, replacing: "size: 4TB",
      with: "size: 4TB, policy: ttl",
      says: """
        stream.yaml:20:49: error: the policy `ttl` needs the key `ttl` [missing-key]
        20 |     edge: {sites: 4, cache: {size: 4TB, policy: ttl}, latency: 10ms}
           |                                                 ^^^ say how long objects are fresh, such as `ttl: 24h`
        """),
    Golden(
      .wrongUnit, in: .stream, replacing: "size: 4TB",
      with: "size: 4Tb/s",
      says: """
        stream.yaml:20:37: error: `Tb/s` is not a unit of a size [wrong-unit]
        20 |     edge: {sites: 4, cache: {size: 4Tb/s}, latency: 10ms}
           |                                     ^^^^ expected `B`, `KB`, `kB`, `KiB`, `MB`, `MiB`, `GB`, `GiB`, `TB`, `TiB`, `PB` or `PiB`
        """),
    Golden(
      .wrongUnit, in: .stream, replacing: "origin: {call",
      with: "price: 9 EUR/TB\n    origin: {call",
      set: ["cdns.alpha.price=0.02 USD/GB"],
      says: """
        stream.yaml:18:1: error: prices are in `EUR` and `USD`, and can't be compared [wrong-unit]
        18 | cdns:
           | ^^^^
        """),
    Golden(
      .wrongUnit, in: .stream, replacing: "  alpha:",
      with: "  alpha:\n    price: 0.1 $/GB",
      says: """
        stream.yaml:20:16: error: `$/GB` is not a unit of a price [wrong-unit]
        20 |     price: 0.1 $/GB
           |                ^^^^ expected a currency for a GB or a TB, such as `USD/GB`
        """),
    Golden(
      .unknownRegion, in: .stream, replacing: "{eu: 2}",
      with: "{us: 2}",
      says: """
        stream.yaml:23:20: error: unknown region `us` [unknown-region]
        23 |     edge: {sites: {us: 2}, cache: {size: 2TB}, latency: 10ms}
           |                    ^^ expected `eu`
        """),
    Golden(
      .timeoutAboveCaller, in: .stream, replacing: "api: {pool: {threads: 10}, endpoints: {play: [work: 2ms],",
      with:
        "api: {pool: {threads: 10}, dependencies: {d: {call: origin.segment, timeout: 9s}}, endpoints: {play: [call: d],",
      says: """
        stream.yaml:28:80: warning: `api` waits up to 9s for `d`, longer than the 3s that a session waits for it [timeout-above-caller]
        28 |   api: {pool: {threads: 10}, dependencies: {d: {call: origin.segment, timeout: 9s}}, endpoints: {play: [call: d], licence: [work: 1ms]}}
           |                                                                                ^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "inject: error",
      with: "inject: slow\n    speed: 50%",
      says: """
        cdn-outage.yaml:9:13: error: `slow` needs a service, a replica, a zone or a region, and this is a CDN [bad-target]
        9 |     target: alpha
          |             ^^^^^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "target: alpha",
      with: "target: sessions",
      says: """
        cdn-outage.yaml:8:13: error: `error` needs a part of the system, and this is what all viewers do [bad-target]
        8 |     target: sessions
          |             ^^^^^^^^ expected a service, a CDN, a cohort, or calls such as `sessions -> service`
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "target: alpha",
      with: "target: alpha#4",
      says: """
        cdn-outage.yaml:8:19: error: `alpha` has 4 sites, numbered from 0 to 3 [bad-target]
        8 |     target: alpha#4
          |                   ^
        """),
    Golden(
      .badTarget, in: .cdnOutage, replacing: "target: alpha",
      with: "target: alpha -> api",
      says: """
        cdn-outage.yaml:8:13: error: `alpha` does not call `api` [bad-target]
        8 |     target: alpha -> api
          |             ^^^^^^^^^^^^ it calls `origin`
        """),
    Golden(
      .badScope, in: .cdnOutage, replacing: "target: alpha",
      with: "target: alpha\n    scope: 2 replicas",
      says: """
        cdn-outage.yaml:9:12: error: a number of replicas needs a service, a zone or a region as target, and this is a CDN [bad-scope]
        9 |     scope: 2 replicas
          |            ^^^^^^^^^^
        """),
    Golden(
      .unknownService, in: .cdnOutage, replacing: "target: alpha",
      with: "target: alfa",
      says: """
        cdn-outage.yaml:8:13: error: unknown service, workload or CDN `alfa` [unknown-service]
        8 |     target: alfa
          |             ^^^^ expected `alpha`, `api`, `beta`, `living-room`, `mobile` or `origin`
        """),
    Golden(
      .conflictingKeys, in: .cdnOutage, replacing: "target: alpha",
      with: "target: origin\n    status: 404",
      says: """
        cdn-outage.yaml:9:5: error: `status` is what a CDN answers: services know no statuses [conflicting-keys]
        9 |     status: 404
          |     ^^^^^^
        """),
    Golden(
      .outOfRange, in: .cdnOutage, replacing: "target: alpha",
      with: "target: alpha\n    status: 200",
      says: """
        cdn-outage.yaml:9:13: error: `status` has to be at least 400 [out-of-range]
        9 |     status: 200
          |             ^^^
        """),
    Golden(
      .workloadWithoutDevices, in: .cdnOutage, replacing: "target: alpha",
      with: "target: alpha\n    scope: 5%",
      files: ["stream.yaml": Base.stream.text.replacingFirst("devices: 1000, ", with: "")],
      says: """
        cdn-outage.yaml:9:12: warning: `living-room` has no `devices`: each session counts as its own device [workload-without-devices]
        9 |     scope: 5%
          |            ^^ give it `devices`, or say `of requests`
        """),
  ]
}
