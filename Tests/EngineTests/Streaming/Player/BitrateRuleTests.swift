import Foundation
import Model
import Sampling
import Testing

@testable import Engine

/// A rule for a ladder in kbit/s, and an estimate of one sample.
private struct Rig {
  let rules: BitrateRules
  var estimate = BandwidthEstimate()

  init(
    _ kind: BitrateRule.Kind, fit: BitrateRule.Fit = .bitrate, up: Double = 0.5, down: Double = 0.9,
    initial: Int64? = nil, risesFrom: Int64? = nil, fallsBelow: Int64? = nil, target: Int64 = 25,
    ladder: [Int64] = [1000, 2000, 4000], segment: Int64 = 3
  ) {
    let rule = BitrateRule(
      kind: kind, fit: fit, fastHalfLife: .seconds(3), slowHalfLife: .seconds(8), up: up, down: down,
      initial: initial.map { Bitrate(bitsPerSecond: $0 * 1000) }, risesFrom: risesFrom.map { .seconds($0) },
      fallsBelow: fallsBelow.map { .seconds($0) })
    rules = BitrateRules(
      [(rule, BufferSettings(start: .zero, target: .seconds(target), resume: .zero))],
      ladder: ladder.map { Bitrate(bitsPerSecond: $0 * 1000) }, segment: .seconds(segment))
  }

  /// A sample of one second.
  mutating func measure(kbps: Int64, latencyMs: Int64 = 0) {
    estimate = BandwidthEstimate()
    estimate.add(
      bits: kbps * 1000, transfer: 1_000_000_000, latency: latencyMs * 1_000_000, rule: rules.settings.at(0))
  }

  func next(after last: Int32, level ms: Double = 0) -> Int32 {
    var usesBola = false
    return next(after: last, level: ms, usesBola: &usesBola)
  }

  func next(after last: Int32, level ms: Double, usesBola: inout Bool) -> Int32 {
    rules.rendition(
      cohort: 0, after: last, level: Int64(ms * 1e6), estimate: estimate, usesBola: &usesBola)
  }
}

@Suite struct `A bitrate rule` {
  @Test func `takes the part of the throughput that a rise or the rest may use`() {
    var rig = Rig(.throughput)
    rig.measure(kbps: 4100)
    // 0.5 x 4100 carries 2000 going up; 0.9 x 4100 doesn't carry 4000 even for one who is there.
    #expect([-1, 0, 1, 2].map { rig.next(after: $0) } == [1, 1, 1, 1])
    rig.measure(kbps: 4500)
    // 0.9 x 4500 = 4050 does, and 0.5 x 4500 still doesn't.
    #expect([-1, 0, 1, 2].map { rig.next(after: $0) } == [1, 1, 1, 2])
    rig.measure(kbps: 900)
    #expect([-1, 0, 1, 2].map { rig.next(after: $0) } == [0, 0, 0, 0])
  }

  @Test func `counts the latency where a segment has to arrive within its duration`() {
    var rig = Rig(.throughput, fit: .duration, up: 1, down: 1)
    rig.measure(kbps: 4010)
    #expect(rig.next(after: 0) == 2)
    rig.measure(kbps: 4010, latencyMs: 100)
    // 0.1 s + 3 s x 4000 / 4010 is more than 3 s.
    #expect(rig.next(after: 0) == 1)
    rig.measure(kbps: 4010, latencyMs: 3500)
    #expect(rig.next(after: 2) == 0)
  }

  @Test func `assumes a bit rate before anything is measured, or the lowest`() {
    let lowest = Rig(.throughput)
    let assumed = Rig(.throughput, initial: 4000)
    #expect(lowest.next(after: -1) == 0 && assumed.next(after: -1) == 1)
    #expect(lowest.estimate.throughput == 0 && lowest.estimate.latency == 0)
  }

  @Test func `rises and falls only at the levels it is told`() {
    var rig = Rig(.throughput, risesFrom: 10, fallsBelow: 25, target: 50)
    rig.measure(kbps: 9000)
    #expect(rig.next(after: 0, level: 9999) == 0 && rig.next(after: 0, level: 10_000) == 2)
    rig.measure(kbps: 100)
    #expect(rig.next(after: 2, level: 25_000) == 2 && rig.next(after: 2, level: 24_999) == 0)
    #expect(rig.next(after: -1, level: 0) == 0)
  }

  /// The thresholds from one rendition to the next of a buffer of 25 s, to the nearest ms, as Sabre has them.
  @Test func `has the thresholds of BOLA`() {
    let ladder: [Int64] = [230, 331, 477, 688, 991, 1427, 2056, 2962, 5027, 6000]
    var rig = Rig(.bola, ladder: ladder)
    rig.measure(kbps: 1_000_000)
    let thresholds = [11107.0, 12078, 13052, 14026, 14998, 15969, 16942, 18100, 19094]
    for (q, threshold) in thresholds.enumerated() {
      #expect(rig.next(after: 9, level: threshold - 0.5) == Int32(q))
      #expect(rig.next(after: 9, level: threshold + 0.5) == Int32(q + 1))
    }
  }

  /// Any ladder, the envelope's corners against the greatest score.
  @Test func `chooses what BOLA's scores say`() {
    for sample in 0..<500 {
      let key = DrawKey(seed: 21, replication: sample)
      var rate: Int64 = 100
      let ladder = (0..<(1 + Int(key.draw(0) % 9))).map { index in
        rate += Int64(key.child(UInt64(index)).draw(0) % 1500) + 1
        return rate
      }
      var rig = Rig(.bola, target: 30, ladder: ladder, segment: 4)
      rig.measure(kbps: 1_000_000)
      let utilities = ladder.map { Foundation.log(Double($0) / Double(ladder[0])) }
      let v = 26_000 / (utilities[utilities.count - 1] + 5)
      for step in 0..<50 {
        let level = Double(key.child(100 + UInt64(step)).draw(0) % 26_001)
        let scores = zip(ladder, utilities).map { (v * ($1 + 5) - level) / Double($0) }
        let best = scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
        #expect(rig.next(after: Int32(ladder.count - 1), level: level) == Int32(best))
      }
    }
  }

  @Test func `caps BOLA's rise one above what the throughput carries, and not below the last`() {
    var rig = Rig(.bola, ladder: [1000, 1500, 2000, 2500, 3000])
    rig.measure(kbps: 1600)
    #expect([-1, 0, 1, 2, 3, 4].map { rig.next(after: $0, level: 21_900) } == [2, 2, 2, 2, 3, 4])
    #expect(rig.next(after: 4, level: 0) == 0)
  }

  /// Huang et al. 2014, algorithm 1: with 22 s at most at a request the reservoir is 8.25 s and the cushion ends at
  /// 19.8 s; the rate is 1000 + 3000 x (level - 8.25) / 11.55.
  @Test func `follows the buffer with BBA-0`() {
    let rig = Rig(.buffer, ladder: [1000, 2000, 3000, 4000])
    #expect(rig.next(after: 3, level: 8250) == 0 && rig.next(after: 0, level: 19_800) == 3)
    // 2000 is reached at 12.1 s, and left downwards when the rate passes 1000, that is at the reservoir.
    #expect(rig.next(after: 0, level: 12_000) == 0 && rig.next(after: 0, level: 12_200) == 1)
    #expect(rig.next(after: 1, level: 8300) == 1 && rig.next(after: 1, level: 8250) == 0)
    // From the top, 2000 x and less is a fall beyond the neighbour: to the lowest above the rate.
    #expect(rig.next(after: 3, level: 16_000) == 3 && rig.next(after: 3, level: 15_000) == 2)
    #expect(rig.next(after: -1, level: 0) == 0 && rig.next(after: -1, level: 15_000) == 1)
  }

  @Test func `changes between throughput and BOLA at two levels`() {
    var rig = Rig(.dynamic, up: 0.9, target: 25)
    rig.measure(kbps: 900)
    var usesBola = false
    let levels = [0, 17_999.9, 18_000, 9000, 8999.9, 17_000]
    let used = levels.map { level in
      _ = rig.next(after: 0, level: level, usesBola: &usesBola)
      return usesBola
    }
    #expect(used == [false, false, true, true, false, false])
    // dash.js's target of 18 s with segments of 4 s: the level at a request is 14 s at most.
    rig = Rig(.dynamic, up: 0.9, target: 18, segment: 4)
    let usedWhenFull = [13_999.9, 14_000, 7000, 6999.9].map { level in
      _ = rig.next(after: 0, level: level, usesBola: &usesBola)
      return usesBola
    }
    #expect(usedWhenFull == [false, true, true, false])
  }

  @Test(arguments: BitrateRule.Kind.allCases) func `never leaves the ladder`(kind: BitrateRule.Kind) {
    for sample in 0..<2000 {
      let key = DrawKey(seed: 22, replication: sample)
      let ladder = (0..<(1 + Int64(key.draw(0) % 6))).map { 300 + 700 * $0 }
      var rig = Rig(kind, target: Int64(key.draw(1) % 40), ladder: ladder)
      rig.measure(kbps: Int64(key.draw(2) % 9000), latencyMs: Int64(key.draw(3) % 4000))
      for last in -1..<Int32(ladder.count) {
        let rendition = rig.next(after: last, level: Double(key.child(UInt64(last + 1)).draw(0) % 50_000))
        #expect(rendition >= 0 && rendition < ladder.count)
      }
    }
  }
}
