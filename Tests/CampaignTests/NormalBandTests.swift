import Sampling
import Testing

@testable import Campaign

@Suite struct `A normal band` {
  private func episodes(_ run: [Double?], _ twin: [Double?], _ scale: NormalBand.Scale = .count) -> [[Int?]] {
    NormalBand(twin: twin, measured: 0, scale).episodes(of: run).map { [$0.from, $0.to] }
  }
  private func series(_ text: String) -> [Double?] { text.map { $0 == "." ? 0 : $0 == "-" ? nil : Double(String($0)) } }

  @Test(arguments: [
    // One large bin, three events in a row, three of them with gaps, and too few of them.
    ("...5............", [[3, 4]]), ("...111..........", [[3, 6]]), ("..1..1..1...............", [[2, 9]]),
    ("...1.....1......", []), ("......444", [[6, nil]]),
    // Back for less than ten bins is not back.
    ("..9....9...............", [[2, 8]]), ("..9..........9.........", [[2, 3], [13, 14]]),
    // At the end three quiet bins do.
    ("....99...", [[4, 6]]), ("....99..", [[4, nil]]),
    // Bins without anything to tell are neither.
    ("..1-1-1-------------", [[2, 7]]),
  ]) func `of nothing is left by three events`(picture: String, expected: [[Int?]]) {
    let run = series(picture)
    #expect(episodes(run, run.map { _ in 0 }) == expected)
  }

  @Test func `is not left by what is usual in the twin`() {
    let twin = series("1213121312131213")
    #expect(episodes(series("3121312131213121"), twin) == [])
    // Far beyond it, at once.
    #expect(episodes(series("1213129912131213"), twin) == [[6, 8]])
  }

  /// The difference of independent Poisson-like bins: 1,000 series of 600 bins, binomial with n = 20 and p = 1/4. Siegmund's
  /// approximation gives 10⁻³ false alarms in all of them for normal differences; what is skewed has more, but not 1%.
  @Test func `is rarely left by chance`() {
    var alarms = 0
    for number in 0..<1000 {
      func draw(_ name: String) -> [Double?] {
        let key = DrawKey(seed: 7, replication: number).child(named: name)
        return (0..<600).map { bin in
          let bits = key.child(UInt64(bin)).draw(1) & key.child(UInt64(bin)).draw(2) & 0xFFFFF
          return Double(bits.nonzeroBitCount)
        }
      }
      alarms += episodes(draw("run"), draw("twin")).count
    }
    #expect(alarms <= 10, "\(alarms)")
  }
}
