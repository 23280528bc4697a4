import Testing

@testable import Engine

/// Mutations: a lag rounded down; the tick under way seen too; a ring that is one tick too short.
@Suite struct `What steering sees` {
  private static let second: Int64 = 1_000_000_000

  private func window(lag: Int64 = 0, lookBack: Int64 = 10) -> SignalWindow {
    SignalWindow(
      tick: 10 * Self.second, lag: lag * Self.second, lookBack: lookBack * Self.second,
      capacities: Table([2e8, 0]))
  }

  private func read(_ window: borrowing SignalWindow) -> [CDNSignals] {
    var signals = Slab<CDNSignals>(repeating: CDNSignals(), count: 2)
    window.read(into: &signals)
    return array(signals)
  }

  @Test func `are the means and ratios of what was reported`() {
    var window = window()
    window[0].addTransfer(.delivered, throughput: 4e6, firstByte: 100_000_000)
    window[0].addTransfer(.delivered, throughput: 8e6, firstByte: 200_000_000)
    window[0].addTransfer(.error, throughput: 1e9, firstByte: 99)
    window[0].addTransfer(.timeout, throughput: 1e9, firstByte: 99)
    window[0].addPlayback(watched: 8 * Self.second, stalled: 2 * Self.second)
    for hasFailed in [true, false, false, false] { window[0].addStart(hasFailed: hasFailed) }
    for isHit in [true, true, true, false] { window[0].addLookup(isHit: isHit) }
    for hasFailed in [true, false] { window[0].addOriginRequest(hasFailed: hasFailed) }
    window[0].egress += 1_000_000_000
    window[0].sessions = 30
    window[1].sessions = 10
    window.advance()
    let (alpha, beta) = (read(window)[0], read(window)[1])
    #expect(alpha.errorRatio == 0.25)
    #expect(alpha.timeoutRatio == 0.25)
    #expect(alpha.throughput == 6e6)
    #expect(alpha.firstByte == 0.15)
    #expect(alpha.rebuffering == 0.25)
    #expect(alpha.startFailures == 0.25)
    #expect(alpha.hitRatio == 0.75)
    #expect(alpha.originErrors == 0.5)
    // 10^9 bits in 10 s, of 2 x 10^8 bit/s.
    #expect(alpha.egress == 1e8)
    #expect(alpha.load == 0.5)
    #expect(alpha.share == 0.75)
    #expect(alpha.meanShare == 0.75)
    #expect(alpha.sessions == 30)
    #expect(alpha.reports == 9)
    #expect(alpha.transfers == 4)
    // Nothing was reported of beta, which has no capacity.
    #expect([beta.errorRatio, beta.throughput, beta.rebuffering, beta.load, beta.reports] == [0, 0, 0, 0, 0])
    #expect(beta.share == 0.25)
  }

  @Test func `comes late by whole ticks, and goes out of sight`() {
    // A lag of 15 s is two ticks, a look-back of 25 s three. What tick 0 reports is seen at the end of ticks 2, 3 and 4.
    var window = window(lag: 15, lookBack: 25)
    window[0].addTransfer(.error, throughput: 0, firstByte: 0)
    window[0].egress += 3_000_000_000
    var seen: [Double] = []
    var egress: [Double] = []
    for _ in 0..<20 {
      window.advance()
      let alpha = read(window)[0]
      seen.append(alpha.errorRatio)
      egress.append(alpha.egress)
    }
    #expect(seen == [0, 0, 1, 1, 1] + Array(repeating: 0, count: 15))
    // Spread over the ticks that are seen: one, two, then three.
    #expect(egress == [0, 0, 3e8, 1.5e8, 1e8] + Array(repeating: 0, count: 15))
  }

  @Test func `without a lag is the tick that has just ended`() {
    var window = window()
    var seen: [Double] = []
    for tick in 0..<4 {
      for _ in 0..<tick { window[1].addStart(hasFailed: true) }
      #expect(read(window)[1].reports == seen.last ?? 0)
      window.advance()
      seen.append(read(window)[1].reports)
    }
    #expect(seen == [0, 1, 2, 3])
  }

  @Test func `has the sessions of its last tick, and the mean share of all`() {
    var window = window(lookBack: 20)
    for sessions in [1, 3] as [Int64] {
      window[0].sessions = sessions
      window[1].sessions = 1
      window.advance()
    }
    #expect(read(window)[0].sessions == 3)
    #expect(read(window)[0].share == 0.75)
    #expect(read(window)[0].meanShare == 0.625)
  }
}
