import Model
import Testing

/// The table of ties: at equal times first faults, then completions, then timers, then arrivals; then by sequence.
///
/// Mutations that turn it red: the raw values of `EventClass` swapped in any pair; the class left out of the key.
@Suite struct `At one instant` {
  @Test func `a completion comes before the timeout that waits for it`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 100), at: 1000)],
      services: [service("desk", work(100))]
    ).run()
    #expect(outcome.story("viewer") == "success after 100 ms")
  }

  @Test func `a timeout comes before a completion one nanosecond later`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", dependency("desk.serve", timeout: 100), at: 1000)],
      services: [service("desk", work(100.000_001))]
    ).run()
    #expect(outcome.story("viewer") == "failed after 100 ms: timeout at viewer -> desk")
  }
}
