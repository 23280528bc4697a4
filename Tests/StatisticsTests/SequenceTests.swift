import Foundation
import Statistics
import Testing

@Suite struct `A confidence sequence` {
  @Test func `for a share has its closed form where all or none agree`() {
    // p^n (n + 1) = α.
    let all = ShareSequence(confidence: 0.95).interval(of: Proportion(300, of: 300))
    #expect(isClose(all.low, pow(0.05 / 301, 1 / 300.0), relative: 1e-10) && all.high == 1)
    let none = ShareSequence(confidence: 0.95).interval(of: Proportion(0, of: 300))
    #expect(isClose(none.high, 1 - pow(0.05 / 301, 1 / 300.0), relative: 1e-10) && none.low == 0)
  }

  @Test func `for a share gives a verdict`() {
    let sequence = ShareSequence(confidence: 0.95)
    // (0.05 / (n + 1))^(1/n) passes 0.99 between n = 900 and n = 1,000.
    #expect(sequence.verdict(of: Proportion(1_000, of: 1_000), atLeast: 0.99) == .supported)
    #expect(sequence.verdict(of: Proportion(900, of: 900), atLeast: 0.99) == .inconclusive)
    #expect(sequence.verdict(of: Proportion(900, of: 1_000), atLeast: 0.99) == .refuted)
  }

  @Test func `for a share covers it at all times at once`() {
    let trials = 500
    let missed = (0..<trials).count { trial in
      var draws = Draws(seed: 5, trial)
      var count = 0
      return (1...200).contains { n in
        count += draws.uniform() < 0.9 ? 1 : 0
        return n % 5 == 0
          && !ShareSequence(confidence: 0.95).interval(of: Proportion(count, of: n)).contains(0.9)
      }
    }
    #expect(acceptedCounts(of: trials, probability: 0...0.05).contains(missed))
  }
}
