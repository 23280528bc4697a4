@testable import ModelFile

extension Golden {
  private static func set(_ id: DiagnosticID, _ settings: String, says rendered: String) -> Golden {
    Golden(
      id, in: .outage, replacing: "inject: hang\n    target: viewing-history", with: "inject: set\n    \(settings)",
      says: rendered)
  }

  /// Values that are set while the system runs.
  static let settings = [
    set(
      .notSettable, "path: services.web.style\n    to: async",
      says: """
        outage.yaml:8:11: error: `services.web.style` can't be set at run time [not-settable]
        8 |     path: services.web.style
          |           ^^^^^^^^^^^^^^^^^^ what can be set: `services.*.pool.threads`, `services.*.pool.queue`, `services.*.cores`, `services.*.replicas`, `services.*.balancing`, `services.*.cancellation`, \
        `services.*.autoscaling.target`, `services.*.autoscaling.min`, `services.*.autoscaling.max`, `services.*.autoscaling.tolerance`, `services.*.autoscaling.boot`, \
        `services.*.endpoints.*.*.work`, `services.*.endpoints.*.*.probability`, \
        `workloads.*.arrivals`, `sessions.arrivals`, and of the calls `services.*.dependencies.*`, `workloads.*`, \
        `sessions.dependencies.*`, `cdns.*.origin`, `cdns.*.manifest-origin`, `catalog.live.encode`, `catalog.live.standby`: timeout, deadline, retry, breaker, bulkhead, fallback
        """),
    set(
      .notSettable, "path: services.web.stage\n    to: api",
      says: """
        outage.yaml:8:11: error: `services.web.stage` changes nothing that is simulated [not-settable]
        8 |     path: services.web.stage
          |           ^^^^^^^^^^^^^^^^^^
        """),
    set(
      .notSettable, "path: services.web.cores\n    to: 4",
      says: """
        outage.yaml:8:11: error: whether work of `web` shares cores can't be set at run time, only how many there are [not-settable]
        8 |     path: services.web.cores
          |           ^^^^^^^^^^^^^^^^^^
        """),
    set(
      .notSettable, "path: services.viewing-history.balancing\n    to: random",
      says: """
        outage.yaml:8:11: error: `viewing-history` has one replica, and there is nothing to choose [not-settable]
        8 |     path: services.viewing-history.balancing
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    set(
      .notSettable, "path: services.web.dependencies.history.retry\n    to: {attempts: 1}",
      says: """
        outage.yaml:8:11: error: with one attempt nothing is made again [not-settable]
        8 |     path: services.web.dependencies.history.retry
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    set(
      .notSettable, "path: workloads.viewers.arrivals\n    to: closed(clients=3 think=1s)",
      says: """
        outage.yaml:8:11: error: the arrivals of `viewers` can only be set where they are `poisson`, `constant` or `renewal`, and stay so [not-settable]
        8 |     path: workloads.viewers.arrivals
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^ `surge` multiplies the arrivals of any workload
        """),
    set(
      .badPath, "path: services.web.pool.treads\n    to: 4",
      says: """
        outage.yaml:8:29: error: there is no key `treads` here [bad-path]
        8 |     path: services.web.pool.treads
          |                             ^^^^^^ did you mean `threads`?
        """),
    set(
      .outOfRange, "path: services.web.pool.threads\n    to: 0",
      says: """
        outage.yaml:9:9: error: `threads` has to be at least 1 [out-of-range]
        9 |     to: 0
          |         ^
        """),
    set(
      .badRamp, "path: services.web.balancing\n    to: from random to least-request over 1min",
      says: """
        outage.yaml:9:9: error: only a number can move, and from one number to another [bad-ramp]
        9 |     to: from random to least-request over 1min
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    set(
      .badScope, "path: services.web.pool.threads\n    to: 4\n    scope: 5% of requests",
      says: """
        outage.yaml:10:12: error: `set` changes a value for everyone [bad-scope]
        10 |     scope: 5% of requests
           |            ^^^^^^^^^^^^^^
        """),
    set(
      .badTarget, "path: services.web.replicas\n    to: 4\n    target: web#0",
      says: """
        outage.yaml:10:13: error: `services.web.replicas` has one value for all [bad-target]
        10 |     target: web#0
           |             ^^^^^ leave out `target` and `scope`
        """),
    set(
      .missingKey, "path: services.web.replicas",
      says: """
        outage.yaml:4:3: error: `down` lacks the key `to` [missing-key]
        4 |   down:
          |   ^^^^ `to`: the value, as it would stand in the model; numbers may move, `from 10 to 2 over 5min`
        """),
    Golden(
      .notSettable, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: set\n    path: cdns.alpha.edge.cache.size\n    to: 1TB",
      says: """
        cdn-outage.yaml:8:11: error: `cdns.alpha.edge.cache.size` can't be set at run time [not-settable]
        8 |     path: cdns.alpha.edge.cache.size
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^ `flush-cache` empties caches
        """),
    Golden(
      .settingsOverlap, in: .outage, replacing: "inject: hang\n    target: viewing-history",
      with: """
        inject: set
            path: services.web.pool
            to: {threads: 4}
          later: {at: 5min, for: 1min, inject: set, path: services.web.pool.threads, to: 3}
        """,
      says: """
        outage.yaml:10:51: error: `later` sets this while `down` does: what it is then nobody says [settings-overlap]
        10 |   later: {at: 5min, for: 1min, inject: set, path: services.web.pool.threads, to: 3}
           |                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ let one end before the other begins
        """),
  ]
}
