@testable import ModelFile

extension Golden {
  private static func set(_ id: DiagnosticID, _ settings: String, says rendered: String) -> Golden {
    Golden(
      id, in: .outage, replacing: "inject: hang\n    target: viewing-history", with: "inject: set\n    \(settings)",
      says: rendered)
  }

  /// Values that are set while the system runs.
  static let settings = [
    set(.notSettable, "path: services.web.style\n    to: async", says: "?"),
    set(.notSettable, "path: policies.paved-road.fallback\n    to: {returns: nothing}", says: "?"),
    set(.notSettable, "path: services.web.cores\n    to: 4", says: "?"),
    set(.notSettable, "path: services.viewing-history.balancing\n    to: random", says: "?"),
    set(.notSettable, "path: services.web.dependencies.history.retry\n    to: {attempts: 1}", says: "?"),
    set(.notSettable, "path: workloads.viewers.arrivals\n    to: closed(clients=3 think=1s)", says: "?"),
    set(.badPath, "path: services.web.pool.treads\n    to: 4", says: "?"),
    set(.outOfRange, "path: services.web.pool.threads\n    to: 0", says: "?"),
    set(.badRamp, "path: services.web.balancing\n    to: from random to least-request over 1min", says: "?"),
    set(.badScope, "path: services.web.pool.threads\n    to: 4\n    scope: 5% of requests", says: "?"),
    set(.badTarget, "path: services.web.replicas\n    to: 4\n    target: web#0", says: "?"),
    set(.missingKey, "path: services.web.replicas", says: "?"),
    Golden(
      .notSettable, in: .cdnOutage, replacing: "inject: error\n    target: alpha",
      with: "inject: set\n    path: cdns.alpha.edge.cache.size\n    to: 1TB", says: "?"),
    Golden(
      .settingsOverlap, in: .outage, replacing: "  down:",
      with:
        "  first: {at: 1min, for: 3min, inject: set, path: services.web.pool.threads, to: 3}\n  second:\n    path: services.web.pool\n    to: {threads: 4}", says: "?"),
  ]
}
