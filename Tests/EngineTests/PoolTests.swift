import Engine
import Model
import Testing

/// Mutations: a queue that takes one more or one fewer; the last come served first; a thread kept by an async service;
/// a thread released by a blocking one.
@Suite struct `A pool of threads` {
  private func stories(threads: Int, queue: QueueLimit, _ times: [Double]) -> [String] {
    let names = (0..<times.count).map { "r\($0)" }
    let outcome = TinySystem(
      workloads: zip(names, times).map { asks($0, "desk.serve", at: $1) },
      services: [service("desk", threads: threads, queue: queue, work(100))]
    ).run()
    return names.map { outcome.story($0) }
  }

  @Test func `serves in the order of arrival, and rejects what exceeds its queue`() {
    #expect(
      stories(threads: 2, queue: .bounded(3), [1000, 1000, 1010, 1020, 1030, 1040]) == [
        "success after 100 ms", "success after 100 ms", "success after 190 ms", "success after 180 ms",
        "success after 270 ms", "failed after 0 ms: rejected at desk",
      ])
  }

  @Test func `may have one thread and no queue`() {
    #expect(
      stories(threads: 1, queue: .bounded(0), [1000, 1050, 1100]) == [
        "success after 100 ms", "failed after 0 ms: rejected at desk", "success after 100 ms",
      ])
  }

  @Test func `may have a queue without bound`() {
    let stories = stories(threads: 1, queue: .unbounded, [Double](repeating: 1000, count: 9))
    #expect(stories == (1...9).map { "success after \($0 * 100) ms" })
  }

  @Test func `may have threads without bound`() {
    let outcome = TinySystem(
      workloads: (0..<50).map { asks("r\($0)", "desk.serve", at: 1000) },
      services: [service("desk", threads: Int(Int32.max), work(100))]
    ).run()
    #expect((0..<50).allSatisfy { outcome.story("r\($0)") == "success after 100 ms" })
    #expect(outcome[service: "desk"].utilisation == nil)
    #expect((outcome[service: "desk"].inServiceMean - 5 / 1.999).magnitude < 1e-12)
  }

  @Test func `is held by a blocking call while it waits for its callee`() {
    let outcome = held(by: .blocking)
    #expect(outcome.story("a") == "success after 105 ms")
    // It gets the one thread only then.
    #expect(outcome.story("b") == "success after 210 ms")
    #expect((outcome[service: "front"].inServiceMean - 0.21 / 1.999).magnitude < 1e-12)
  }

  @Test func `is free while an async call waits for its callee`() {
    let outcome = held(by: .async)
    #expect(outcome.story("a") == "success after 105 ms")
    // 2 + 2 before the call, 100 in it, and 3 after it, behind those of "a".
    #expect(outcome.story("b") == "success after 108 ms")
    #expect((outcome[service: "front"].inServiceMean - 0.01 / 1.999).magnitude < 1e-12)
  }

  private func held(by style: Service.Style) -> ReplicationOutcome {
    TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.serve", at: 1000)],
      services: [
        service(
          "front", threads: 1, queue: .unbounded, style: style, calls: [dependency("desk.serve")], work(2),
          .call("desk"),
          work(3)),
        service("desk", work(100)),
      ]
    ).run()
  }

  @Test func `takes an async call back behind those that wait, even where its queue is full`() {
    // "b" and "c" arrive while "a" waits; at 1100 "a" queues behind "c".
    let outcome = TinySystem(
      workloads: [
        asks("a", "front.serve", at: 1000), asks("b", "front.work", at: 1090), asks("c", "front.work", at: 1091),
      ],
      services: [
        service(
          "front", threads: 1, queue: .bounded(1), style: .async, calls: [dependency("desk.serve")],
          endpoints: [
            Endpoint(name: "serve", steps: [Step(.call("desk")), Step(work(5))]),
            Endpoint(name: "work", steps: [Step(work(50))]),
          ]),
        service("desk", work(100)),
      ]
    ).run()
    #expect(outcome.story("b") == "success after 50 ms")
    #expect(outcome.story("c") == "success after 99 ms")
    #expect(outcome.story("a") == "success after 195 ms")
  }

  @Test func `does not need a thread to fail an async call whose callee has failed`() {
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 1000), asks("b", "front.work", at: 1010)],
      services: [
        service(
          "front", threads: 1, queue: .bounded(1), style: .async, calls: [dependency("desk.serve", timeout: 20)],
          endpoints: [
            Endpoint(name: "serve", steps: [Step(.call("desk")), Step(work(5))]),
            Endpoint(name: "work", steps: [Step(work(50))]),
          ]),
        service("desk", work(100)),
      ]
    ).run()
    #expect(outcome.story("a") == "failed after 20 ms: timeout at front -> desk")
    #expect(outcome.story("b") == "success after 50 ms")
  }

  @Test func `tells what it did`() {
    let outcome = TinySystem(
      workloads: [
        asks("a", "desk.serve", at: 1000), asks("b", "desk.serve", at: 1000), asks("c", "desk.serve", at: 1000),
      ],
      services: [service("desk", threads: 1, queue: .unbounded, work(200))], warmup: 800, horizon: 1800
    ).run()
    let desk = outcome[service: "desk"]
    #expect(desk.utilisation == 0.6)
    #expect(desk.inServiceMean == 0.6)
    #expect(desk.idle == 0.4)
    #expect(desk.up == 1)
    #expect((desk.queueMean - 0.6).magnitude < 1e-12)
    #expect(desk.queueMax == 2)
    #expect(desk.wait.count == 3)
    #expect(desk.wait.sum == 600_000_000)
    #expect(desk.wait.max == 400_000_000)
  }

  @Test func `counts the longest queue of the measured time alone, what stands at its begin included`() {
    func longest(warmup: Double) -> Int {
      TinySystem(
        workloads: (0..<4).map { asks("r\($0)", "desk.serve", at: 1000) },
        services: [service("desk", threads: 1, queue: .unbounded, work(100))], warmup: warmup
      ).run()[service: "desk"].queueMax
    }
    #expect(longest(warmup: 0) == 3)
    #expect(longest(warmup: 1050) == 3)
    #expect(longest(warmup: 1150) == 2)
    #expect(longest(warmup: 1500) == 0)
  }
}

@Suite struct `An endpoint` {
  @Test func `takes its steps one after the other`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service("front", calls: [dependency("desk.serve")], work(1), .call("desk"), work(2), .call("desk"), work(4)),
        service("desk", work(10)),
      ]
    ).run()
    #expect(outcome.story("viewer") == "success after 27 ms")
    #expect(outcome[endpoint: "desk.serve"].counts == "2 = 2 success")
  }

  @Test func `ends with its first failure`() {
    let outcome = TinySystem(
      workloads: [asks("viewer", "front.serve", at: 1000)],
      services: [
        service(
          "front", calls: [dependency("desk.serve"), dependency("cache.serve")], work(1), .call("desk"),
          .call("cache")),
        service("desk", work(10)), service("cache", work(10)),
      ], faults: [fault(error(), on: .service("desk"), at: 900, for: 1000)]
    ).run()
    #expect(outcome.story("viewer") == "failed after 1 ms: error at desk")
    #expect(outcome[endpoint: "cache.serve"].arrivals == 0)
  }

  @Test(arguments: [0, 0.4, 1]) func `takes a step with its probability`(p: Double) {
    let steps = [Step(work(1)), Step(.call("desk"), probability: Probability(p))]
    let outcome = TinySystem(
      workloads: [
        Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), call: dependency("front.serve"))
      ],
      services: [
        service("front", calls: [dependency("desk.serve")], endpoints: [Endpoint(name: "serve", steps: steps)]),
        service("desk", work(0)),
      ], horizon: 4000.5
    ).run(checkingInvariants: false)
    // Five standard deviations of a binomial count.
    let count = Double(outcome[endpoint: "front.serve"].ended)
    let taken = Double(outcome[endpoint: "desk.serve"].arrivals)
    #expect((taken - p * count).magnitude <= 5 * (p * (1 - p) * count).squareRoot())
  }

  @Test func `draws for each of its steps apart`() {
    // Whether the first step is taken must tell nothing of how long the second one takes, nor that of the third.
    let uniform: Step.Action = .work(uniformMs(0, 10))
    func mean(_ p: Double, of steps: [Step]) -> (taken: Double, skipped: Double) {
      let outcome = TinySystem(
        workloads: [
          Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), call: dependency("front.serve"))
        ],
        services: [service("front", endpoints: [Endpoint(name: "serve", steps: steps)])], horizon: 4000.5
      ).run(checkingInvariants: false)
      let latencies = outcome[endpoint: "front.serve"].latency
      var taken = (0.0, 0.0)
      var skipped = (0.0, 0.0)
      for bucket in latencies.buckets {
        let time = LatencyScale.middle(of: bucket.index) / 1e6
        if time > 50 {
          taken = (taken.0 + (time - 100) * Double(bucket.count), taken.1 + Double(bucket.count))
        } else {
          skipped = (skipped.0 + time * Double(bucket.count), skipped.1 + Double(bucket.count))
        }
      }
      return (taken.0 / taken.1, skipped.0 / skipped.1)
    }
    let maybe = Step(work(100), probability: Probability(0.5))
    for steps in [[maybe, Step(uniform)], [Step(work(0)), maybe, Step(uniform)], [Step(uniform), maybe]] {
      let means = mean(0.5, of: steps)
      // The mean of 2,000 times that are uniform in 0 to 10 ms: 5 ms, five standard deviations of 2.89 / √2000.
      #expect((means.taken - 5).magnitude < 0.35)
      #expect((means.skipped - 5).magnitude < 0.35)
    }
  }
}
