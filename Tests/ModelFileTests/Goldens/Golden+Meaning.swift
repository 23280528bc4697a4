extension Golden {
  static let meaning: [Golden] = [
    Golden(
      .conflictingKeys, in: .queue, replacing: "    endpoints:",
      with: """
            autoscaling: {signal: cpu, target: 60%, min: 1, max: 4, boot: 40s}
            endpoints:
        """,
      says: """
        model.yaml:10:27: error: `cpu` needs the service's `cores`, and none are given [conflicting-keys]
        10 |     autoscaling: {signal: cpu, target: 60%, min: 1, max: 4, boot: 40s}
           |                           ^^^ give `cores`, or say `signal: threads`
        """),
    Golden(
      .outOfRange, in: .queue, replacing: "    endpoints:",
      with: """
            autoscaling: {target: 60%, min: 2, max: 4, boot: 40s}
            endpoints:
        """,
      says: """
        model.yaml:10:18: error: `replicas: 1` is not between the 2 and the 4 of `autoscaling` [out-of-range]
        10 |     autoscaling: {target: 60%, min: 2, max: 4, boot: 40s}
           |                  ^
        """),
    Golden(
      .callCycle, in: .shop, replacing: "list: [work: 5ms]",
      with: """
        list: [work: 5ms, call: back]
            dependencies: {back: {call: web.play, timeout: 1ms}}
        """,
      says: """
        shop.yaml:24:33: error: these calls go round in a cycle: web.play -> viewing-history.list -> web.play [call-cycle]
        24 |     dependencies: {back: {call: web.play, timeout: 1ms}}
           |                                 ^^^^^^^^
        """),
    Golden(
      .callsTooDeep, text: chain(of: 501),
      says: """
        model.yaml:5:83: error: under this call 500 others are nested, and more than that are not simulated [calls-too-deep]
        5 |   s0: {pool: {threads: 1}, dependencies: {d: {call: s1.e}}, endpoints: {e: [call: d]}}
          |                                                                                   ^
        """),
    Golden(
      .fallbackCycle, in: .shop, replacing: "policy: paved-road}",
      with: "policy: paved-road, fallback: {call: history}}",
      says: """
        shop.yaml:17:82: error: these dependencies fall back on each other: web.dependencies.history -> web.dependencies.history [fallback-cycle]
        17 |       history: {call: viewing-history.list, policy: paved-road, fallback: {call: history}}
           |                                                                                  ^^^^^^^
        """),
    Golden(
      .warmupTooLong, in: .queue, replacing: "warmup: 500s", with: "warmup: 6h",
      says: """
        model.yaml:2:16: error: the warm-up of 6h leaves nothing to measure before the horizon of 20000s [warmup-too-long]
        2 | time: {warmup: 6h, horizon: 20000s}
          |                ^^
        """),
    Golden(
      .faultAfterHorizon, in: .outage, replacing: "at: 3min", with: "at: 10min",
      says: """
        outage.yaml:5:9: error: the fault begins at 10min, not before the horizon of 10min [fault-after-horizon]
        5 |     at: 10min
          |         ^^^^^
        """),
    Golden(
      .endlessLife, in: .queue, replacing: "    endpoints:",
      with: """
            failures: {wear: {every: pareto(shape=0.8 min=1d), repair: 1h}}
            endpoints:
        """,
      says: """
        model.yaml:10:30: error: the mean time between failures is infinite, so that there is no equilibrium to start from [endless-life]
        10 |     failures: {wear: {every: pareto(shape=0.8 min=1d), repair: 1h}}
           |                              ^^^^^^^^^^^^^^^^^^^^^^^^ say `start: new`
        """),
    Golden(
      .rateBelowZero, in: .queue, replacing: "poisson(14.4/s)", with: "diurnal(mean=10/s peak=25/s at=20:30)",
      says: """
        model.yaml:5:38: error: a peak above twice the mean would need a rate below zero at night [rate-below-zero]
        5 |     arrivals: diurnal(mean=10/s peak=25/s at=20:30)
          |                                      ^^^^
        """),
    Golden(
      .unusedEndpoint, in: .queue, replacing: "      serve:", with: "      idle: [work: 1ms]\n      serve:",
      says: """
        model.yaml:11:7: warning: nothing calls `desk.idle` [unused-endpoint]
        11 |       idle: [work: 1ms]
           |       ^^^^
        """),
    Golden(
      .unusedPolicy, in: .shop, replacing: "policy: paved-road}", with: "timeout: 1s}",
      says: """
        shop.yaml:6:3: warning: nothing adopts the policy `paved-road` [unused-policy]
        6 |   paved-road: {timeout: 250ms, bulkhead: {threads: 10}}
          |   ^^^^^^^^^^
        """),
    Golden(
      .faultOutlastsHorizon, in: .outage, replacing: "for: 3min", with: "for: 1h",
      says: """
        outage.yaml:6:10: warning: the fault ends at 63min, after the horizon of 10min [fault-outlasts-horizon]
        6 |     for: 1h
          |          ^^
        """),
    Golden(
      .faultInWarmup, in: .outage, replacing: "model: shop.yaml", with: "model: warm.yaml",
      files: ["warm.yaml": Base.shop.text.replacingFirst("horizon: 10min", with: "warmup: 6min, horizon: 10min")],
      says: """
        outage.yaml:5:9: warning: the fault ends at 6min, within the warm-up of 6min: nothing of it is measured [fault-in-warmup]
        5 |     at: 3min
          |         ^^^^
        """),
    Golden(
      .workloadWithoutDevices, in: .outage, replacing: "inject: hang", with: "inject: hang\n    scope: 5%",
      says: """
        outage.yaml:8:12: warning: `viewers` has no `devices`: each request counts as its own device [workload-without-devices]
        8 |     scope: 5%
          |            ^^ give it `devices`, or say `of requests`
        """),
    Golden(
      .workloadWithoutDevices, in: .outage, replacing: "inject: hang", with: "inject: hang\n    scope: 5% of devices",
      files: [
        "shop.yaml": Base.shop.text.replacingFirst(
          "workloads:", with: "workloads:\n  browsing: {arrivals: poisson(1/s), devices: none, call: web.play}")
      ],
      says: """
        outage.yaml:8:12: warning: `browsing` and `viewers` have no `devices`: each request counts as its own device [workload-without-devices]
        8 |     scope: 5% of devices
          |            ^^^^^^^^^^^^^ give them `devices`, or say `of requests`
        """),
    Golden(
      .minimumAboveWindow, in: .shop, replacing: "policy: paved-road}",
      with: "policy: paved-road, breaker: {window: 10 calls, minimum: 20 calls}}",
      says: """
        shop.yaml:17:102: warning: the minimum is above the window of 10 calls, which is used instead [minimum-above-window]
        17 |       history: {call: viewing-history.list, policy: paved-road, breaker: {window: 10 calls, minimum: 20 calls}}
           |                                                                                                      ^^^^^^^^
        """),
    Golden(
      .timeoutAboveCaller, in: .shop, replacing: "call: web.play", with: "call: web.play\n    timeout: 100ms",
      says: """
        shop.yaml:6:25: warning: `web` waits up to 250ms for `history`, longer than the 100ms that the workload `viewers` waits for it [timeout-above-caller]
        6 |   paved-road: {timeout: 250ms, bulkhead: {threads: 10}}
          |                         ^^^^^
        """),
  ]
}

/// Services of which each calls the next.
private func chain(of count: Int) -> String {
  let services = (0..<count - 1).map {
    "  s\($0): {pool: {threads: 1}, dependencies: {d: {call: s\($0 + 1).e}}, endpoints: {e: [call: d]}}"
  }
  return """
    model: deep
    time: {horizon: 2s}
    workloads: {w: {arrivals: constant(5/s), call: s0.e}}
    services:

    """ + (services + ["  s\(count - 1): {pool: {threads: 1}, endpoints: {e: []}}"]).joined(separator: "\n") + "\n"
}
