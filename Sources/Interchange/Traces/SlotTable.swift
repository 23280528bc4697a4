/// Which run made which calls, by slot.
struct SlotTable {
  private let runs: [[CallStructure.Slot: EndpointRecord.ObservedCall]]
  private let starts: [Int64]
  /// In their order.
  let slots: [CallStructure.Slot]
  let surplusCalls: Int

  init(_ runs: [EndpointRecord.Run]) {
    var surplusCalls = 0
    self.runs = runs.map { run in
      var counts: [EndpointKey: Int] = [:]
      var row: [CallStructure.Slot: EndpointRecord.ObservedCall] = [:]
      for call in run.calls.sorted(by: { ($0.asked.start, $0.callee) < ($1.asked.start, $1.callee) }) {
        let occurrence = counts[call.callee, default: 0]
        counts[call.callee] = occurrence + 1
        if occurrence < CallStructure.maximumRepeats {
          row[CallStructure.Slot(callee: call.callee, occurrence: occurrence)] = call
        } else {
          surplusCalls += 1
        }
      }
      return row
    }
    self.surplusCalls = surplusCalls
    starts = runs.map(\.served.start)
    slots = Set(self.runs.flatMap(\.keys)).sorted()
  }

  func call(of slot: CallStructure.Slot, in run: Int) -> EndpointRecord.ObservedCall? { runs[run][slot] }

  /// The slots, those that run in parallel together, in the order in which they start.
  func groups() -> [CallStructure.Group] {
    var leader = Dictionary(uniqueKeysWithValues: slots.map { ($0, $0) })
    func find(_ slot: CallStructure.Slot) -> CallStructure.Slot {
      var slot = slot
      while let next = leader[slot], next != slot { slot = next }
      return slot
    }
    for (pair, overlaps) in overlapCounts().sorted(by: { $0.key < $1.key }) {
      let both = runs.count { $0[pair.first] != nil && $0[pair.second] != nil }
      if Double(overlaps) >= CallStructure.parallelShare * Double(both) {
        leader[find(pair.second)] = find(pair.first)
      }
    }
    let groups = Dictionary(grouping: slots, by: find).values.map { members in
      CallStructure.Group(
        slots: members.sorted(), presence: members.sorted().map { slot in runs.map { $0[slot] != nil } })
    }
    return groups.map { (group: $0, start: medianStart(of: $0.slots)) }
      .sorted { ($0.start, $0.group.slots[0]) < ($1.start, $1.group.slots[0]) }
      .map(\.group)
  }

  private struct Pair: Hashable, Comparable {
    let first: CallStructure.Slot
    let second: CallStructure.Slot
    static func < (a: Self, b: Self) -> Bool { (a.first, a.second) < (b.first, b.second) }
  }

  /// In how many runs the calls of two slots overlapped.
  private func overlapCounts() -> [Pair: Int] {
    var counts: [Pair: Int] = [:]
    for run in runs {
      let calls = run.sorted { ($0.value.asked.start, $0.key) < ($1.value.asked.start, $1.key) }
      for (index, (slot, call)) in calls.enumerated() {
        for (other, later) in calls[(index + 1)...] {
          if later.asked.start >= call.asked.end { break }
          let overlap = min(call.asked.end, later.asked.end) - later.asked.start
          let shorter = min(call.asked.duration, later.asked.duration)
          if Double(overlap) > CallStructure.overlapTolerance * Double(shorter) {
            counts[Pair(first: min(slot, other), second: max(slot, other)), default: 0] += 1
          }
        }
      }
    }
    return counts
  }

  /// The median, over the runs that have any of these slots, of the time until the first of them starts.
  private func medianStart(of slots: [CallStructure.Slot]) -> Double {
    let offsets = runs.indices.compactMap { run in
      slots.compactMap { runs[run][$0]?.asked.start }.min().map { Double($0 - starts[run]) }
    }
    return Median.of(offsets) ?? 0
  }
}
