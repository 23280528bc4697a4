/// The models that are timed, as model files: the benchmark takes the path a user's model takes.
enum Workloads {
  /// One queue: Poisson arrivals, one thread, exponential work, 80% busy.
  static func mm1(customers: Int) -> String {
    """
    model: mm1
    workloads:
      customers: {arrivals: poisson(0.8/s), call: desk.serve}
    services:
      desk:
        pool: {threads: 1, queue: unbounded}
        endpoints:
          serve: [work: exponential(mean=1s)]
    time: {horizon: \(Double(customers) / 0.8)s}
    """
  }

  /// Requests a second that the chain's last tier, 16 threads of 10 ms, serves at 80%.
  static let chainRate = 1280.0

  /// Three tiers of 64, 32 and 16 threads; each call waits 1 s and is made three times.
  static func chain(requests: Int) -> String {
    """
    model: chain
    policies:
      careful: {timeout: 1s, retry: {attempts: 3, backoff: 50ms}}
    workloads:
      w: {arrivals: poisson(\(chainRate)/s), call: a.serve, policy: careful}
    services:
      a:
        pool: {threads: 64, queue: 1000}
        dependencies: {b: {call: b.serve, policy: careful}}
        endpoints:
          serve: [work: lognormal(mean=10ms cv=1), call: b]
      b:
        pool: {threads: 32, queue: 1000}
        dependencies: {c: {call: c.serve, policy: careful}}
        endpoints:
          serve: [work: lognormal(mean=10ms cv=1), call: c]
      c:
        pool: {threads: 16, queue: 1000}
        endpoints:
          serve: [work: lognormal(mean=10ms cv=1)]
    time: {horizon: \(Double(requests) / chainRate)s}
    """
  }
}
