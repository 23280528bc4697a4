/// Files of a system that is simulated in an instant.
enum TinySystem {
  static let model = """
    model: tiny
    time: {warmup: 5s, horizon: 40s}
    workloads:
      users: {arrivals: poisson(30/s), call: front.page}
    services:
      front:
        pool: {threads: 6, queue: 4}
        dependencies:
          back: {call: back.read, timeout: 1s, bulkhead: {concurrent: 2}, fallback: {returns: nothing, takes: 1ms}}
        endpoints:
          page: [{work: lognormal(p50=4ms p99=30ms)}, {call: back}]
      back:
        pool: {threads: 4, queue: unbounded}
        endpoints:
          read: [work: exponential(mean=8ms)]
    objectives:
      pages: {indicator: availability(users), target: 99%}

    """

  /// - Parameter bound: what the availability during faults is expected to reach.
  static func scenario(bound: String = "99%") -> String {
    """
    scenario: back-hangs
    model: model.yaml
    faults:
      no-answer: {at: 15s, for: 15s, inject: hang, target: back}
    expect:
      pages-stay: {that: availability(users) >= \(bound), during: faults}

    """
  }

  static func campaign(replications: Int, seed: Int = 7) -> String {
    """
    campaign: tiny-campaign
    model: model.yaml
    scenario: scenario.yaml
    variants:
      isolated: {}
      shared-pool: {set: {services.front.dependencies.back.bulkhead: none}}
    baseline: isolated
    outcomes: [availability(users) during faults, latency-p50(users)]
    replications: \(replications)
    seed: \(seed)

    """
  }

  static func write(to folder: Folder, replications: Int = 60, bound: String = "99%") throws {
    try folder.write(model, to: "model.yaml")
    try folder.write(scenario(bound: bound), to: "scenario.yaml")
    try folder.write(campaign(replications: replications), to: "campaign.yaml")
  }
}
