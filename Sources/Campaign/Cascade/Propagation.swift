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
    /// The word of the language for what it does.
    let effect: String
    /// Whether it works by taking something away (threads, replicas, what a cache holds), so that all the rest is felt by way
    /// of what is then lacking.
    var isScarcity: Bool { ["capacity", "leak", "bad-deploy", "flush-cache"].contains(effect) }
    /// The cohorts of players that it is about, where it is about some alone.
    var cohorts: [CascadeComponent] { components.filter { $0.kind == .cohort } }
  }
  /// What may be the cause of a departure.
  enum Candidate: Hashable {
    case departure(CascadeComponent, CascadeMechanism)
    /// A fault on the component that may show so.
    case fault(CascadeComponent, FaultSymptom)
  }
  enum Cause: Hashable {
    case departure(Int)
    /// A fault, and how well it fits: see `FaultSymptom.fit`.
    case root(Int, fit: Int)
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
  private let places: [Candidate: [Int]]

  /// - Parameters:
  ///   - departures: of one component and mechanism those that began under one fault.
  ///   - tiers: what may cause a departure, the likeliest first.
  init(_ departures: [Departure], roots: [Root], tiers: (Departure) -> [[Candidate]]) {
    self.departures = departures.sorted {
      ($0.from, $0.component, $0.mechanism) < ($1.from, $1.component, $1.mechanism)
    }
    self.roots = roots
    explanations = Array(repeating: nil, count: departures.count)
    let sorted = self.departures
    places = Dictionary(grouping: sorted.indices) { .departure(sorted[$0].component, sorted[$0].mechanism) }
    let possible = self.departures.map { causes(of: $0, tiers($0)) }
    explain(possible)
  }

  /// Of some candidates those that happened and began in time, tier by tier, without the tiers that have none: first what
  /// lasted when the effect began, or until the bin before, then what had been over for a while.
  private func causes(of departure: Departure, _ tiers: [[Candidate]]) -> [[Cause]] {
    /// How long something had been over, if it had begun, in bins.
    func age(from: Int, to end: Int?) -> Int? {
      from <= departure.from ? end.map { max(0, departure.from - $0) } ?? 0 : nil
    }
    func tier(_ candidates: [Candidate], _ ages: ClosedRange<Int>) -> [Cause] {
      candidates.flatMap { candidate -> [Cause] in
        switch candidate {
        case .departure:
          return (places[candidate] ?? []).filter { place in
            departures[place] != departure
              && departures[place].episodes.contains { episode in
                age(from: episode.from, to: episode.to.map { $0 - 1 }).map(ages.contains) ?? false
              }
          }.map { .departure($0) }
        case .fault(let component, let symptom):
          return roots.indices.compactMap { index in
            let root = roots[index]
            guard root.components.contains(component), let fit = symptom.fit(root.effect),
              age(from: root.begins, to: root.ends).map(ages.contains) ?? false
            else { return nil }
            return .root(index, fit: fit)
          }
        }
      }
    }
    // Who leaves in a stall may have waited in it for ever so long after the last one began.
    let oldest = departure.mechanism == .abandonments ? .max : Self.grace
    return (tiers.map { tier($0, 0...1) } + tiers.map { tier($0, 2...oldest) }).filter { !$0.isEmpty }
  }

  private mutating func explain(_ possible: [[[Cause]]]) {
    while true {
      // In rounds, each a step farther from the faults, so that the nearest cause is found whatever the order.
      let found = departures.indices.filter { explanations[$0] == nil }.compactMap { index in
        possible[index].first.flatMap { explanation(of: index, by: $0) }.map { (index: index, explanation: $0) }
      }
      // What may yet be explained more directly waits while anything else can be.
      let direct = found.filter { isIndirect($0.explanation.causes[0], $0.index) == 0 }
      for (index, explanation) in direct.isEmpty ? found : direct { explanations[index] = explanation }
      if !found.isEmpty { continue }
      guard let (index, explanation) = firstByLowerTier(possible) else { return }
      explanations[index] = explanation
    }
  }

  /// The earliest departure of which some lower tier is explained.
  private func firstByLowerTier(_ possible: [[[Cause]]]) -> (index: Int, explanation: Explanation)? {
    for index in departures.indices where explanations[index] == nil {
      for tier in possible[index] {
        if let explanation = explanation(of: index, by: tier) { return (index, explanation) }
      }
    }
    return nil
  }

  /// nil where none of the causes is explained itself.
  private func explanation(of index: Int, by tier: [Cause]) -> Explanation? {
    let causes = tier.compactMap { cause -> (cause: Cause, depth: Int, order: [Int])? in
      guard !isOfOthers(cause, than: departures[index].component), let depth = depth(of: cause) else { return nil }
      return (cause, depth, order(depth, cause, of: index))
    }.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    return causes.first.map { Explanation(causes: causes.map(\.cause), depth: $0.depth + 1) }
  }

  /// 1 where a departure elsewhere is to be preferred to a cause, if there is one; else 0.
  private func isIndirect(_ cause: Cause, _ effect: Int) -> Int {
    switch cause {
    case .root(let root, _):
      let departure = departures[effect]
      let isDirect = departure.mechanism.isOfScarcity && roots[root].components.contains(departure.component)
      return roots[root].isScarcity && !isDirect ? 1 : 0
    case .departure: return 0
    }
  }

  /// What is to be preferred comes first: what is more direct, fits better, is not over, is nearer to a fault, and began
  /// later.
  private func order(_ depth: Int, _ cause: Cause, of effect: Int) -> [Int] {
    switch cause {
    case .root(let root, let fit):
      [
        isIndirect(cause, effect), fit, roots[root].ends < departures[effect].from ? 1 : 0, depth, -roots[root].begins,
        root,
      ]
    case .departure(let departure): [isIndirect(cause, effect), 0, 0, depth, 0, roots.count + departure]
    }
  }

  /// Whether a cause is what faults on other cohorts alone than this one came to: answers that its players never see.
  private func isOfOthers(_ cause: Cause, than component: CascadeComponent) -> Bool {
    guard component.kind == .cohort else { return false }
    switch cause {
    case .root(let root, _):
      let cohorts = roots[root].cohorts
      return !cohorts.isEmpty && !cohorts.contains(component)
    case .departure(let place):
      guard departures[place].mechanism.isAnAnswer, let explanation = explanations[place] else { return false }
      return explanation.causes.allSatisfy { isOfOthers($0, than: component) }
    }
  }

  private func depth(of cause: Cause) -> Int? {
    switch cause {
    case .root(_, _): 0
    case .departure(let departure): explanations[departure]?.depth
    }
  }

  /// The departure, its first cause, that one's first cause and so on to a fault; nil where there is no explanation.
  func way(from departure: Int) -> (departures: [Int], root: Int)? {
    var way = [departure]
    while let explanation = explanations[way[way.count - 1]] {
      switch explanation.causes[0] {
      case .root(let root, _): return (way, root)
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
      for cause in tier.sorted(by: { isLikelier($0, $1, bin) }) {
        switch cause {
        case .root(let root, _): if bin <= roots[root].ends + Self.grace { return ([], root) }
        case .departure(let place): if let way = way(from: place) { return way }
        }
      }
    }
    return nil
  }
}

extension Propagation {
  /// Of faults the one that fits better, is not over in a bin, and began later; of departures the later one.
  private func isLikelier(_ one: Cause, _ other: Cause, _ bin: Int) -> Bool {
    func order(_ cause: Cause) -> [Int] {
      switch cause {
      case .root(let root, let fit): [fit, roots[root].ends < bin ? 1 : 0, 0, -roots[root].begins]
      case .departure(let place): [0, 0, 1, -departures[place].from]
      }
    }
    return order(one).lexicographicallyPrecedes(order(other))
  }

  /// The departure of a component in one way that something in a bin is part of.
  func departure(of component: CascadeComponent, _ mechanism: CascadeMechanism, bin: Int) -> Int? {
    places[.departure(component, mechanism)]?.last { place in
      departures[place].episodes.contains { $0.from <= bin && bin < $0.to ?? .max }
    }
  }
}

extension CascadeMechanism: Comparable {
  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  public static func < (a: Self, b: Self) -> Bool { a.place < b.place }
}
