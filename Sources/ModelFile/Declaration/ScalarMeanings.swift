/// What the expressions of the language mean, for who has but the schema.
enum Meaning {
  static let distribution = """
    A duration such as `40ms`, or a distribution with parameters separated by blanks: `constant(value=…)`, \
    `exponential(mean=…)`, `lognormal(p50=… p99=…)` or `(mean=… cv=…)` or `(mu=… sigma=…)`, \
    `weibull(shape=… mean=…)` or `(shape=… scale=…)`, `gamma(shape=… mean=…)` or `(mean=… cv=…)`, \
    `erlang(k=… mean=…)`, `hyperexponential(30%=10ms 70%=1ms)`, `pareto(shape=… min=…)`, \
    `loglogistic(p50=… shape=…)`, `uniform(min=… max=…)`, `triangular(min=… mode=… max=…)`, \
    `empirical(file.csv column=… unit=…)`, `mixture(99%=5ms 1%=exponential(mean=1s))`, \
    `shifted(exponential(mean=2ms) by=3ms)`, `truncated(exponential(mean=2ms) max=30ms)`.
    """

  static let arrivals = """
    `poisson(120/s)` at random; `constant(120/s)` evenly spaced; `renewal(erlang(k=2 mean=1s))` with such times \
    between arrivals; `diurnal(mean=600/s peak=800/s at=20:30)` at random, at a rate with a daily peak; \
    `piecewise(0s=100/s 10min=300/s)` at random, each rate from its time on; \
    `ramp(from=100/s to=18000/s over=10min)` at random, at a rate that moves linearly, with `at=5min` from then on; \
    `replay(arrivals.csv column=t unit=s)` as recorded, each at its time since the start of the replication; \
    `closed(clients=10 think=exponential(mean=1s))` clients who think, ask, and wait for the answer.
    """

  static let backoff = """
    A constant pause such as `500ms`, or `exponential(base=50ms factor=2 max=1s)`: min(max, base x factor^(n-1)) \
    before the n-th retry.
    """

  static let target = """
    A service `web`; an endpoint `web.play`; the calls of one service or workload to a service, `web -> history`; a \
    replica `web#2`, numbered from 0; `zone us-east.a`; `region us-east`; a zone's replicas of one service, \
    `web in zone us-east.a`; the threads of a service, `pool web`, or the bulkhead of a dependency, \
    `pool web -> history`; a CDN `alpha`; one of its edge sites, \
    `alpha#3`, numbered from 0; the calls of sessions or of a CDN, `sessions -> web` or `alpha -> origin`; what the \
    players of a cohort ask, `mobile`; for a flush also `alpha edge`, `alpha shield`, and calls of whose answers the \
    caller keeps some; or, for a surge, a workload, `sessions` or a cohort.
    """

  static let scope = """
    `100%` or `everything`; `5%` or `5% of devices`: all calls made for this part of the devices, the same ones at \
    every fault; `5% of requests`; `one device`; `2 replicas`. Devices and requests fit the effects on calls \
    (unavailable, hang, error, latency, loss) and on players' networks (bandwidth, loss), of cohorts of players as of workloads; replicas fit services, zones and regions.
    """
}
