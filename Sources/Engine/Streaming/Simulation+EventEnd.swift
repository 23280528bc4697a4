import Sampling

/// The end of a live event, after which its viewers leave; and what players ask for when a play is over.
extension Simulation {
  /// The event is over: everyone who watches live now stays on for a while of their own, and leaves.
  ///
  /// - Complexity: O(sessions), and O(m log m) for the m that watch live.
  @inline(never) mutating func listDepartures() {
    var found: [Departure] = []
    for place in 0..<media.sessions.count {
      let session = media.sessions[place]
      if session.state == .free || !session.flags.contains(.isLive) { continue }
      let stays = samplers[plan.staying].nanoseconds(DrawKey(bits: session.key).draw(Purpose.staying))
      found.append(Departure(time: instant(after: stays), key: session.key, session: place))
    }
    found.sort { ($0.time, $0.key) < ($1.time, $1.key) }
    for departure in found { media.departures.append(departure) }
    scheduleDeparture()
  }

  private mutating func scheduleDeparture() {
    guard media.nextDeparture < media.departures.count else { return }
    let time = media.departures[media.nextDeparture].time
    if time < horizon { calendar.schedule(EventPayload(.departure, 0), at: time, .timer) }
  }

  /// The next viewer leaves, unless that one has gone before.
  @inline(never) mutating func leaveAfterEvent() {
    let departure = media.departures[media.nextDeparture]
    media.nextDeparture += 1
    scheduleDeparture()
    let session = media.sessions.at(departure.session)
    guard session.its.state != .free, session.its.key == departure.key else { return }
    if session.its.state == .starting {
      losePatience(session)
    } else {
      noticeStall(session)
      endPlay(session, .ended)
    }
  }

  /// What a player asks for when its play is over.
  @inline(never) mutating func callAfterPlay(_ key: DrawKey, _ cohort: Int32) {
    if key.draw(Purpose.callsAfterPlay) >= plan.afterPlayShare { return }
    for index in 0..<Int32(plan.callsAfterPlay.count) {
      let action = plan.callsAfterPlay[index]
      // Apart from the call of the same dependency in the start.
      let call = allocateCall(
        along: action.edge, key: key.child(named: "after").child(action.key).bits, request: key.bits,
        workload: plan.cohorts[cohort].workload, parent: Call.afterPlay, caller: 0)
      startCall(call)
    }
  }
}

/// A viewer who leaves at a known time.
struct Departure: BitwiseCopyable {
  /// Nanoseconds.
  let time: Int64
  let key: UInt64
  let session: Int32
}
