import Foundation
import Testing

@testable import Sampling

/// Every statistic of every layout is judged over 32 streams with successive seeds: 12 layouts by 18 faces of
/// statistics are 216 judgements, each with a false-alarm probability of at most 1e-6 as far as the statistics'
/// distributions are exact, so 2e-4 in all. The seeds are fixed: what passes once passes always.
@Suite struct `The battery of draws` {
  static let falseAlarm = 1e-6

  static let statistics: [any StreamStatistic] = [
    ByteFrequencies(), BitCorrelations(), BirthdaySpacings(), Collisions(), Gaps(), Poker(), Runs(), MatrixRanks(),
    HammingWeights(), LinearComplexities(), Spectrum(),
  ]

  @Test(arguments: Layout.allCases)
  func `finds nothing in`(layout: Layout) {
    let upright = Stream.seeds.map { layout.words(seed: $0) }
    for face in Face.allCases {
      let streams = upright.map(face.of)
      for statistic in Self.statistics where statistic.readsUpperBits || face == .upright {
        let p = Self.pValue(statistic, of: streams)
        #expect(p > Self.falseAlarm, "\(type(of: statistic)) of \(layout.rawValue), \(face.rawValue)")
      }
    }
  }

  @Test(
    arguments: [
      (ByteFrequencies(), .unfairByte, .upright),
      (BitCorrelations(), .sharedKeys, .upright),
      (BirthdaySpacings(), .unmixedCounter, .upright),
      (Collisions(), .congruential, .reversed),
      (Gaps(), .congruential, .reversed),
      (Poker(), .congruential, .reversed),
      (Runs(), .unmixedCounter, .upright),
      (MatrixRanks(), .xorshift, .upright),
      (HammingWeights(), .antithetic, .upright),
      (LinearComplexities(), .xorshift, .reversed),
      (Spectrum(), .antithetic, .upright),
    ] as [(any StreamStatistic, FlawedGenerator, Face)])
  func `finds the flaw by`(statistic: any StreamStatistic, generator: FlawedGenerator, face: Face) {
    let streams = Stream.seeds.map { face.of(generator.words(seed: $0)) }
    #expect(Self.pValue(statistic, of: streams) < 1e-12)
  }

  /// What a battery in C runs on is what the engine draws.
  @Test func `runs on the words that the batteries in C have`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Statistical/known-values.txt").standardized
    let known = try String(contentsOf: file, encoding: .utf8)
    let words = Layout.allCases.flatMap { layout in
      layout.words(seed: 7, count: 8).enumerated().map { index, word in
        let digits = String(word, radix: 16)
        return "\(layout.rawValue) \(index) \(String(repeating: "0", count: 16 - digits.count))\(digits)\n"
      }
    }
    #expect(known == words.joined())
  }

  /// The shares are the multiples of the golden ratio modulo 1, which are spread evenly.
  private static func pValue(_ statistic: any StreamStatistic, of streams: [[UInt64]]) -> Double {
    SecondLevel.pValue(
      streams.enumerated().map { index, words in
        let share = (Double(index) + 0.5) * 0.618_033_988_749_894_9
        return words.withUnsafeBufferPointer { statistic.pValue($0, share: share - share.rounded(.down)) }
      })
  }
}
