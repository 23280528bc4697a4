/// A system in which every family of distributions, four laws of arrivals and two kinds of random fault draws.
enum EveryDistribution {
  static let model = """
    model: every-distribution
    time: {warmup: 2s, horizon: 14s, start: 19:30}
    workloads:
      by-day: {arrivals: diurnal(mean=40/s peak=60/s at=20:30), devices: 500, call: front.page}
      by-pieces: {arrivals: piecewise(0s=20/s 7s=50/s), call: front.page}
      by-renewal: {arrivals: renewal(erlang(k=2 mean=40ms)), call: front.page}
      by-clients: {arrivals: closed(clients=10 think=exponential(mean=200ms)), call: front.page}
    services:
      front:
        replicas: 2
        pool: {threads: 60, queue: 40}
        dependencies:
          back:
            call: back.read
            timeout: 150ms
            retry: {attempts: 2, backoff: exponential(base=50ms factor=2 max=1s), jitter: full}
            fallback: {returns: nothing, takes: gamma(shape=0.2 mean=1ms), fails: 1%}
        endpoints:
          page:
            - work: 2ms
            - work: exponential(mean=3ms)
            - work: lognormal(p50=3ms p99=20ms)
            - work: weibull(shape=0.8 mean=2ms)
            - work: gamma(shape=2 mean=2ms)
            - work: erlang(k=3 mean=3ms)
            - work: hyperexponential(30%=1ms 70%=4ms)
            - call: back
      back:
        replicas: 3
        pool: {threads: 40, queue: unbounded}
        failures:
          crash: {every: weibull(shape=0.9 mean=1min), repair: loglogistic(p50=4s shape=3), each: replica}
        endpoints:
          read:
            - work: pareto(shape=2.5 min=1ms)
            - work: loglogistic(p50=2ms shape=3)
            - work: uniform(min=1ms max=5ms)
            - work: triangular(min=1ms mode=2ms max=6ms)
            - work: empirical(times.csv column=ms unit=ms)
            - work: mixture(90%=exponential(mean=2ms) 10%=lognormal(p50=4ms p99=40ms))
            - work: shifted(exponential(mean=2ms) by=1ms)
            - work: truncated(lognormal(p50=2ms p99=20ms) max=10ms)
    objectives:
      pages: {indicator: availability(by-day), target: 99%}

    """

  static let times = "ms\n3.1\n1.7\n2.2\n10.9\n2.3\n"

  static let scenario = """
    scenario: slow-back
    model: model.yaml
    faults:
      slow: {at: 5s, for: 5s, inject: latency, add: lognormal(p50=80ms p99=400ms), target: back}
    expect:
      pages-stay: {that: availability(by-day) >= 90%, during: faults}

    """

  static let campaign = """
    campaign: every-distribution
    model: model.yaml
    scenario: scenario.yaml
    variants:
      as-is: {}
      fewer-threads: {set: {services.back.pool.threads: 4}}
    baseline: as-is
    outcomes: [availability(by-day) during faults, latency-p99(by-pieces)]
    replications: 2

    """

  static func write(to folder: Folder) throws {
    try folder.write(model, to: "model.yaml")
    try folder.write(times, to: "times.csv")
    try folder.write(scenario, to: "scenario.yaml")
    try folder.write(campaign, to: "campaign.yaml")
  }
}
