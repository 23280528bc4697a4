import Engine
import Model
import Testing

/// Several faults on one call: the outcome follows from where and when it meets them, and not from what they are called.
///
/// Mutations: faults in the order of their names; the end of one hang that ends all; an error that overtakes latency; what is
/// held let go before all faults of the instant have ended.
@Suite struct `Faults on the same call` {
  private typealias Part = (effect: FaultEffect, target: FaultTarget)
  private typealias Times = (at: Double, length: Double)

  private let edge = FaultTarget.edge(from: "front", to: "desk")
  private let desk = FaultTarget.service("desk")
  private let cut = FaultEffect.partition(PartitionFault(from: [.service("front")]))
  private let lossy = FaultEffect.loss(LossFault(probability: .one))

  /// What becomes of requests for 100 ms at the desk, which arrive at the given times, with the parts' names either way
  /// round; nil where they differ.
  private func stories(
    _ first: Part, _ firstTimes: Times, _ second: Part, _ secondTimes: Times, at times: [Double] = [1010],
    _ call: Dependency = dependency("desk.serve")
  ) -> [String]? {
    func run(_ names: [String]) -> (stories: [String], fingerprint: UInt64) {
      let outcome = TinySystem(
        workloads: times.enumerated().map { asks("r\($0)", "front.serve", at: $1) },
        services: [front(call), service("desk", threads: 3, queue: .bounded(2), work(100))],
        faults: [
          fault(first.effect, on: first.target, at: firstTimes.at, for: firstTimes.length, named: names[0]),
          fault(second.effect, on: second.target, at: secondTimes.at, for: secondTimes.length, named: names[1]),
        ]
      ).run()
      return (times.indices.map { outcome.story("r\($0)") }, outcome.fingerprint)
    }
    let (one, other) = (run(["p", "q"]), run(["q", "p"]))
    return one == other ? one.stories : nil
  }

  private func story(
    _ first: FaultEffect, _ firstTarget: FaultTarget, _ second: FaultEffect, _ secondTarget: FaultTarget,
    _ firstTimes: Times = (1000, 500), _ secondTimes: Times = (1000, 500)
  ) -> String? {
    stories((first, firstTarget), firstTimes, (second, secondTarget), secondTimes)?.first
  }

  /// Computed by hand, for a request at 1010 and faults from 1000 to 1500 unless other times stand there.
  @Test func `act where it meets them`() {
    // On the way, then at the end of the edge, then before the server, then at it.
    #expect(story(.hang, edge, error(), desk) == "failed after 490 ms: error at front -> desk")
    #expect(story(latency(add: 200), edge, error(), desk) == "failed after 200 ms: error at desk")
    #expect(story(latency(add: 200), edge, .unavailable, desk) == "failed after 200 ms: unreachable at desk")
    #expect(story(latency(add: 200), edge, .unavailable, edge) == "failed after 200 ms: unreachable at front -> desk")
    #expect(story(latency(add: 200), desk, .unavailable, desk) == "failed after 0 ms: unreachable at desk")
    #expect(story(latency(add: 200), desk, error(), desk) == "failed after 200 ms: error at desk")
    #expect(story(.unavailable, desk, error(), desk) == "failed after 0 ms: unreachable at desk")
    #expect(story(.unavailable, edge, error(), desk) == "failed after 0 ms: unreachable at front -> desk")
    #expect(story(.unavailable, edge, .hang, edge) == "failed after 0 ms: unreachable at front -> desk")
    #expect(story(.hang, edge, error(), edge) == "failed after 490 ms: error at front -> desk")
    #expect(story(error(), edge, .unavailable, desk) == "failed after 0 ms: error at front -> desk")
    #expect(story(.hang, desk, error(), desk) == "failed after 490 ms: error at desk")
    #expect(story(.crash, desk, .hang, desk) == "failed after 0 ms: unreachable at desk")
  }

  @Test func `add up and are waited for to the last`() {
    #expect(story(latency(add: 200), edge, latency(add: 50), desk) == "success after 350 ms")
    #expect(story(.hang, desk, .hang, desk, (1000, 500), (1200, 500)) == "failed after 690 ms: error at desk")
    #expect(story(.hang, edge, .hang, edge, (1000, 500), (1200, 500)) == "failed after 690 ms: error at front -> desk")
    // What gets through at 1500 takes its latency then.
    #expect(story(cut, desk, latency(add: 200), edge, (1000, 500), (1000, 900)) == "success after 790 ms")
    #expect(story(cut, desk, lossy, edge, (1000, 500), (1000, 600)) == "success after 690 ms")
  }

  /// A connection that nothing gets through of is not refused before something does.
  @Test func `are judged when it meets them`() {
    #expect(story(lossy, edge, .unavailable, desk) == "success after 590 ms")
    #expect(
      story(lossy, edge, .unavailable, desk, (1000, 500), (1000, 700)) == "failed after 490 ms: unreachable at desk")
    #expect(story(cut, desk, .unavailable, edge) == "success after 590 ms")
    #expect(story(latency(add: 200), edge, .unavailable, desk, (1000, 500), (1100, 50)) == "success after 300 ms")
    #expect(
      story(latency(add: 200), edge, .unavailable, desk, (1000, 500), (1100, 500))
        == "failed after 200 ms: unreachable at desk")
    // At the border the new one is there, and the old one gone.
    #expect(
      story(lossy, edge, .unavailable, desk, (1000, 500), (1500, 100)) == "failed after 490 ms: unreachable at desk")
    #expect(story(.hang, desk, .hang, desk, (1000, 500), (1500, 100)) == "failed after 590 ms: error at desk")
    #expect(story(.hang, desk, .crash, desk, (1000, 500), (1500, 100)) == "failed after 490 ms: unreachable at desk")
  }

  @Test func `never act by their names`() {
    let parts: [Part] = [
      (.unavailable, edge), (.hang, edge), (error(), edge), (latency(add: 70, factor: 2), edge), (lossy, edge),
      (.unavailable, desk), (.hang, desk), (error(), desk), (latency(add: 30, factor: 3), desk), (lossy, desk),
      (cut, desk), (.crash, desk), (.pause, desk), (slow(to: 0.5), desk),
      // Threads given back at the instant at which a hang ends are taken at once: not part of this.
      (capacity(.replicas, taken: .count(1)), desk),
    ]
    let patient = dependency("desk.serve")
    let hasty = dependency("desk.serve", timeout: 150, retry: retry(2, pause: 10))
    let times: [Double] = [950, 1010, 1100, 1210, 1300, 1405, 1550]
    for (index, first) in parts.enumerated() {
      for second in parts[index...] {
        let spans: [Times] = [(1000, 300), (1000, 450), (1150, 150), (1150, 400), (1300, 200)]
        for span in spans {
          for call in [patient, hasty] {
            #expect(
              stories(first, (1000, 300), second, span, at: times, call) != nil,
              "\(first.effect.keyword) and \(second.effect.keyword) from \(span.at) for \(span.length) ms")
          }
        }
      }
    }
  }
}
