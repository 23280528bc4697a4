import Foundation
import Model
import Testing

@testable import Engine

/// Mutations: an average that is not divided by its weight; the larger throughput, or the smaller latency; `up` and
/// `down` exchanged; BOLA without its cap; a transfer that skips a period of nothing.
@Suite struct `A player over the engine's arithmetic` {
  /// Both players' plays, compared in every segment: the same rendition, and the same times to the nanosecond.
  private func compare(_ player: ObviousPlayer, _ label: String) -> (ObviousPlay, TestPlayer.Play) {
    let (expected, actual) = (player.play(), TestPlayer(player).play())
    #expect(expected.segments.map(\.rendition) == actual.segments.map { Int($0.rendition) }, "\(label)")
    var worst = abs(expected.ended * 1e6 - Double(actual.ended))
    for (a, b) in zip(expected.segments, actual.segments) {
      worst = max(worst, abs(a.requested * 1e6 - Double(b.requested)), abs(a.completed * 1e6 - Double(b.completed)))
    }
    #expect(expected.stalls.count == actual.stalls.count, "\(label)")
    for (a, b) in zip(expected.stalls, actual.stalls) {
      worst = max(worst, abs(a.from * 1e6 - Double(b.from)), abs(a.to * 1e6 - Double(b.to)))
    }
    #expect(worst < 0.5, "\(label): \(worst) ns")
    return (expected, actual)
  }

  private static let ladder: [Double] = [230, 331, 477, 688, 991, 1427, 2056, 2962, 5027, 6000]

  struct Row: Sendable {
    let network: [ObviousPlayer.Period]
    let kind: BitrateRule.Kind
    let averageKbps: Double
    let clock: Double
    let stalled: Double
    let stalls: Int
    let changes: Double
  }

  private static func constant(_ kbps: Double) -> [ObviousPlayer.Period] {
    [.init(ms: 60_000, kbps: kbps, latencyMs: 100)]
  }
  private static let onAndOff: [ObviousPlayer.Period] = [
    .init(ms: 60_000, kbps: 4000, latencyMs: 100), .init(ms: 60_000, kbps: 0, latencyMs: 100),
  ]

  /// From Sabre (commit of 2019), unmodified, run with `-noa`: 200 segments of constant bit rate.
  @Test(arguments: [
    Row(
      network: constant(4000), kind: .throughput, averageKbps: 2947.001570, clock: 600.272500, stalled: 0, stalls: 0,
      changes: 2732),
    Row(
      network: constant(200), kind: .throughput, averageKbps: 193.548387, clock: 713, stalled: 109.45, stalls: 199,
      changes: 0),
    Row(
      network: constant(200), kind: .bola, averageKbps: 193.548387, clock: 713, stalled: 109.45, stalls: 199,
      changes: 0),
    Row(
      network: constant(200), kind: .dynamic, averageKbps: 193.548387, clock: 713, stalled: 109.45, stalls: 199,
      changes: 0),
    Row(
      network: constant(200), kind: .buffer, averageKbps: 193.548387, clock: 713, stalled: 109.45, stalls: 199,
      changes: 0),
    Row(
      network: constant(250), kind: .bola, averageKbps: 237.453140, clock: 602.86, stalled: 0, stalls: 0,
      changes: 3434),
    Row(
      network: constant(4000), kind: .bola, averageKbps: 3743.904643, clock: 600.2725, stalled: 0, stalls: 0,
      changes: 349_652),
    Row(
      network: onAndOff, kind: .throughput, averageKbps: 864.372304, clock: 877.542, stalled: 277.2695, stalls: 7,
      changes: 27_834),
    Row(
      network: onAndOff, kind: .bola, averageKbps: 1627.338317, clock: 915.22825, stalled: 314.955750, stalls: 7,
      changes: 133_905),
  ])
  func `does what Sabre does`(row: Row) {
    let sizes = Self.ladder.map { $0 * 3000 }
    let player = ObviousPlayer(
      kind: row.kind, ladderKbps: Self.ladder, sizesBits: Array(repeating: sizes, count: 200), network: row.network)
    let (obvious, actual) = compare(player, "\(row.kind)")
    func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 0.5e-6 + 1e-12 }
    #expect(close(obvious.averageKbps, row.averageKbps) && close(obvious.ended / 1e3, row.clock))
    #expect(close(obvious.stalledMs / 1e3, row.stalled) && obvious.stalls.count == row.stalls)
    #expect(obvious.changesKbps == row.changes)
    // The engine's times are rounded up to whole nanoseconds, 200 of them at most.
    let kbps = actual.segments.map { Self.ladder[Int($0.rendition)] }
    #expect(close(kbps.reduce(0, +) * 3e9 / Double(actual.ended), row.averageKbps))
    #expect(close(Double(actual.ended) / 1e9, row.clock) && actual.stalls.count == row.stalls)
    #expect(close(actual.stalls.reduce(0) { $0 + Double($1.to - $1.from) } / 1e9, row.stalled))
    #expect(zip(kbps, kbps.dropFirst()).reduce(0) { $0 + abs($1.0 - $1.1) } == row.changes)
  }

  @Test(
    .enabled(if: SharedNetworks.isPresent, "the recorded networks are not there"),
    arguments: BitrateRule.Kind.allCases)
  func `agrees with the obvious one on recorded networks`(kind: BitrateRule.Kind) throws {
    let title = try SharedNetworks.title()
    var renditions: Set<Int> = []
    var stalls = 0
    #expect(SharedNetworks.recordings.count >= 10)
    for name in SharedNetworks.recordings {
      let network = try SharedNetworks.network(name)
      for (fit, begins) in [(BitrateRule.Fit.duration, 0.0), (.bitrate, 100_123.0)] {
        var player = ObviousPlayer(
          kind: kind, fit: fit, segmentMs: title.segmentDurationMs, ladderKbps: title.bitratesKbps,
          sizesBits: title.segmentSizesBits, network: network, beginsAtMs: begins)
        let (play, _) = compare(player, "\(name), \(kind), \(fit), from \(begins) ms")
        renditions.formUnion(play.segments.map(\.rendition))
        stalls += play.stalls.count
        // As media3: what it waits for, and what it assumes at first.
        (player.startMs, player.resumeMs, player.targetMs) = (1000, 5000, 50_000)
        (player.up, player.down, player.initialKbps) = (0.7, 0.95, 1000)
        (player.risesFromMs, player.fallsBelowMs) = (10_000, 25_000)
        _ = compare(player, "\(name), \(kind), \(fit), from \(begins) ms, as media3")
        // As dash.js: BOLA once the buffer is full.
        (player.startMs, player.resumeMs, player.targetMs) = (0, 0, 18_000)
        (player.up, player.down, player.initialKbps) = (0.9, 0.9, nil)
        (player.risesFromMs, player.fallsBelowMs) = (nil, nil)
        _ = compare(player, "\(name), \(kind), \(fit), from \(begins) ms, as dash.js")
      }
    }
    // The recordings go from nothing to several Mbit/s: what is compared covers most of the ladder, and stalls.
    #expect(renditions.count >= 7 && stalls > 0, "\(renditions.count) renditions, \(stalls) stalls")
  }
}
