/// Who passed it on to whom: a departure is explained by departures and faults that began no later and that are next to it
/// among what may cause it.
///
/// Each departure has tiers of what may cause it, the likeliest first. It is explained by the first tier that has anything
/// which really happened in time, as soon as something of that tier is explained itself, so that every explanation leads to
/// a fault and none goes round in a circle. Where all that is left wait for one another, the earliest one whose lower tier
/// is explained takes that. What is left then has no way from a fault within the dependency graph.
struct Propagation {
  /// A component out of its band, in one way.
  struct Departure: Hashable {
    let component: CascadeComponent
    let mechanism: CascadeMechanism
    let episodes: [NormalBand.Episode]
    /// The first bin outside.
    var from: Int { episodes[0].from }
  }
  /// A fault, by the bins in which it is active.
  struct Root: Hashable {
    let components: [CascadeComponent]
    let begins: Int
    /// The last bin in which it is active.
    let ends: Int
    /// Whether it makes its target take longer, rather than answer at once.
    let isSlow: Bool
  }
  /// What may be the cause of a departure.
  enum Candidate: Hashable {
    case departure(CascadeComponent, CascadeMechanism)
    /// A fault on the component; where only slow ones count, not one that answers at once.
    case fault(CascadeComponent, onlySlow: Bool)
  }
  enum Cause: Hashable {
    case departure(Int)
    case root(Int)
  }
  struct Explanation: Hashable {
    let causes: [Cause]
    /// How many steps it is from a fault, by its first cause.
    let depth: Int
  }

  /// What came from something may still do so this many bins after that is over.
  static let grace = 30

  let departures: [Departure]
  let roots: [Root]
  /// Of each departure; nil where none was found.
  private(set) var explanations: [Explanation?]
  private let places: [Candidate: Int]

  /// - Parameters:
  ///   - departures: at most one of each component and mechanism.
  ///   - tiers: what may cause a departure, the likeliest first.
  init(_ departures: [Departure], roots: [Root], tiers: (Departure) -> [[Candidate]]) {
    self.departures = departures.sorted {
      ($0.from, $0.component, $0.mechanism) < ($1.from, $1.component, $1.mechanism)
    }
    self.roots = roots
    explanations = Array(repeating: nil, count: departures.count)
    places = Dictionary(
      uniqueKeysWithValues: self.departures.enumerated().map {
        (Candidate.departure($1.component, $1.mechanism), $0)
      })
    let possible = self.departures.map { causes(of: $0, tiers($0)) }
    explain(possible)
  }

  /// Of some candidates those that happened and began in time, tier by tier, without the tiers that have none.
  private func causes(of departure: Departure, _ tiers: [[Candidate]]) -> [[Cause]] {
    tiers.map { tier in
      tier.flatMap { candidate -> [Cause] in
        switch candidate {
        case .departure:
          guard let place = places[candidate], departures[place] != departure,
            Self.mayCause(departures[place], departure)
          else { return [] }
          return [.departure(place)]
        case .fault(let component, let onlySlow):
          return roots.indices.filter {
            roots[$0].begins <= departure.from && roots[$0].components.contains(component)
              && (!onlySlow || roots[$0].isSlow)
          }.map { .root($0) }
        }
      }
    }.filter { !$0.isEmpty }
  }

  private static func mayCause(_ cause: Departure, _ effect: Departure) -> Bool {
    cause.episodes.contains { $0.from <= effect.from && effect.from <= ($0.to ?? .max - grace) + grace }
  }

  private mutating func explain(_ possible: [[[Cause]]]) {
    while true {
      var hasChanged = false
      for index in departures.indices where explanations[index] == nil {
        if let first = possible[index].first, explain(index, by: first) { hasChanged = true }
      }
      if hasChanged { continue }
      let next = departures.indices.first { index in
        explanations[index] == nil && possible[index].contains { tier in tier.contains { depth(of: $0) != nil } }
      }
      guard let next, let tier = possible[next].first(where: { $0.contains { depth(of: $0) != nil } }) else { return }
      _ = explain(next, by: tier)
    }
  }

  private mutating func explain(_ index: Int, by tier: [Cause]) -> Bool {
    let causes = tier.compactMap { cause in depth(of: cause).map { (cause: cause, depth: $0) } }
      .sorted { ($0.depth, order($0.cause)) < ($1.depth, order($1.cause)) }
    guard let first = causes.first else { return false }
    explanations[index] = Explanation(causes: causes.map(\.cause), depth: first.depth + 1)
    return true
  }

  private func order(_ cause: Cause) -> Int {
    switch cause {
    case .root(let root): root
    case .departure(let departure): roots.count + departure
    }
  }

  private func depth(of cause: Cause) -> Int? {
    switch cause {
    case .root: 0
    case .departure(let departure): explanations[departure]?.depth
    }
  }

  /// The departure, its first cause, that one's first cause and so on to a fault; nil where there is no explanation.
  func way(from departure: Int) -> (departures: [Int], root: Int)? {
    var way = [departure]
    while let explanation = explanations[way[way.count - 1]] {
      switch explanation.causes[0] {
      case .root(let root): return (way, root)
      case .departure(let cause): way.append(cause)
      }
    }
    return nil
  }

  /// The way from something that happened in one bin to a fault; nil where there is none.
  ///
  /// - Parameters:
  ///   - component, mechanism: the departure that it is part of, if there is one.
  ///   - tiers: what may have caused it where that is not out of its band, the likeliest first.
  func way(
    from component: CascadeComponent, _ mechanism: CascadeMechanism, bin: Int, tiers: [[Candidate]]
  ) -> (departures: [Int], root: Int)? {
    let moment = NormalBand.Episode(from: bin, to: bin + 1, peak: 0, normal: 0)
    let departure = Departure(component: component, mechanism: mechanism, episodes: [moment])
    let own: [Candidate] = [.departure(component, mechanism)]
    for tier in causes(of: departure, [own] + tiers) {
      for cause in tier {
        switch cause {
        case .root(let root): if bin <= roots[root].ends + Self.grace { return ([], root) }
        case .departure(let place): if let way = way(from: place) { return way }
        }
      }
    }
    return nil
  }
}

extension CascadeMechanism: Comparable {
  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  public static func < (a: Self, b: Self) -> Bool { a.place < b.place }
}
