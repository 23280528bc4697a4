/// What the calendars that were not chosen hold, the engine's entry over again.
struct TimedEvent {
  /// Nanoseconds.
  var time: Int64
  var order: UInt64
  var payload: UInt64

  @inline(__always) var key: UInt128 { UInt128(UInt64(bitPattern: time)) << 64 | UInt128(order) }
  @inline(__always) static func < (a: TimedEvent, b: TimedEvent) -> Bool { a.key < b.key }
}

/// A calendar that was not chosen: room for a given number of events, in memory without checks.
protocol CandidateCalendar: ~Copyable {
  init(capacity: Int)
  mutating func insert(_ event: TimedEvent)
  mutating func pop() -> TimedEvent?
}

extension CandidateCalendar where Self: ~Copyable {
  mutating func fill(_ times: [Int64]) {
    for (index, time) in times.enumerated() {
      insert(TimedEvent(time: time, order: UInt64(index + 1), payload: UInt64(index)))
    }
  }

  /// The hold model, as the engine's calendar goes through it.
  mutating func hold(_ increments: [Int64], operations: Int, begun: Int) -> UInt64 {
    let mask = increments.count - 1
    var digest: UInt64 = 0
    for operation in 0..<operations {
      guard let event = pop() else { break }
      digest = digest &* 31 &+ UInt64(bitPattern: event.time) &+ event.payload
      insert(
        TimedEvent(
          time: event.time &+ increments[operation & mask], order: UInt64(begun + operation + 1),
          payload: event.payload))
    }
    return digest
  }
}
