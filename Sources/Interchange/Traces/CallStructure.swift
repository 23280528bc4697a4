/// The order in which an endpoint works and calls, as its runs in the traces show it.
///
/// A **slot** is the n-th call of one callee within a run. Two slots are parallel if their calls overlapped, by more
/// than a tenth of the shorter one, in at least a quarter of the runs that have both: calls in sequence overlap by
/// clock errors only, while short parallel calls may miss each other. Slots joined by parallel pairs are a **group**;
/// groups follow each other by the median of their starts. The endpoint's **own time** is its duration less the longest
/// call of each group, so that in every run the parts add up to the whole; it is split at the groups that every run
/// has.
struct CallStructure {
  /// Further calls of the same callee by one run count as own time.
  static let maximumRepeats = 32
  static let overlapTolerance = 0.1
  static let parallelShare = 0.25
  /// Own time below this share of all own time is not worth a step.
  static let negligibleShare = 0.02

  struct Slot: Hashable, Comparable {
    let callee: EndpointKey
    /// From 0.
    let occurrence: Int
    static func < (a: Self, b: Self) -> Bool { (a.callee, a.occurrence) < (b.callee, b.occurrence) }
  }

  /// Calls made at once; one alone where nothing overlaps.
  struct Group {
    var slots: [Slot]
    /// For each slot, which runs have it.
    var presence: [[Bool]]
    /// Which runs have any of it.
    var isPresent: [Bool] {
      presence[0].indices.map { run in presence.contains { $0[run] } }
    }
    /// Whether every run has the same slots of this group, or none.
    var isAllOrNone: Bool { presence.allSatisfy { $0 == presence[0] } }
    /// Whether every run has some one slot of it.
    var isAlwaysPresent: Bool { presence.contains { !$0.contains(false) } }
  }

  enum Part {
    /// Own time, one value a run, in seconds.
    case work([Double])
    case calls(Group)
  }

  let parts: [Part]
  /// How many calls went beyond `maximumRepeats`.
  let surplusCalls: Int

  init(_ runs: [EndpointRecord.Run]) {
    let table = SlotTable(runs)
    let groups = table.groups()
    let segments = Self.ownTime(of: runs, table: table, groups: groups)
    parts = Self.parts(groups: groups, segments: segments)
    surplusCalls = table.surplusCalls
  }

  /// The own time of each run before each always-present group, and after the last of them.
  private static func ownTime(of runs: [EndpointRecord.Run], table: SlotTable, groups: [Group]) -> [[Double]] {
    let anchors = groups.count(where: \.isAlwaysPresent)
    var segments = Array(repeating: Array(repeating: 0.0, count: runs.count), count: anchors + 1)
    for (index, run) in runs.enumerated() {
      var gaps = Array(repeating: Int64(0), count: anchors + 1)
      var segment = 0
      var reached = run.served.start
      var waited: Int64 = 0
      for group in groups {
        let served = group.slots.compactMap { table.call(of: $0, in: index)?.served }
        if let longest = served.max(by: { $0.duration < $1.duration }) {
          gaps[segment] += max(0, longest.start - reached)
          reached = max(reached, longest.end)
          waited += longest.duration
        }
        if group.isAlwaysPresent { segment += 1 }
      }
      gaps[segment] += max(0, run.served.end - reached)
      let own = Double(max(0, run.served.duration - waited)) / 1e9
      let sum = Double(gaps.reduce(0, +))
      for segment in gaps.indices {
        segments[segment][index] = sum > 0 ? own * Double(gaps[segment]) / sum : segment == 0 ? own : 0
      }
    }
    return segments
  }

  private static func parts(groups: [Group], segments: [[Double]]) -> [Part] {
    let all = segments.joined().reduce(0, +)
    var segments = segments
    func isNegligible(_ segment: Int) -> Bool { segments[segment].reduce(0, +) < negligibleShare * all }
    for segment in segments.indices.dropLast() where isNegligible(segment) {
      segments[segment + 1] = zip(segments[segment + 1], segments[segment]).map { $0 + $1 }
      segments[segment] = []
    }
    if let last = segments.indices.last, isNegligible(last),
      let earlier = segments.indices.dropLast().last(where: { !segments[$0].isEmpty })
    {
      segments[earlier] = zip(segments[earlier], segments[last]).map { $0 + $1 }
      segments[last] = []
    }
    var parts: [Part] = []
    var segment = 0
    func appendWork() {
      if segments[segment].contains(where: { $0 > 0 }) { parts.append(.work(segments[segment])) }
    }
    appendWork()
    for group in groups {
      parts.append(.calls(group))
      if group.isAlwaysPresent {
        segment += 1
        appendWork()
      }
    }
    return parts
  }
}
