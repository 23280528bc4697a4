import Sampling
import Testing

@testable import Engine

/// What puts it beside a plain calendar on millions of random operations is `CalendarVerification` of `ratchet-bench`.
///
/// Mutations: a sift that compares times only; a pop that forgets to fill the hole; a hole that survives a removal of
/// all; buckets that survive it; what is kept aside that survives it, or comes before the buckets; a heap that stays large after a crowded instant; a chunk that is not given back.
@Suite struct `The event calendar` {
  /// A calendar in one line: sorted, and slow.
  private struct SortedCalendar {
    var entries: [CalendarEntry] = []

    mutating func insert(_ entry: CalendarEntry) {
      let place = entries.firstIndex { entry < $0 } ?? entries.count
      entries.insert(entry, at: place)
    }
    mutating func pop() -> CalendarEntry? { entries.isEmpty ? nil : entries.removeFirst() }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func `yields what a sorted list yields`(seed: UInt64) {
    var calendar = seed == 3 ? Calendar(threshold: 16) : Calendar()
    var reference = SortedCalendar()
    let key = DrawKey(seed: seed, replication: 0)
    var now: Int64 = 0
    for step in 0..<35_000 as Range<UInt64> {
      let draws = key.child(step)
      // Phases of growth and of decline, down to nothing and beyond.
      let isGrowing = step / 200 % 2 == 0
      if draws.uniform(1) < (isGrowing ? 0.7 : 0.25) {
        guard let eventClass = EventClass(rawValue: draws.draw(2) % 4) else {
          preconditionFailure("there are four classes")
        }
        let time = now + Int64(draws.draw(3) % 20)
        let entry = CalendarEntry(
          time: time, order: calendar.nextOrder(eventClass), payload: EventPayload(.arrival, Int32(step)))
        let isAsideFree = !calendar.holdsAside
        if isAsideFree, draws.uniform(4) < 0.3 { calendar.keepAside(entry) } else { calendar.insert(entry) }
        reference.insert(entry)
      } else {
        let popped = calendar.pop()
        let expected = reference.pop()
        #expect(popped?.payload.bits == expected?.payload.bits)
        let isEmpty = calendar.isEmpty
        #expect(isEmpty == reference.entries.isEmpty)
        now = popped?.time ?? now
      }
    }
    while let expected = reference.pop() {
      let popped = calendar.pop()
      #expect(popped?.payload.bits == expected.payload.bits)
    }
    let rest = calendar.pop()
    #expect(rest == nil)
  }

  @Test func `orders one instant by class, then by sequence`() {
    var calendar = Calendar()
    let classes: [EventClass] = [.arrival, .timer, .completion, .fault, .arrival, .timer, .completion, .fault]
    for (index, eventClass) in classes.enumerated() {
      calendar.schedule(EventPayload(.arrival, Int32(index)), at: 5, eventClass)
    }
    var order: [Int32] = []
    while let entry = calendar.pop() { order.append(entry.payload.index) }
    #expect(order == [3, 7, 2, 6, 1, 5, 0, 4])
  }

  @Test func `forgets everything when emptied, its hole included`() {
    var calendar = Calendar()
    for index in 0..<10 as Range<Int32> { calendar.schedule(EventPayload(.arrival, index), at: 10, .arrival) }
    _ = calendar.pop()
    calendar.keepAside(CalendarEntry(time: 20, order: calendar.nextOrder(.arrival), payload: EventPayload(.arrival, 9)))
    calendar.removeAll()
    let old = calendar.pop()
    #expect(old == nil)
    calendar.schedule(EventPayload(.arrival, 42), at: 1, .arrival)
    let new = calendar.pop()
    #expect(new?.payload.index == 42)
    let rest = calendar.pop()
    #expect(rest == nil)
  }

  @Test func `spreads events over buckets beyond its threshold, and gathers them again`() {
    var calendar = Calendar(threshold: 100)
    for time in 0..<101 as Range<Int64> {
      let usesBuckets = calendar.usesBuckets
      #expect(!usesBuckets)
      calendar.schedule(EventPayload(.arrival, Int32(time)), at: time * 1000, .arrival)
    }
    let usesBuckets = calendar.usesBuckets
    #expect(usesBuckets)
    for expected in 0..<101 as Range<Int32> {
      let popped = calendar.pop()
      #expect(popped?.payload.index == expected)
    }
    let (usesThem, isEmpty) = (calendar.usesBuckets, calendar.isEmpty)
    #expect(!usesThem && isEmpty)
  }

  @Test func `forgets what is in its buckets when emptied`() {
    var calendar = Calendar(threshold: 10)
    for time in 0..<1000 as Range<Int64> { calendar.schedule(EventPayload(.arrival, 1), at: time * 1000, .arrival) }
    calendar.removeAll()
    let (usesBuckets, isEmpty, nothing) = (calendar.usesBuckets, calendar.isEmpty, calendar.pop())
    #expect(!usesBuckets && isEmpty && nothing == nil)
  }

  /// The heap has to hold all of one instant, which no bucket divides; then it is as small as before.
  @Test func `holds any number of events of one instant, and is small again after them`() {
    var calendar = Calendar(threshold: 100)
    for index in 0..<5000 as Range<Int32> { calendar.schedule(EventPayload(.arrival, index), at: 7, .arrival) }
    for expected in 0..<5000 as Range<Int32> {
      let popped = calendar.pop()
      #expect(popped?.payload.index == expected)
    }
    calendar.schedule(EventPayload(.arrival, 0), at: 8, .arrival)
    _ = calendar.pop()
    let stillUsesBuckets = calendar.usesBuckets
    #expect(!stillUsesBuckets)
    for time in 9..<110 as Range<Int64> { calendar.schedule(EventPayload(.arrival, 0), at: time << 20, .arrival) }
    let usesBuckets = calendar.usesBuckets
    #expect(usesBuckets)
  }

  @Test func `reaches to both ends of the clock`() {
    var calendar = Calendar(threshold: 1)
    let times: [Int64] = [.max, 0, 1, .max - 1, 1 << 62, (1 << 62) - 1, 63, 64, .max]
    for time in times { calendar.schedule(EventPayload(.arrival, 0), at: time, .arrival) }
    var popped: [Int64] = []
    while let entry = calendar.pop() { popped.append(entry.time) }
    #expect(popped == times.sorted())
  }

  @Test(arguments: [10, 400]) func `takes no memory in a steady state`(pending: Int) {
    var calendar = Calendar(threshold: 100)
    let key = DrawKey(seed: 1, replication: 0)
    func delay(_ step: Int) -> Int64 { Int64(key.child(UInt64(step)).draw(1) >> 34) }
    for index in 0..<pending { calendar.schedule(EventPayload(.arrival, 0), at: delay(index), .arrival) }
    var capacity = 0
    for step in 0..<60_000 {
      if step == 20_000 { capacity = calendar.capacity }
      guard let entry = calendar.pop() else { break }
      calendar.schedule(entry.payload, at: entry.time + delay(pending + step), .arrival)
    }
    let (after, usesBuckets) = (calendar.capacity, calendar.usesBuckets)
    #expect(after == capacity && usesBuckets == (pending > 100))
  }

  @Test func `keeps all parts of a payload`() {
    let payload = EventPayload(.failureTransition, -7, generation: 0x12_3456_78)
    #expect(payload.kind == .failureTransition)
    #expect(payload.index == -7)
    #expect(payload.generation == 0x34_5678)
  }
}
