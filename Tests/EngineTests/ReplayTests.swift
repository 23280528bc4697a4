import Engine
import Model
import Sampling
import Testing

/// Mutations: a row that is skipped; one that comes again after the last; a surge that repeats what came before it; one
/// that decides anew for each factor which arrivals it repeats.
@Suite struct `A replay` {
  /// - Parameters:
  ///   - instants: in nanoseconds.
  ///   - moments: windows of one nanosecond from each of these on, in nanoseconds.
  private func counts(
    _ instants: [Int64], at moments: [Int64], factor: Double = 1, from: Double = 0, for length: Double = 10_000,
    seed: UInt64 = 1
  ) -> [Int] {
    let outcome = TinySystem(
      workloads: [
        Workload(
          name: "viewers", arrivals: .replay(instants.map { SimulationTime(nanoseconds: $0) }),
          call: dependency("desk.serve"))
      ],
      services: [service("desk", work(1))],
      faults: factor == 1
        ? [] : [fault(.surge(SurgeFault(factor: factor)), on: .workload("viewers"), at: from, for: length)],
      horizon: 10_000,
      windows: [.run]
        + moments.map {
          Window(.between(SimulationDuration(nanoseconds: $0), SimulationDuration(nanoseconds: $0 + 1)))
        }
    ).run(seed: seed)
    return outcome.workloads[0].windows.map(\.arrivals)
  }

  private static let instants: [Int64] = [
    0, 0, 1, 999_999_999, 1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000_001, 7_123_456_789, 9_999_999_999,
    10_000_000_000,
  ]
  private static let moments: [Int64] = [
    0, 1, 2, 999_999_998, 999_999_999, 1_000_000_000, 1_000_000_001, 1_000_000_002, 7_123_456_788, 7_123_456_789,
    7_123_456_790, 9_999_999_999,
  ]

  @Test func `asks at each recorded instant, to the nanosecond, and no more`() {
    // All but the last, which comes at the horizon.
    #expect(counts(Self.instants, at: Self.moments) == [10, 2, 1, 0, 0, 1, 3, 1, 0, 0, 1, 0, 1])
    #expect(counts([5], at: [4, 5, 6]) == [1, 0, 1, 0])
  }

  @Test func `is the same whatever the seed`() {
    #expect(counts(Self.instants, at: Self.moments, seed: 2) == counts(Self.instants, at: Self.moments, seed: 3))
  }

  @Test func `of which a surge repeats what comes from its beginning until before its end`() {
    // From 1,000,000,000 to 7,123,456,789 ns, each of four arrivals twice more.
    #expect(
      counts(Self.instants, at: Self.moments, factor: 3, from: 1000, for: 6123.456_789)
        == [18, 2, 1, 0, 0, 1, 9, 3, 0, 0, 1, 0, 1])
  }

  @Test func `of which a surge repeats a part by chance`() {
    // 4,000 rows, each with probability 0.3 once more: five standard deviations of a binomial count.
    let rows = (0..<4000).map { Int64($0) * 1_000_000 }
    let added = counts(rows, at: [], factor: 1.3)[0] - 4000
    #expect((Double(added) - 1200).magnitude < 5 * (4000 * 0.3 * 0.7).squareRoot())
    let more = counts(rows, at: [], factor: 3.3)[0] - 3 * 4000
    #expect(more == added)
  }

  @Test func `of which a greater surge repeats all that a smaller one does`() {
    let rows = (0..<60).map { Int64($0) * 1_000_000 }
    let factors = [1, 1.2, 1.5, 1.9, 2, 2.1, 2.6, 4]
    let all = factors.map { counts(rows, at: rows, factor: $0) }
    for (smaller, greater) in zip(all, all.dropFirst()) {
      #expect(zip(smaller, greater).allSatisfy { $0 <= $1 })
      #expect(smaller[0] < greater[0])
    }
  }
}
