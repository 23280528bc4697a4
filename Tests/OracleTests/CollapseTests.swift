import Engine
import Model
import Testing

/// A queue that a pause drives into collapse, where retries keep it; deterministic, to the request.
///
/// happy-simulator, examples/queuing/gc_caused_collapse.py: 7 requests/s, evenly spaced, one server of 100 ms, a
/// timeout of 500 ms and three retries, each 50 ms after it; what timed out is still worked on.
@Suite struct `After a pause of the server` {
  /// The 420 requests that start in (60 s, 120 s], long after the pause: arrivals are at whole sevenths of a second.
  private static let late = Window(.between(.milliseconds(60_100), .milliseconds(120_100)))

  private func late(pause: String, attempts: Int) throws -> RequestTally {
    let outcome = try Experiment(
      desk(
        arrivals: "constant(7/s)", work: "100ms", time: ("0s", "130s"),
        policies: "timeout: 500ms, retry: {attempts: \(attempts), backoff: 50ms}"),
      faults: "collection: {at: 30s, for: \(pause), inject: pause, target: desk}", windows: [Self.late]
    ).replications(1)[0]
    return try outcome.workload()
  }

  @Test func `of one second, retries keep every request from succeeding for ever`() throws {
    let tally = try late(pause: "1s", attempts: 4)
    #expect(tally.arrivals == 420)
    #expect(tally.success == 0)
    #expect(tally.failed == 420)
    #expect(tally.reasons == [ReasonCount(reason: .timeout, component: "customers -> desk", count: 420)])
    // Four attempts of 500 ms, 50 ms apart.
    #expect(tally.failedLatency.sum == 420 * 2_150_000_000)
  }

  @Test func `of one second, every request succeeds without retries`() throws {
    let tally = try late(pause: "1s", attempts: 1)
    #expect(tally.arrivals == 420)
    #expect(tally.success == 420)
    // Nobody waits any more: each takes its 100 ms.
    #expect(tally.latency.sum == 420 * 100_000_000)
  }

  @Test func `of 400 ms, every request succeeds with retries`() throws {
    let tally = try late(pause: "400ms", attempts: 4)
    #expect(tally.arrivals == 420)
    #expect(tally.success == 420)
    #expect(tally.latency.sum == 420 * 100_000_000)
  }
}
