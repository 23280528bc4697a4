import Model

/// What is read off a comparison.
extension TwinComparison {
  /// The first minute in which anybody was hurt.
  public var firstMinute: Minute? { minutes.first { $0.hurt > 0 } }

  /// The minute in which most were hurt; of several the first.
  public var worstMinute: Minute? {
    minutes.max { ($0.hurt, $1.start) < ($1.hurt, $0.start) }.flatMap { $0.hurt > 0 ? $0 : nil }
  }

  /// Endpoints on which no fault acts directly, and whose attempts came to something else all the same.
  public var collateralEndpoints: [Endpoint] { endpoints.filter { !$0.isTargeted && $0.differs } }

  /// Groups of which requests were hurt on which no fault acted directly.
  public var unstruckGroups: [Group] { groups.filter { $0.all.hurtUnstruck > 0 } }

  /// A few of the requests that were hurt, or helped, in the order in which they arrived: of each cause the first ones,
  /// as many of one as of another.
  public func examples(_ effect: TwinEffect, most: Int) -> [TwinDifference] {
    let all = differences.filter { $0.effect == effect }
    var byCause: [TwinCause: [Int]] = [:]
    for (place, difference) in all.enumerated() { byCause[difference.cause, default: []].append(place) }
    let queues = byCause.values.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    var chosen: [Int] = []
    var round = 0
    while chosen.count < min(most, all.count) {
      chosen += queues.compactMap { round < $0.count ? $0[round] : nil }.prefix(most - chosen.count)
      round += 1
    }
    return chosen.sorted().map { all[$0] }
  }
}
