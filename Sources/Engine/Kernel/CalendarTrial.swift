/// The calendar by itself, for `ratchet-bench` to time and to verify: the engine's events stay its own affair.
package struct CalendarTrial: ~Copyable {
  private var calendar: Calendar

  /// - Parameter threshold: up to how many entries all stand in the heap; nil for the engine's own choice.
  package init(heapUpTo threshold: Int? = nil) {
    calendar = threshold.map { Calendar(threshold: $0) } ?? Calendar()
  }

  /// Schedules something at each of these times, in nanoseconds.
  package mutating func fill(_ times: [Int64]) {
    for (index, time) in times.enumerated() {
      calendar.schedule(EventPayload(.arrival, Int32(truncatingIfNeeded: index)), at: time, .arrival)
    }
  }

  /// The hold model: takes the first event and schedules it again, later by an increment, over and over.
  ///
  /// - Parameter increments: in nanoseconds, taken in turn; a power of two of them.
  /// - Returns: a digest of the order of events.
  package mutating func hold(_ increments: [Int64], operations: Int) -> UInt64 {
    let mask = increments.count - 1
    var digest: UInt64 = 0
    for operation in 0..<operations {
      guard let event = calendar.pop() else { break }
      digest = digest &* 31 &+ UInt64(bitPattern: event.time) &+ UInt64(UInt32(bitPattern: event.payload.index))
      calendar.schedule(event.payload, at: event.time &+ increments[operation & mask], .arrival)
    }
    return digest
  }

  /// An event as the calendar has it.
  package struct Event: Equatable {
    /// Nanoseconds.
    package let time: Int64
    /// Decides among events of one time: the class, then the sequence number.
    package let order: UInt64
    package let index: Int32
    /// 24 bits.
    package let generation: UInt32
  }

  /// Whether later events stand in buckets.
  package var usesBuckets: Bool { calendar.usesBuckets }
  package var isEmpty: Bool { calendar.isEmpty }

  /// - Parameter rank: decides among events of one time, the lower first; below 4.
  package mutating func insert(at time: Int64, rank: UInt64, index: Int32, generation: UInt32) -> Event {
    guard let eventClass = EventClass(rawValue: rank) else { preconditionFailure("there are four classes") }
    let entry = CalendarEntry(
      time: time, order: calendar.nextOrder(eventClass),
      payload: EventPayload(.deadline, index, generation: generation))
    calendar.insert(entry)
    return Event(entry)
  }

  package mutating func pop() -> Event? { calendar.pop().map(Event.init) }
}

extension CalendarTrial.Event {
  fileprivate init(_ entry: CalendarEntry) {
    self.init(
      time: entry.time, order: entry.order, index: entry.payload.index, generation: entry.payload.generation)
  }
}
