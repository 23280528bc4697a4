/// The files of a first system.
enum Scaffold {
  static let files = [
    (name: "model.yaml", text: model), (name: "scenario.yaml", text: scenario), (name: "campaign.yaml", text: campaign),
  ]

  private static let model = """
    # A system: who asks, and what answers. Every quantity has its unit.
    model: first-system
    description: A front-end that shows a page with and without something personal on it.
    time: {warmup: 20s, horizon: 2min}            # the horizon includes the warm-up, which is not measured

    workloads:                                    # who asks, how often, and for what
      visitors:
        arrivals: poisson(40/s)
        call: front.page
      members:
        arrivals: poisson(40/s)
        call: front.personal-page

    services:
      front:
        replicas: 2
        pool: {threads: 20, queue: 10}            # of each replica; a full queue rejects
        dependencies:
          profile:                                # what it calls, and how it protects itself
            call: profile.read
            timeout: 2s
            bulkhead: {concurrent: 5}             # at most 5 threads of a replica ever wait for a profile
            fallback: {returns: no-profile, takes: 1ms}   # the page without it: degraded, not failed
        endpoints:
          page: [work: lognormal(p50=5ms p99=40ms)]
          personal-page:
            - work: lognormal(p50=5ms p99=40ms)
            - call: profile
      profile:
        replicas: 2
        pool: {threads: 20, queue: unbounded}     # so when it hangs, who asks waits until the timeout
        endpoints:
          read: [work: lognormal(p50=8ms p99=60ms)]

    objectives:
      pages: {indicator: availability(visitors), target: 99.9%}

    """

  private static let scenario = """
    # What breaks, and what is expected all the same.
    scenario: profile-hangs
    model: model.yaml
    faults:
      no-answer:
        at: 40s                                   # from the start, warm-up included
        for: 40s
        inject: hang                              # or unavailable, error, latency, slow, crash, capacity, pause, surge
        target: profile
    expect:
      visitors-see-pages:
        that: availability(visitors) >= 99%
        during: faults
    confidence: 95%

    """

  private static let campaign = """
    # Two designs, compared on the same random numbers.
    campaign: first-campaign
    model: model.yaml
    scenario: scenario.yaml
    variants:
      isolated: {}
      shared-pool: {set: {services.front.dependencies.profile.bulkhead: none}}
    baseline: isolated
    outcomes: [availability(visitors) during faults, availability(members) during faults]
    replications: 60
    confidence: 95%
    seed: 20170

    """
}
