/// Requests that are done before their timeout, mostly, for `ratchet-bench` to time: each arms a timer when it begins and
/// cancels it when it is done; then the next begins in its place.
package struct TimerTrial: ~Copyable {
  private var calendar = Calendar()
  private var calls = Arena<Call>()
  private var lanes: TimerLanes
  private let work: [Int64]
  private let timeouts: [Int64]
  private let usesLanes: Bool
  private var now: Int64 = 0
  private var begun = 0
  private var fired = 0

  /// - Parameters:
  ///   - work: how long requests take, in nanoseconds, taken in turn; a power of two of them.
  ///   - timeouts: the same of their timers.
  ///   - usesLanes: whether timers stand in a lane, for which all are equal; else in the calendar until they are due.
  package init(inFlight: Int, work: [Int64], timeouts: [Int64], usesLanes: Bool) {
    self.work = work
    self.timeouts = timeouts
    self.usesLanes = usesLanes
    lanes = TimerLanes(lengths: [timeouts[0]])
    for _ in 0..<inFlight { begin(calls.take()) }
  }

  /// - Returns: how many timers have fired.
  package mutating func finish(_ requests: Int) -> Int {
    fired = 0
    var done = 0
    while done < requests, let event = calendar.pop() {
      now = event.time
      switch event.payload.kind {
      case .lane:
        if lanes.fire(event.payload.index, order: event.order, calls, &calendar) != nil { fired += 1 }
      case .deadline:
        if calls.current(event.payload.index, event.payload.generation) != nil { fired += 1 }
      default:
        let call = calls.at(event.payload.index)
        if call.its.flags.contains(.timerArmed) { lanes.remove(call, from: 0, calls) }
        call.its.generation &+= 1
        begin(call)
        done += 1
      }
    }
    return fired
  }

  @inline(always) private mutating func begin(_ call: Slot<Call>) {
    begun &+= 1
    calendar.schedule(EventPayload(.workDone, call.index), at: now &+ work[begun & (work.count - 1)], .completion)
    if usesLanes {
      call.its.attemptBegan = now
      call.its.dueOrder = calendar.nextOrder(.timer)
      lanes.append(call, to: 0, calls, &calendar)
    } else {
      calendar.schedule(
        EventPayload(.deadline, call.index, generation: call.its.generation),
        at: now &+ timeouts[begun & (timeouts.count - 1)], .timer)
    }
  }
}
