import Engine
import Foundation
import Testing

/// Mutations: a bucket too wide or too narrow at an octave's edge; a rank rounded down; a merge that drops a bucket.
@Suite struct `A latency histogram` {
  private func tally(_ times: [Int64]) -> LatencyTally {
    var counts: [Int: Int] = [:]
    for time in times { counts[LatencyScale.index(of: time), default: 0] += 1 }
    return LatencyTally(
      count: times.count, sum: times.reduce(0) { $0 + UInt64($1) }, max: times.max() ?? 0,
      buckets: counts.sorted { $0.key < $1.key }.map { LatencyTally.Bucket(index: $0.key, count: $0.value) })
  }

  @Test func `has buckets that follow one another without gap or overlap`() {
    var end: Int64 = 0
    for index in 0..<LatencyScale.bucketCount {
      #expect(LatencyScale.low(of: index) == end)
      #expect(LatencyScale.index(of: LatencyScale.low(of: index)) == index)
      end = LatencyScale.high(of: index)
      #expect(LatencyScale.index(of: end - 1) == index)
      // The middle is within 0.4% of all in the bucket.
      let middle = LatencyScale.middle(of: index)
      #expect(middle - Double(LatencyScale.low(of: index)) <= 0.004 * middle)
    }
    #expect(end == .max)
    #expect(LatencyScale.index(of: .max) == LatencyScale.bucketCount - 1)
  }

  @Test func `tells quantiles by rank`() throws {
    let hundred = tally((1...100).map { $0 * 1_000_000 })
    for (q, expected) in [
      (0, 0.001), (0.005, 0.001), (0.5, 0.050), (0.501, 0.051), (0.99, 0.099), (0.999, 0.1), (1, 0.1),
    ] {
      let found = try #require(hundred.quantile(q))
      #expect((found - expected).magnitude <= 0.004 * expected)
    }
    #expect(try #require(hundred.mean) == 0.0505)
    // Never above the greatest.
    #expect(tally([1_000_001]).quantile(0.5) == 0.001_000_001)
    #expect(LatencyTally.empty.quantile(0.5) == nil)
    #expect(LatencyTally.empty.mean == nil)
  }

  @Test func `merges as if all had been counted in one`() {
    let some: [Int64] = [0, 1, 127, 128, 5000, 5001, 1_000_000]
    let others: [Int64] = [1, 2, 5000, 70_000, 9_000_000_000]
    #expect(tally(some).merging(tally(others)) == tally(some + others))
    #expect(tally(others).merging(tally(some)) == tally(some + others))
    #expect(tally(some).merging(.empty) == tally(some))
    #expect(LatencyTally.empty.merging(tally(some)) == tally(some))
  }

  @Test func `survives being written down`() throws {
    let outcome = BusySystem.all(horizon: 500).run(checkingInvariants: false)
    let data = try JSONEncoder().encode(outcome)
    #expect(try JSONDecoder().decode(ReplicationOutcome.self, from: data) == outcome)
    let odd = Data(#"{"count":1,"sum":1,"max":1,"buckets":[1]}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(LatencyTally.self, from: odd) }
  }
}
