import Foundation
import Statistics
import Testing

@Suite struct `A hypothesis about a mean` {
  private let available = MeanHypothesis(.atLeast, 0.999)

  private func judge(_ hypothesis: MeanHypothesis, _ values: [Double], rarest: Double = 0.05) -> Judgement {
    hypothesis.judge(values, confidence: 0.95, within: 0...1, rarest: rarest)
  }

  // The capital of the ladder's rung 1/(4 d), d being the distance to the bound, is 1.25^n; see below for 59.
  @Test func `is supported by 59 perfect replications and by no fewer, as Wilks has it`() {
    let judgement = judge(available, Array(repeating: 1, count: 59))
    #expect(judgement.verdict == .supported && judgement.method == .bettingWithinLimit)
    #expect(judgement.estimate?.value == 1 && judgement.estimate?.high == 1)
    let fewer = judge(available, Array(repeating: 1, count: 58))
    #expect(fewer.verdict == .inconclusive && fewer.method == .tooFew)
    // 0.95^59 = 4.8%, 0.95^58 = 5.1%; 0.9^29 = 4.7%, 0.9^28 = 5.2%.
    #expect(MeanTest.replications(speakingOf: 0.05, confidence: 0.95) == 59)
    #expect(MeanTest.replications(speakingOf: 0.1, confidence: 0.95) == 29)
    #expect(judge(available, [1, 1]).verdict == .inconclusive && judge(available, []).verdict == .inconclusive)
  }

  @Test func `says up to which loss in a replication it is supported`() throws {
    let values = (0..<80).map { $0.isMultiple(of: 2) ? 0.9998 : 0.9996 }
    let judgement = judge(available, values)
    let limit = try #require(judgement.limit)
    // The mean is 0.0007 above the bound; so far and four times as far below it, and below the worst replication.
    #expect(judgement.verdict == .supported && limit <= 0.999 - 4 * 0.0007 && limit > 0.9)
    // With a replication beyond that limit it would not be supported.
    #expect(judge(available, values + [limit - 0.01]).verdict != .supported)
  }

  /// Bets on values that are all alike show whatever lies beside them, however close: the interval is the value, and not the
  /// residue of a search for the least number above it.
  @Test(arguments: [0.0, 0.001, 0.75]) func `has no interval but the value where all are alike`(value: Double) throws {
    let values = [Double](repeating: value, count: 60)
    let times = MeanHypothesis(.atMost, 10).judge(values, confidence: 0.95, within: 0 ... .infinity, rarest: 0.05)
    let estimate = try #require(times.estimate)
    #expect(estimate.low == value && estimate.high == value && estimate.isDegenerate)
    let share = try #require(judge(MeanHypothesis(.atMost, 0.9), values).estimate)
    #expect(share.low == value && share.high == value)
    // Of values that differ it has a width.
    let other = try #require(judge(MeanHypothesis(.atMost, 0.9), values + [value + 1e-6]).estimate)
    #expect(try #require(other.high) > value + 1e-9 && !other.isDegenerate)
  }

  @Test func `says which share of replications may be of a kind not seen`() {
    let judgement = judge(available, Array(repeating: 1, count: 20))
    // The upper end of Clopper and Pearson's one-sided interval for 0 of 20: 1 - 0.05^(1/20).
    #expect(isClose(judgement.unseenShare, 0.139108, relative: 1e-5))
  }

  // One stake of the first purse is 1/64 to 1 of the greatest, 1/0.001: a loss of 0.4 multiplies the capital of the
  // greatest by 400, and a seventh of it has to reach 40.
  @Test func `is refuted at once by what can't be chance, whatever the distribution`() {
    let judgement = judge(available, [0.6, 0.6])
    #expect(judgement.verdict == .refuted && judgement.method == .betting && judgement.limit == nil)
    #expect(judge(available, [0.9999, 0.9999, 0.6]).verdict == .inconclusive)
    #expect(judge(MeanHypothesis(.atMost, 0.999), [0.6, 0.6]).verdict == .supported)
  }

  // A loss of nothing multiplies the capital by at most 1/(1 - m): ln(7 x 40)/-ln(1 - m) replications are needed.
  @Test func `is supported without any assumption by as many replications as that takes`() throws {
    let losses = MeanHypothesis(.atMost, 0.2)
    let needed = Int((log(7 * 40.0) / -log(0.8)).rounded(.down))
    // The smaller stakes have won something too.
    let supported = (1...needed).first { judge(losses, Array(repeating: 0, count: $0)).method == .betting }
    #expect(try #require(supported) > 15 && judge(losses, Array(repeating: 0, count: needed)).limit == nil)
  }

  @Test func `is inconclusive with the mean on the bound`() {
    #expect(judge(available, Array(repeating: 0.999, count: 500)).verdict == .inconclusive)
    #expect(judge(MeanHypothesis(.atLeast, 1), Array(repeating: 1, count: 500)).verdict == .inconclusive)
  }

  @Test func `that asks for perfection is refuted by a single flaw`() {
    let judgement = judge(MeanHypothesis(.atLeast, 1), [1, 1, 0.99999])
    #expect(judgement.verdict == .refuted && judgement.method == .rangeEdge)
    #expect(judge(MeanHypothesis(.atMost, 0), [0, 0.1]).verdict == .refuted)
    #expect(judge(MeanHypothesis(.atMost, 1), [0, 0.1]).verdict == .supported)
  }

  @Test func `is judged by unbounded values too`() {
    let recovery = Draws.sample(70, 1) { 40 + 5 * $0.normal() }
    func judge(_ bound: Double) -> Judgement {
      MeanHypothesis(.atMost, bound).judge(recovery, confidence: 0.95, within: 0 ... .infinity, rarest: 0.05)
    }
    #expect(judge(120).verdict == .supported && judge(120).method == .bettingWithinLimit)
    // No time is below zero: so it takes no limit to refute.
    #expect(judge(20).verdict == .refuted && judge(20).method == .betting)
    #expect(judge(40).verdict == .inconclusive)
  }

  @Test(arguments: [0.45, 0.5, 0.55])
  func `has an interval that agrees with its verdict`(bound: Double) throws {
    let values = Draws.sample(100, 3) { 0.5 + 0.05 * $0.normal() }
    let judgement = judge(MeanHypothesis(.atMost, bound), values)
    let interval = try #require(judgement.estimate?.interval)
    #expect(interval.contains(0.5) && interval.halfWidth < 0.03)
    switch judgement.verdict {
    case .supported: #expect(interval.high <= bound)
    case .refuted: #expect(interval.low >= bound)
    case .inconclusive: #expect(interval.contains(bound))
    }
    #expect(judgement.verdict == (bound == 0.5 ? .inconclusive : bound > 0.5 ? .supported : .refuted))
  }

  @Test func `survives JSON with every key`() throws {
    let judgement = available.judge([], confidence: 0.95, rarest: 0.05)
    let json = String(decoding: try JSONEncoder().encode(judgement), as: UTF8.self)
    #expect(json.contains(#""estimate":null"#) && json.contains(#""limit":null"#))
    #expect(try JSONDecoder().decode(Judgement.self, from: Data(json.utf8)) == judgement)
  }
}
