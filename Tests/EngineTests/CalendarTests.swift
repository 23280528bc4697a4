import Sampling
import Testing

@testable import Engine

/// Mutations: a sift that compares times only; a pop that forgets to fill the hole; a hole that survives a removal of
/// all.
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
    var calendar = Calendar()
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
        calendar.insert(entry)
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
    calendar.removeAll()
    let old = calendar.pop()
    #expect(old == nil)
    calendar.schedule(EventPayload(.arrival, 42), at: 1, .arrival)
    let new = calendar.pop()
    #expect(new?.payload.index == 42)
    let rest = calendar.pop()
    #expect(rest == nil)
  }

  @Test func `keeps all parts of a payload`() {
    let payload = EventPayload(.failureTransition, -7, generation: 0x12_3456_78)
    #expect(payload.kind == .failureTransition)
    #expect(payload.index == -7)
    #expect(payload.generation == 0x34_5678)
  }
}
