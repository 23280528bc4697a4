import Engine
import Model
import Testing

/// Collapse after a pause: happy-simulator, examples/queuing/gc_caused_collapse.py.
///
/// 7 requests a second, evenly spaced; one FIFO server of 100 ms; clients give up after 500 ms and try again three
/// times, each 50 ms after the timeout; work that timed out is still done. Oracle: of the 420 requests that start in
/// (60, 120] s none succeeds after a pause of 1 s at 30 s; all do without retries, or after a pause of 0.4 s.
///
/// Mutations: a timeout that ends the callee's work; a retry that does not arm its own timeout; a queue in LIFO order.
@Suite struct `Collapse after a pause` {
  private func requests(attempts: Int, pause: Double) -> RequestTally {
    let clients = dependency("server.serve", timeout: 500, retry: retry(attempts, pause: 50))
    return TinySystem(
      workloads: [Workload(name: "clients", arrivals: .constant(Rate(perSecond: 7)), call: clients)],
      services: [service("server", threads: 1, queue: .unbounded, work(100))],
      faults: [fault(.pause, on: .service("server"), at: 30_000, for: pause)], horizon: 130_000,
      windows: [Window(.between(ms(60_000.000_001), ms(120_000.000_001)))]
    ).run(checkingInvariants: false)[workload: "clients"]
  }

  @Test func `lasts for ever where clients retry`() {
    #expect(requests(attempts: 4, pause: 1000).counts == "420 = 420 failed")
  }

  @Test func `does not come without retries`() {
    #expect(requests(attempts: 1, pause: 1000).counts == "420 = 420 success")
  }

  @Test func `does not come after a shorter pause`() {
    #expect(requests(attempts: 4, pause: 400).counts == "420 = 420 success")
  }
}
