import Engine
import Sampling

/// Random operations on the engine's calendar and on a plain one, which must yield the same events.
///
/// Pushes, pops and cancellations come in phases of growth and of decline. An event is cancelled as the engine cancels: the
/// generation of what it would resume moves on, and it is stale when it comes up. Out of the plain calendar it is taken.
struct CalendarVerification {
  /// What came of it.
  struct Course: Equatable {
    var popped = 0
    var cancelled = 0
    /// Cancelled events that came up.
    var stale = 0
    var mostPending = 0
    /// How often the calendar went from its heap to buckets, and back.
    var spread = 0
    var gathered = 0
    /// The first pop that yielded what the plain calendar did not.
    var difference: String?
  }

  let spread: EventSpread
  let seed: UInt64
  let operations: Int
  /// Operations a phase.
  var phase = 100_000
  /// Up to how many events all stand in the heap; nil for the engine's own choice.
  var threshold: Int?

  func run() -> Course {
    var calendar = CalendarTrial(heapUpTo: threshold)
    var reference = ReferenceCalendar()
    var pending = PendingEvents()
    var course = Course()
    var now: Int64 = 0
    var usedBuckets = false
    for step in 0..<operations {
      let bits = DrawKey.mix(seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step))
      let choice = bits & 0xFF
      if choice < (step / phase % 2 == 0 ? 160 : 60) {
        let slot = pending.vacantSlot()
        let event = calendar.insert(
          at: spread.time(after: now, DrawKey.mix(bits)), rank: bits >> 8 & 3, index: slot,
          generation: pending.generation(of: slot))
        pending.add(event)
        reference.insert(event)
      } else if choice >= 236, let event = pending.any(bits >> 8) {
        reference.remove(event)
        pending.remove(event)
        course.cancelled += 1
      } else {
        var event = calendar.pop()
        while let stale = event, !pending.contains(stale) {
          course.stale += 1
          event = calendar.pop()
        }
        let expected = reference.pop()
        if event != expected {
          course.difference = "step \(step): \(describe(event)) instead of \(describe(expected))"
          return course
        }
        if let event {
          now = event.time
          pending.remove(event)
          course.popped += 1
        }
      }
      course.mostPending = max(course.mostPending, pending.count)
      if calendar.usesBuckets != usedBuckets {
        usedBuckets.toggle()
        if usedBuckets { course.spread += 1 } else { course.gathered += 1 }
      }
    }
    return course
  }

  private func describe(_ event: CalendarTrial.Event?) -> String {
    event.map { "the event \($0.order) at \($0.time)" } ?? "nothing"
  }
}

/// The events that are neither popped nor cancelled, each in a slot whose generation tells it from those before it.
private struct PendingEvents {
  private var events: [CalendarTrial.Event] = []
  private var generations: [UInt32] = []
  /// By slot: where its event stands in `events`.
  private var places: [Int] = []
  private var vacant: [Int32] = []

  var count: Int { events.count }

  mutating func vacantSlot() -> Int32 {
    if let slot = vacant.popLast() { return slot }
    generations.append(0)
    places.append(0)
    return Int32(generations.count - 1)
  }

  func generation(of slot: Int32) -> UInt32 { generations[Int(slot)] & 0xFF_FFFF }
  func contains(_ event: CalendarTrial.Event) -> Bool { generation(of: event.index) == event.generation }
  func any(_ bits: UInt64) -> CalendarTrial.Event? {
    events.isEmpty ? nil : events[Int(bits % UInt64(events.count))]
  }

  mutating func add(_ event: CalendarTrial.Event) {
    places[Int(event.index)] = events.count
    events.append(event)
  }

  mutating func remove(_ event: CalendarTrial.Event) {
    generations[Int(event.index)] &+= 1
    vacant.append(event.index)
    let place = places[Int(event.index)]
    let last = events.removeLast()
    if place < events.count {
      events[place] = last
      places[Int(last.index)] = place
    }
  }
}
