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

@Suite struct `An arena of records` {
  @Test func `moves none while it grows, and gives the last one back first`() {
    var calls = Arena<Call>()
    let first = calls.take()
    first.its.key = 17
    var taken: [Slot<Call>] = []
    for _ in 0..<10_000 { taken.append(calls.take()) }
    let (key, count, isSame) = (calls[0].key, calls.count, calls.at(0).its.key == first.its.key)
    #expect(key == 17 && count == 10_001 && isSame)
    #expect(Set(taken.map(\.index)).count == 10_000)
    calls.giveBack(taken[5])
    calls.giveBack(taken[7])
    let (again, before) = (calls.take().index, calls.take().index)
    #expect(again == taken[7].index && before == taken[5].index)
  }

  @Test func `tells what refers to an earlier use of a record`() {
    var frames = Arena<Frame>()
    let frame = frames.take()
    let generation = frame.its.generation
    let isCurrent = frames.current(frame.index, generation) != nil
    frames.giveBack(frame)
    let isStale = frames.current(frame.index, generation) == nil
    #expect(isCurrent && isStale)
  }

  /// The common case touches the first line of each: what it needs is there.
  @Test func `keeps a frame and a call in two cache lines each`() {
    #expect(MemoryLayout<Frame>.stride == 128)
    #expect(MemoryLayout<Call>.stride == 128)
    #expect((MemoryLayout<Frame>.offset(of: \.flags) ?? 64) < 64)
    #expect((MemoryLayout<Call>.offset(of: \.generation) ?? 64) < 64)
  }
}

@Suite struct `A replica's integrals` {
  @Test func `are those of its threads and its queue over time`() {
    var replica = Replica(service: 0, threads: 2, queueLimit: 5, cores: 0)
    replica.take(at: 10)
    replica.take(at: 20)
    replica.join(at: 25)
    let first = replica.readMeter(at: 30)
    // By hand: one thread for 20, another for 10, a call waiting for 5, full for 10, idle for 10.
    #expect(first.busy == 30 && first.queue == 5 && first.full == 10 && first.idle == 10 && first.up == 30)
    replica.change(threads: 1, down: 1, at: 40)
    replica.leave(at: 50)
    replica.release(at: 50)
    replica.release(at: 60)
    replica.change(threads: 2, down: 0, at: 70)
    let second = replica.readMeter(at: 100)
    // Two threads for 20, one for 10; full until the last thread is given back at 60; idle for 40; down for 30.
    #expect(second.busy == 50 && second.queue == 20 && second.full == 30 && second.idle == 40 && second.up == 40)
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
