import Engine
import Model
import Sampling
import Testing

/// What shares nothing with a workload changes nothing for it, also where a fault's end lets many calls go at once.
///
/// Mutation: the frames that a fault's edge concerns in the order of their slots, which all of the system shares.
@Suite struct `A workload beside others` {
  /// Two replicas whose calls are released together and meet in the two threads of what they call.
  private func system(_ effect: FaultEffect, withOthers: Bool) -> TinySystem {
    var system = TinySystem(
      workloads: [
        Workload(name: "w0", arrivals: .poisson(Rate(perSecond: 59.5)), call: dependency("front.serve"))
      ],
      services: [
        service(
          "front", threads: 2, queue: .bounded(3), replicas: 2, calls: [dependency("desk.serve")], .call("desk"),
          work(70)),
        service("desk", threads: 2, .work(exponential(meanMs: 25))),
      ],
      faults: [
        fault(effect, on: .service("front"), at: 6124, for: 476, named: "f1"),
        fault(effect, on: .service("front"), at: 16_124, for: 476, named: "f2"),
      ], horizon: 30_000)
    if withOthers {
      system.workloads.append(
        Workload(name: "z9", arrivals: .poisson(Rate(perSecond: 31)), call: dependency("other.serve")))
      system.services.append(service("other", .work(exponential(meanMs: 200))))
    }
    return system
  }

  @Test(arguments: [FaultEffect.hang, .pause, .crash]) func `sees the same`(effect: FaultEffect) {
    for seed in 1...20 as ClosedRange<UInt64> {
      let alone = system(effect, withOthers: false).run(seed: seed, checkingInvariants: false)
      let beside = system(effect, withOthers: true).run(seed: seed, checkingInvariants: false)
      #expect(alone[workload: "w0"] == beside[workload: "w0"], "seed \(seed)")
    }
  }
}

@Suite struct `Sums over long overload` {
  /// One request a second against one of two seconds: the k-th waits k seconds and takes k + 2, so the mean time of the n
  /// that end is (n - 1) / 2 + 2 s, and all of them together are beyond 64 bits of nanoseconds.
  @Test func `do not wrap`() throws {
    let day = 86_400.0 * 1000
    let outcome = TinySystem(
      workloads: [
        Workload(name: "w", arrivals: .constant(Rate(perSecond: 1)), call: dependency("desk.serve"))
      ],
      services: [service("desk", threads: 1, queue: .unbounded, work(2000))], horizon: 5 * day
    ).run(checkingInvariants: false)
    let tally = outcome[workload: "w"]
    // The first arrives after 1 s; the last to end does so before the horizon.
    let ended = Double(tally.success)
    #expect(ended == 215_999)
    let mean = try #require(tally.latency.mean)
    #expect((mean - ((ended - 1) / 2 + 2)).magnitude < 1e-3)
    let merged = tally.latency.merging(tally.latency)
    #expect(merged.sum == 2 * tally.latency.sum)
    // The queue grows by one every two seconds up to a half of the horizon's seconds.
    #expect((outcome.services[0].queueMean / 108_000 - 1).magnitude < 0.001)
  }
}
