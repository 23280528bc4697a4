import Engine
import Model
import Testing

/// Transfers that share the capacity of a site: max-min fairness between players of limited bandwidth (D. Bertsekas,
/// R. Gallager, Data Networks, 1992, section 6.5.2).
@Suite struct `The capacity of a site` {
  /// Sessions that each fetch one segment of 4 Mbit over a site of 10 Mbit/s, half of them at 1 Mbit/s and the others
  /// without a limit of their own.
  private func deliveries(at times: [Double], slow: String) throws -> [DeliveryLine] {
    try Broadcast(
      """
      model: share
      time: {horizon: 100s}
      catalog: {titles: 1, popularity: zipf(0), duration: 4s, ladder: [1Mbps], segment: 4s}
      players:
        fast: {share: \(slow == "0%" ? "100%" : "50%"), like: basic, bandwidth: 1Gbps, latency: 0ms}
        slow: {share: \(slow), like: basic, bandwidth: 1Mbps, latency: 0ms}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          edge: {sites: 1, cache: {size: unlimited}, latency: 0ms, capacity: 10Mbps}
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      files: plays(at: times)
    ).told().records.deliveries.sorted { $0.session < $1.session }
  }

  /// s slow ones and f fast ones at once: a slow one needs its 4 s, and the fast ones share what the slow ones leave,
  /// 4 Mbit in 4 f / (10 - s) s, as long as that is more than 1 Mbit/s each.
  @Test(arguments: [2, 4, 6, 8]) func `is shared by those that can take it`(count: Int) throws {
    let lines = try deliveries(at: Array(repeating: 0, count: count), slow: "50%")
    let slow = lines.count { $0.cohort == 1 }
    let fast = count - slow
    #expect(lines.count == count)
    for line in lines {
      let exact = line.cohort == 1 ? 4e9 : 4e9 * Double(fast) / Double(10 - slow)
      // Rounded up to whole nanoseconds, of two steps at most.
      #expect((Double(line.ended - line.began) - exact).magnitude <= 2, "\(slow) slow, \(fast) fast")
    }
  }

  /// Fast ones at 0, 0.2 and 0.3 s. The first has 2 Mbit at 0.2 s and 2.5 Mbit at 0.3 s; then all have 10/3 Mbit/s, so
  /// that it is through after 0.45 s more, at 0.75 s. The second then has 0.5 + 1.5 Mbit, the third 1.5: at 5 Mbit/s
  /// each the second is through at 1.15 s, and the third, with 3.5 Mbit, at 10 Mbit/s at 1.2 s.
  @Test func `is shared anew whenever a transfer begins or ends`() throws {
    let lines = try deliveries(at: [0, 0.2, 0.3], slow: "0%").sorted { $0.began < $1.began }
    let exact: [Int64] = [ms(750), ms(1150), ms(1200)]
    #expect(lines.map(\.began) == [0, ms(200), ms(300)])
    for (line, end) in zip(lines, exact) { #expect((line.ended - end).magnitude <= 3, "\(line.ended)") }
  }
}
