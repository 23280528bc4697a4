/// Timeouts of equal length in first-in-first-out lanes, one a call edge.
///
/// Within a lane the order of arming is the order of expiry, so only the head stands in the calendar, under its own
/// key; the rest are linked through the calls. A cancelled head leaves its calendar entry behind, which re-arms the
/// lane for the head of the day. So the order of all events is what it would be with each timer in the calendar.
struct TimerLanes: ~Copyable {
  struct Lane: BitwiseCopyable {
    var head: Int32 = -1
    var tail: Int32 = -1
    /// Whether the calendar holds an entry for this lane.
    var armed = false
  }
  private var lanes: Slab<Lane>

  init(count: Int) { lanes = Slab(repeating: Lane(), count: count) }

  mutating func reset() { lanes.fill(with: Lane()) }

  func head(of lane: Int32) -> Int32 { lanes[lane].head }

  /// Appends a call whose `due` and `dueOrder` are set.
  @inline(__always) mutating func append(
    _ call: Int32, to lane: Int32, _ calls: inout Slab<Call>, _ calendar: inout Calendar
  ) {
    let tail = lanes[lane].tail
    calls[call].timerNext = -1
    calls[call].timerPrevious = tail
    calls[call].timerArmed = true
    if tail >= 0 { calls[tail].timerNext = call } else { lanes[lane].head = call }
    lanes[lane].tail = call
    if !lanes[lane].armed { arm(lane, calls, &calendar) }
  }

  /// Takes a call out.
  /// - Complexity: O(1).
  @inline(__always) mutating func remove(_ call: Int32, from lane: Int32, _ calls: inout Slab<Call>) {
    let next = calls[call].timerNext
    let previous = calls[call].timerPrevious
    if previous >= 0 { calls[previous].timerNext = next } else { lanes[lane].head = next }
    if next >= 0 { calls[next].timerPrevious = previous } else { lanes[lane].tail = previous }
    calls[call].timerArmed = false
  }

  /// The lane's entry has left the calendar. The call that is due with it, taken out, or -1 where that was cancelled;
  /// the next head, if any, is armed.
  mutating func fire(
    _ lane: Int32, order: UInt64, _ calls: inout Slab<Call>, _ calendar: inout Calendar
  ) -> Int32 {
    lanes[lane].armed = false
    var due: Int32 = -1
    let head = lanes[lane].head
    if head >= 0, calls[head].dueOrder == order {
      due = head
      remove(head, from: lane, &calls)
    }
    if lanes[lane].head >= 0 { arm(lane, calls, &calendar) }
    return due
  }

  @inline(__always) private mutating func arm(
    _ lane: Int32, _ calls: borrowing Slab<Call>, _ calendar: inout Calendar
  ) {
    let head = lanes[lane].head
    lanes[lane].armed = true
    calendar.insert(
      CalendarEntry(
        time: calls[head].due, order: calls[head].dueOrder, payload: EventPayload(.lane, lane)))
  }
}
