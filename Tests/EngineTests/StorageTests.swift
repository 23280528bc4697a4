import Model
import Sampling
import Testing

@testable import Engine

/// Mutations: a ring that grows without unwrapping; a slab that loses what it held when it grows.
@Suite struct `Flat storage` {
  @Test func `of a ring is first in, first out, whatever its turns and growth`() {
    var ring = RingQueue<Int>(capacity: 2)
    var reference: [Int] = []
    let key = DrawKey(seed: 1, replication: 0)
    for step in 0..<5000 {
      if key.uniform(UInt64(step)) < (step / 300 % 2 == 0 ? 0.7 : 0.3) {
        ring.append(step)
        reference.append(step)
      } else {
        let popped = ring.popFirst()
        #expect(popped == (reference.isEmpty ? nil : reference.removeFirst()))
      }
      let count = ring.count
      #expect(count == reference.count)
    }
    ring.removeAll()
    let nothing = ring.popFirst()
    #expect(nothing == nil)
  }

  @Test func `of a slab keeps what it holds while it grows`() {
    var slab = Slab<Int>(capacity: 1)
    for value in 0..<1000 { slab.append(value * 3) }
    let values = (0..<slab.count).map { slab[$0] }
    #expect(values == (0..<1000).map { $0 * 3 })
    slab[7] += 1
    let (changed, last, count) = (slab[7 as Int32], slab.removeLast(), slab.count)
    #expect(changed == 22 && last == 2997 && count == 999)
    slab.fill(with: 5)
    let sum = (0..<slab.count).reduce(0) { $0 + slab[$1] }
    #expect(sum == 5 * 999)
  }
}

@Suite struct `The listing of a program` {
  /// A golden: our own output, looked at.
  @Test func `shows every operation and every edge`() {
    let listing = TinySystem(
      workloads: [asks("viewer", dependency("front.serve", timeout: 100, retry: retry(3, pause: 5)), at: 1000)],
      services: [
        service(
          "front",
          calls: [
            dependency(
              "desk.serve", breaker: breaker(), bulkhead: .threads(2, queue: .bounded(3)),
              fallback: fallback(calls: "spare")),
            dependency(
              "desk.serve", named: "spare", deadline: 50, bulkhead: .concurrent(2, maxWait: ms(1)), fallback: fallback()
            ),
          ],
          endpoints: [
            Endpoint(
              name: "serve",
              steps: [
                Step(work(1)), Step(.call("desk"), probability: Probability(0.5)),
                Step(.together(["desk", "spare"], waitFor: 1)),
              ])
          ]),
        service("desk", .work(exponential(meanMs: 2))),
      ]
    ).program.listing
    #expect(
      listing == """
        desk.serve:
             0  work   exponential(mean=2ms)
             1  reply
        front.serve:
             2  work   1ms
             3  call   front -> desk  with probability 0.5
             4  fork   front -> desk, front -> spare; 1 of 2 must succeed
             5  reply

        edges:
             0  front -> desk: desk.serve; breaker at 0.5 failed or 1.0 over 1min of 4 calls, \
        from 1 calls, open 1s, half-open 1 calls; bulkhead 2, queue 3; \
        fallback calls front -> spare
             1  front -> spare: desk.serve; deadline 50ms; bulkhead 2, queue unbounded; fallback static
             2  viewer -> front: front.serve; timeout 100ms; 3 attempts, pauses 5ms, 5ms, jitter none, \
        after timeout, rejected, error, unreachable
        """)
  }
}
