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
    /// Nanoseconds.
    var length: Int64
  }
  private var lanes: Slab<Lane>

  /// - Parameter lengths: how long the timers of each lane run, in nanoseconds.
  init(lengths: [Int64]) {
    lanes = Slab(capacity: lengths.count)
    for length in lengths { lanes.append(Lane(length: length)) }
  }

  mutating func reset() {
    for lane in 0..<lanes.count { lanes[lane] = Lane(length: lanes[lane].length) }
  }

  func head(of lane: Int32) -> Int32 { lanes[lane].head }

  func length(of lane: Int32) -> Int64 { lanes[lane].length }

  /// Empties a lane, and gives it another length. The entry that the calendar may hold finds no call of its order.
  mutating func change(_ lane: Int32, length: Int64) { lanes[lane] = Lane(length: length) }

  /// Appends a call whose `attemptBegan`, which is now, and `dueOrder` are set.
  @inline(always) mutating func append(
    _ call: Slot<Call>, to index: Int32, _ calls: borrowing Arena<Call>, _ calendar: inout Calendar
  ) {
    let lane = lanes.at(index)
    let tail = lane.its.tail
    call.its.timerNext = -1
    call.its.timerPrevious = tail
    call.its.flags.insert(.timerArmed)
    if tail >= 0 { calls[tail].timerNext = call.index } else { lane.its.head = call.index }
    lane.its.tail = call.index
    if !lane.its.armed { arm(lane, calls, &calendar) }
  }

  /// Takes a call out.
  /// - Complexity: O(1).
  @inline(always) mutating func remove(_ call: Slot<Call>, from index: Int32, _ calls: borrowing Arena<Call>) {
    let lane = lanes.at(index)
    let next = call.its.timerNext
    let previous = call.its.timerPrevious
    if previous >= 0 { calls[previous].timerNext = next } else { lane.its.head = next }
    if next >= 0 { calls[next].timerPrevious = previous } else { lane.its.tail = previous }
    call.its.flags.remove(.timerArmed)
  }

  /// The lane's entry has left the calendar. The call that is due with it, taken out, or nil where that was cancelled;
  /// the next head, if any, is armed.
  mutating func fire(
    _ index: Int32, order: UInt64, _ calls: borrowing Arena<Call>, _ calendar: inout Calendar
  ) -> Slot<Call>? {
    let lane = lanes.at(index)
    lane.its.armed = false
    var due: Slot<Call>?
    if lane.its.head >= 0 {
      let head = calls.at(lane.its.head)
      if head.its.dueOrder == order {
        due = head
        remove(head, from: index, calls)
      }
    }
    if lane.its.head >= 0 { arm(lane, calls, &calendar) }
    return due
  }

  @inline(always) private func arm(
    _ lane: Slot<Lane>, _ calls: borrowing Arena<Call>, _ calendar: inout Calendar
  ) {
    let head = calls.at(lane.its.head)
    lane.its.armed = true
    let (due, isBeyond) = head.its.attemptBegan.addingReportingOverflow(lane.its.length)
    calendar.insert(
      CalendarEntry(
        time: isBeyond ? .max : due, order: head.its.dueOrder, payload: EventPayload(.lane, lane.index)))
  }
}
