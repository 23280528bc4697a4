import Foundation
import Statistics
import Testing

@Suite struct `A hypothesis about a mean` {
  private let available = MeanHypothesis(.atLeast, 0.999)

  private func verdict(_ hypothesis: MeanHypothesis, _ values: [Double]) -> Verdict {
    hypothesis.judge(values, confidence: 0.95, boundedIn: 0...1).verdict
  }

  @Test func `is supported by twenty perfect replications and by no fewer`() {
    #expect(verdict(available, Array(repeating: 1, count: 20)) == .supported)
    #expect(verdict(available, Array(repeating: 1, count: 19)) == .inconclusive)
    #expect(verdict(available, [1, 1]) == .inconclusive)
    #expect(verdict(available, []) == .inconclusive)
  }

  @Test func `says which share of replications may be of a kind not seen`() {
    let judgement = available.judge(Array(repeating: 1, count: 20), confidence: 0.95, boundedIn: 0...1)
    // The upper end of Clopper and Pearson's one-sided interval for 0 of 20: 1 - 0.05^(1/20).
    #expect(isClose(judgement.unseenShare, 0.139108, relative: 1e-5))
    #expect(judgement.method == .normalMixture && judgement.estimate?.isDegenerate == true)
  }

  @Test func `is refuted by ten bad replications`() {
    let bad = Draws.sample(10, 0) { 0.6 + 0.02 * $0.normal() }
    #expect(verdict(available, bad) == .refuted)
    #expect(verdict(available, Array(bad.prefix(9))) == .inconclusive)
    #expect(verdict(MeanHypothesis(.atMost, 0.999), bad) == .supported)
  }

  @Test func `is inconclusive with the mean on the bound`() {
    #expect(verdict(available, Array(repeating: 0.999, count: 500)) == .inconclusive)
    #expect(verdict(MeanHypothesis(.atLeast, 1), Array(repeating: 1, count: 500)) == .inconclusive)
  }

  @Test func `that asks for perfection is refuted by a single flaw`() {
    let judgement = MeanHypothesis(.atLeast, 1).judge([1, 1, 0.99999], confidence: 0.95, boundedIn: 0...1)
    #expect(judgement.verdict == .refuted && judgement.method == .rangeEdge)
    let lost = MeanHypothesis(.atMost, 0).judge([0, 0.1], confidence: 0.95, boundedIn: 0...1)
    #expect(lost.verdict == .refuted)
  }

  @Test func `is judged by unbounded values too`() {
    let recovery = Draws.sample(30, 1) { 40 + 5 * $0.normal() }
    #expect(MeanHypothesis(.atMost, 120).judge(recovery, confidence: 0.95).verdict == .supported)
    #expect(MeanHypothesis(.atMost, 20).judge(recovery, confidence: 0.95).verdict == .refuted)
    #expect(MeanHypothesis(.atMost, 40).judge(recovery, confidence: 0.95).verdict == .inconclusive)
  }

  @Test func `can be judged assuming nothing`() {
    func judge(_ count: Int) -> Judgement {
      available.judge(
        Array(repeating: 1, count: count), confidence: 0.95, boundedIn: 0...1, assumingNothing: true)
    }
    #expect(judge(1_000).verdict == .inconclusive)
    #expect(judge(10_000).verdict == .supported)
    #expect(judge(20).method == .empiricalBernstein)
  }

  @Test func `survives JSON with every key`() throws {
    let judgement = available.judge([], confidence: 0.95)
    let json = try JSONEncoder().encode(judgement)
    #expect(String(decoding: json, as: UTF8.self).contains(#""estimate":null"#))
    #expect(try JSONDecoder().decode(Judgement.self, from: json) == judgement)
  }

  enum Truth: CaseIterable, Sendable {
    case normal, uniform, exponentialLoss, oneInFiveFails

    /// A replication whose mean is 0.5.
    func draw(_ draws: inout Draws) -> Double {
      switch self {
      case .normal: 0.5 + 0.1 * draws.normal()
      case .uniform: draws.uniform()
      case .exponentialLoss: 0.6 + 0.1 * log(draws.uniform() + 0x1p-54)
      case .oneInFiveFails: draws.uniform() < 0.2 ? 0.42 : 0.52
      }
    }
  }

  @Test(arguments: Truth.allCases)
  func `is seldom judged wrongly with the truth on the bound and a look after every replication`(_ truth: Truth) {
    let trials = 500
    let hypothesis = MeanHypothesis(.atLeast, 0.5)
    let wrong = (0..<trials).count { trial in
      let values = Draws.sample(60, trial) { truth.draw(&$0) }
      return (10...60).contains { n in
        hypothesis.judge(Array(values.prefix(n)), confidence: 0.95).verdict != .inconclusive
      }
    }
    #expect(acceptedCounts(of: trials, probability: 0...0.05).contains(wrong))
  }
}
