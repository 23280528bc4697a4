import Sampling
import Testing

@testable import Campaign

/// The CASCADE model of I. Dobson, B. Carreras and D. Newman, "A loading-dependent model of probabilistic cascading
/// failure", Probability in the Engineering and Informational Sciences 19 (2005) 15: 20 components with margins that are
/// uniform on 0 to 1, a first load of d = 0.02 to all, and p = 0.04 to all for each failure. The number of failures is
/// quasi-binomial.
///
/// No model of the language is this one: a service does not fail above a random margin. So the failures are drawn here, and
/// what is tested is that their ways through the system are found: all of those that failed, each back to the first load
/// through ones that failed before it, and no others.
@Suite struct `The propagation of load-dependent failures` {
  private static let n = 20
  private static let d = 0.02
  private static let p = 0.04

  /// The round in which each component fails; nil where it stands.
  private func rounds(_ replication: Int) -> [Int?] {
    let key = DrawKey(seed: 2005, replication: replication)
    let margins = (0..<Self.n).map { key.child(UInt64($0)).uniform(1) }
    var failed = [Int?](repeating: nil, count: Self.n)
    var load = Self.d
    var round = 0
    while true {
      let new = margins.indices.filter { failed[$0] == nil && margins[$0] < load }
      if new.isEmpty { return failed }
      for component in new { failed[component] = round }
      load += Self.p * Double(new.count)
      round += 1
    }
  }

  /// How many failures lead back to the first load.
  private func explained(_ rounds: [Int?]) -> Int {
    func component(_ index: Int) -> CascadeComponent { CascadeComponent(.service, index) }
    let failed = rounds.indices.filter { rounds[$0] != nil }
    let departures = failed.map { index in
      Propagation.Departure(
        component: component(index), mechanism: .down,
        episodes: [NormalBand.Episode(from: rounds[index] ?? 0, to: nil, peak: 1, normal: 0)])
    }
    let struck = failed.filter { rounds[$0] == 0 }.map(component)
    let propagation = Propagation(
      departures, roots: [Propagation.Root(components: struck, begins: 0, ends: 0, effect: "crash")]
    ) { departure in
      let others = rounds.indices.map(component).filter { $0 != departure.component }
      return [[.fault(departure.component, .any)], others.map { .departure($0, .down) }]
    }
    var count = 0
    for index in propagation.departures.indices {
      guard let way = propagation.way(from: index) else { continue }
      count += 1
      let times = way.departures.map { propagation.departures[$0].from }
      #expect(times == times.sorted(by: >) && times.last == 0)
      #expect(Set(way.departures).count == way.departures.count)
    }
    return count
  }

  /// Expected: `cascade_quasibinomial` of the analytic cases. Each of the four shares is to lie within 4.5 standard errors,
  /// and so is the mean: seven false alarms in a million each.
  @Test func `finds as many as the quasi-binomial law has`() {
    let draws = 40_000
    var counts = [Int](repeating: 0, count: Self.n + 1)
    for replication in 0..<draws {
      let rounds = rounds(replication)
      let found = explained(rounds)
      #expect(found == rounds.count { $0 != nil })
      counts[found] += 1
    }
    for (failures, share) in [(0, 0.6676079718), (1, 0.1234494643), (5, 0.0174816942), (20, 0.0004607795443)] {
      let error = (share * (1 - share) / Double(draws)).squareRoot()
      #expect((Double(counts[failures]) / Double(draws) - share).magnitude < 4.5 * error, "\(failures)")
    }
    let mean = counts.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) } / Double(draws)
    let square = counts.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.offset * $1.element) } / Double(draws)
    let error = ((square - mean * mean) / Double(draws)).squareRoot()
    #expect((mean - 1.286415128).magnitude < 4.5 * error, "\(mean)")
  }
}
