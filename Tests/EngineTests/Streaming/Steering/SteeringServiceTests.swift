import Model
import Sampling
import Testing

@testable import Engine

/// Mutations: an age that restarts at each evaluation; a cap that is not applied; a reset that forgets the choice.
@Suite struct `The steering service` {
  private let cdns = ["alpha", "beta"]

  private func service(_ policy: Steering.Policy, cap: Double? = nil) -> SteeringService {
    let telemetry = SteeringTelemetry(sample: .one, lag: .zero, loss: .zero, window: .seconds(10))
    let steering = Steering(policy: policy, ttl: .seconds(60), cap: cap, every: .seconds(10), telemetry: telemetry)
    return SteeringService(SteeringProgram(steering, cdns: cdns, capacities: [1e8, 1e8], costs: [1, 3]))
  }

  private func weights(_ service: borrowing SteeringService) -> [Double] { array(service.answer.weights) }

  private static func rule(_ value: SteeringRule.Value) -> Steering.Policy { .rule(SteeringRule(value, text: "")) }

  @Test func `begins with what the policy says before any report`() {
    #expect(
      weights(service(.weighted([.init(cdn: "beta", weight: 0.25), .init(cdn: "alpha", weight: 0.75)]))) == [
        0.75, 0.25,
      ])
    #expect(weights(service(.priority(["beta", "alpha"], threshold: 0.2))) == [0, 1])
    let quality = Steering.Policy.quality(
      ["beta", "alpha"], hysteresis: 0.15, dwell: .seconds(60), halfLife: .seconds(60))
    #expect(weights(service(quality)) == [0, 1])
    #expect(weights(service(Self.rule(.signal(.cost, of: nil)))) == [0.25, 0.75])
    #expect(weights(service(Self.rule(.signal(.throughput, of: nil)))) == [0.5, 0.5])
  }

  @Test func `follows the reports, and begins anew`() {
    var service = service(.priority(["beta", "alpha"], threshold: 0.2))
    service.window[1].addTransfer(.timeout, throughput: 0, firstByte: 0)
    service.evaluate(now: 10_000_000_000)
    #expect(weights(service) == [1, 0])
    // Nothing is heard of beta any more: it is taken to be well.
    service.evaluate(now: 20_000_000_000)
    #expect(weights(service) == [0, 1])
    service.window[1].addTransfer(.timeout, throughput: 0, firstByte: 0)
    service.reset()
    #expect(weights(service) == [0, 1])
    service.evaluate(now: 10_000_000_000)
    #expect(weights(service) == [0, 1])
  }

  @Test func `knows how old a weight is`() {
    // Everything to alpha once its weight is 20 s old, and to beta until then.
    let isOld = SteeringRule.Condition.comparison(.signal(.age, of: "alpha"), .atLeast, .constant(20))
    let alpha = SteeringRule.Value.choice(isOld, then: .constant(1), else: .constant(0))
    // Beta is the one that costs more.
    let isBeta = SteeringRule.Condition.comparison(.signal(.cost, of: nil), .greater, .constant(2))
    let beta = SteeringRule.Value.arithmetic(.constant(1), .minus, alpha)
    var service = service(Self.rule(.choice(isBeta, then: beta, else: alpha)))
    #expect(weights(service) == [0, 1])
    var chosen: [Double] = []
    for tick in 1...6 as ClosedRange<Int64> {
      service.evaluate(now: tick * 10_000_000_000)
      chosen.append(weights(service)[0])
    }
    // Changed at 0, at 20 s, and at 30 s, when its age is 10 s; then at 50 s and 60 s.
    #expect(chosen == [0, 1, 0, 0, 1, 0])
  }

  @Test func `caps what the policy gives`() {
    var service = service(.priority(["alpha", "beta"], threshold: 0.2), cap: 0.8)
    // All sessions load alpha to 1: 1.6 x 10^9 bits in 10 s would be 1.6 times its capacity.
    service.window[0].sessions = 100
    service.window[0].egress += 1_600_000_000
    service.evaluate(now: 10_000_000_000)
    #expect(agree(weights(service), [0.5, 0.5]))
  }
}
