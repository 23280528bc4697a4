import Engine
import Model
import Sampling
import Testing

@testable import Engine

/// Mutations: `attempts` that leaves the first call out; the factor applied once too often; a cap that the jitter
/// escapes; a draw of the jitter that is not keyed by the attempt; a retry of whatever failed.
@Suite struct `A retry` {
  private func system(_ retry: Retry, _ effect: FaultEffect = error()) -> TinySystem {
    TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", retry: retry), at: 1000)],
      services: [service("desk", work(10))], faults: [fault(effect, on: .service("desk"), at: 900, for: 1090)])
  }

  private func exponential(_ attempts: Int, base: Double, factor: Double, max: Double, jitter: Retry.Jitter = .none)
    -> Retry
  {
    Retry(
      attempts: attempts, backoff: .exponential(base: ms(base), factor: factor, max: ms(max)), jitter: jitter,
      retryOn: Retry.defaultRetryOn)
  }

  @Test(arguments: [1, 2, 5]) func `counts the first call among its attempts`(attempts: Int) {
    let outcome = system(retry(attempts, pause: 50)).run()
    #expect(outcome.story("viewer") == "failed after \(50 * (attempts - 1)) ms: error at desk")
    #expect(outcome[endpoint: "desk.serve"].arrivals == attempts)
  }

  @Test func `ends with the first success`() {
    var system = system(retry(5, pause: 50))
    system.faults = [fault(error(), on: .service("desk"), at: 900, for: 200)]
    let outcome = system.run()
    // Errors at 1000 and 1050; the fault has gone at 1100.
    #expect(outcome.story("viewer") == "success after 110 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 1 success + 2 failed")
  }

  @Test func `pauses exponentially, up to the longest pause`() {
    #expect(
      system(exponential(5, base: 100, factor: 2, max: 300)).run().story("viewer")
        == "failed after 900 ms: error at desk")
    #expect(
      system(exponential(4, base: 100, factor: 1.5, max: 10_000)).run().story("viewer")
        == "failed after 475 ms: error at desk")
    #expect(
      system(exponential(3, base: 100, factor: 2, max: 50)).run().story("viewer")
        == "failed after 100 ms: error at desk")
    // min(4, 10), min(4, 5), min(4, 2.5): the cap is not carried on.
    #expect(
      system(exponential(4, base: 10, factor: 0.5, max: 4)).run().story("viewer")
        == "failed after 10500000 ns: error at desk")
  }

  @Test func `times its pause from the end of the attempt`() {
    let call = dependency("desk.serve", timeout: 30, retry: retry(3, pause: 50))
    let outcome = TinySystem(workloads: [asks("viewer", call, at: 1000)], services: [service("desk", work(40))]).run()
    // 30 + 50 + 30 + 50 + 30: each attempt has the whole timeout.
    #expect(outcome.story("viewer") == "failed after 190 ms: timeout at viewer -> desk")
    #expect(outcome[endpoint: "desk.serve"].counts == "3 = 3 success")
  }

  @Test(
    arguments: [([.error], 3), ([.timeout, .rejected, .unreachable], 1), ([], 1), (Retry.defaultRetryOn, 3)]
      as [(Set<FailureReason>, Int)])
  func `is made after the reasons that it states`(reasons: Set<FailureReason>, attempts: Int) {
    #expect(system(retry(3, on: reasons)).run()[endpoint: "desk.serve"].arrivals == attempts)
  }

  @Test(arguments: [
    (FailureReason.rejected, 3), (.unreachable, 3), (.timeout, 3), (.bulkheadFull, 1), (.breakerOpen, 1),
  ])
  func `is made by default after all but what the caller's own bulkhead and breaker refuse`(
    reason: FailureReason, attempts: Int
  ) {
    func outcome(_ reasons: Set<FailureReason>) -> ReplicationOutcome {
      let retry = retry(3, pause: 1, on: reasons)
      let call =
        switch reason {
        case .timeout: dependency("desk.serve", timeout: 100, retry: retry)
        case .bulkheadFull: dependency("desk.serve", retry: retry, bulkhead: .concurrent(1, maxWait: .zero))
        case .breakerOpen: dependency("desk.serve", retry: retry, breaker: breaker(window: .calls(1), open: 800))
        case .rejected, .unreachable, .error, .abandoned: dependency("desk.serve", retry: retry)
        }
      return TinySystem(
        workloads: [asks("a", dependency("front.serve"), at: 1000), asks("b", "front.serve", at: 1010)],
        services: [front(call), service("desk", threads: reason == .rejected ? 1 : 10, work(500))],
        faults: reason == .unreachable
          ? [fault(.crash, on: .service("desk"), at: 1005, for: 900)]
          : reason == .breakerOpen ? [fault(.crash, on: .service("desk"), at: 1005, for: 1)] : []
      ).run()
    }
    // "b" is refused for the reason, at once or after the pauses of its retries.
    let pauses = 2
    let byDefault = outcome(Retry.defaultRetryOn)
    let waited = reason == .timeout ? 100 * attempts : 0
    let component = reason == .rejected || reason == .unreachable ? "desk" : "front -> desk"
    #expect(byDefault.story("b") == "failed after \(waited + attempts - 1) ms: \(reason.rawValue) at \(component)")
    let asked = outcome([reason])
    let waitedThen = reason == .timeout ? 300 : 0
    #expect(asked.story("b") == "failed after \(waitedThen + pauses) ms: \(reason.rawValue) at \(component)")
  }

  @Test func `sees what arose further down as an error`() {
    // The desk's own call timed out; to the viewer's caller that is an error of the desk.
    func story(_ reasons: Set<FailureReason>) -> String {
      TinySystem(
        workloads: [asks("viewer", dependency("front.serve", retry: retry(2, pause: 10, on: reasons)), at: 1000)],
        services: [front(dependency("desk.serve", timeout: 30)), service("desk", work(100))]
      ).run().story("viewer")
    }
    #expect(story([.error]) == "failed after 70 ms: timeout at front -> desk")
    #expect(story([.timeout]) == "failed after 30 ms: timeout at front -> desk")
  }
}

/// Jitter: M. Brooker, "Exponential backoff and jitter", AWS Architecture Blog, 2015.
@Suite struct `Jitter` {
  /// The time that each of many requests lost in one pause of 100 ms, in seconds, sorted.
  private func system(_ jitter: Retry.Jitter, count: Int = 1000) -> TinySystem {
    let call = dependency("desk.serve", retry: retry(2, pause: 100, jitter: jitter))
    return TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), call: call)],
      services: [service("desk", work(0))],
      faults: [fault(error(), on: .service("desk"), at: 0, for: Double(count) + 400)], horizon: Double(count) + 400,
      windows: [Window(.between(.zero, ms(Double(count) + 0.5)))])
  }

  @Test(arguments: [(Retry.Jitter.none, 0.1, 0.1), (.full, 0, 0.1), (.equal, 0.05, 0.1), (.decorrelated, 0.1, 0.3)])
  func `is uniform between its bounds`(jitter: Retry.Jitter, low: Double, high: Double) throws {
    let latencies = system(jitter).run(checkingInvariants: false)[workload: "viewers"].failedLatency
    #expect(latencies.count == 1000)
    #expect(Double(latencies.max) / 1e9 <= high)
    let mean = try #require(latencies.mean)
    // Five standard deviations of the mean of 1,000 uniform numbers: a false alarm in 1.7 million.
    #expect((mean - (low + high) / 2).magnitude <= 5 * (high - low) / 12.0.squareRoot() / 1000.0.squareRoot())
    let smallest = try #require(latencies.quantile(0))
    #expect(smallest >= low * 0.996 && smallest <= low + 0.02 * (high - low) + 1e-9)
    #expect(Double(latencies.max) / 1e9 >= high - 0.02 * (high - low))
  }

  @Test func `is the same whatever else the system holds`() {
    var other = system(.full)
    other.services.append(service("aside", work(1)))
    other.workloads.append(
      Workload(name: "others", arrivals: .poisson(Rate(perSecond: 10)), call: dependency("aside.serve")))
    #expect(system(.full).run()[workload: "viewers"] == other.run()[workload: "viewers"])
    #expect(system(.full).run(seed: 2)[workload: "viewers"] != other.run()[workload: "viewers"])
  }

  @Test func `decorrelated goes on from the last pause, up to the longest`() {
    let base = 100e6
    let longest = 400e6
    let policy = Retry(
      attempts: 4, backoff: .exponential(base: ms(100), factor: 2, max: ms(400)), jitter: .decorrelated,
      retryOn: Retry.defaultRetryOn)
    var sawCap = false
    for seed in 1...20 as ClosedRange<UInt64> {
      let outcome = TinySystem(
        workloads: [asks("viewer", dependency("desk.serve", retry: policy), at: 10_000)],
        services: [service("desk", work(0))], faults: [fault(error(), on: .service("desk"), at: 0, for: 20_000)],
        horizon: 19_999
      ).run(seed: seed)
      // The key of the workload's first request, and under it the number of the failed attempt.
      let request = DrawKey(seed: seed, replication: 0).child(named: "workload").child(named: "viewer").child(1)
      var previous = base
      var total = 0.0
      for retry in 1...3 as ClosedRange<UInt64> {
        let uniform = request.child(retry).uniform(Purpose.jitter)
        previous = min(longest, (base + uniform * (3 * previous - base)).rounded())
        total += previous
        if previous == longest { sawCap = true }
      }
      #expect(outcome[workload: "viewer"].failedLatency.sum == UInt64(total))
    }
    #expect(sawCap)
  }
}

/// Retry amplification: attempts that fail independently with p, n retries: success 1 - p^(n+1), load (1 - p^(n+1)) /
/// (1 - p).
@Suite struct `Retries of independent errors` {
  @Test(arguments: [(0.1, 0.9999, 1.111), (0.3, 0.9919, 1.417), (0.5, 0.9375, 1.875)])
  func `succeed and load as the formulas say`(p: Double, success: Double, load: Double) throws {
    let count = 10_000
    let call = dependency("desk.serve", retry: retry(4, pause: 1))
    let outcome = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), call: call)],
      services: [service("desk", work(0))], faults: [fault(error(p), on: .service("desk"), at: 0, for: 20_000)],
      horizon: Double(count) + 100.5, windows: [Window(.between(.zero, ms(Double(count) + 0.5)))]
    ).run(checkingInvariants: false)
    let viewers = outcome[workload: "viewers"]
    #expect(viewers.arrivals == count)
    // Five standard deviations of the binomial distribution: false alarms below one in a million each.
    let failures = Double(count) * (1 - success)
    #expect((Double(viewers.failed) - failures).magnitude <= 5 * failures.squareRoot() + 1)
    let attempts = Double(outcome[endpoint: "desk.serve"].arrivals) / Double(count + 100)
    let variance = (0..<4).reduce(0.0) { sum, k in
      let probability = k == 3 ? power(p, 3) : power(p, k) * (1 - p)
      return sum + probability * (Double(k + 1) - load) * (Double(k + 1) - load)
    }
    #expect((attempts - load).magnitude <= 5 * (variance / Double(count)).squareRoot() + 0.001)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
