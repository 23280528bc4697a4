/// A dependency's bulkhead: places, and a queue for them.
extension Simulation {
  /// Takes a place for the attempt, or lines it up for one, or refuses it.
  /// - Returns: whether the attempt may be issued now.
  mutating func takePlace(_ call: Int32) -> Bool {
    let edge = calls[call].edge
    let state = calls[call].edgeState
    if edgeStates[state].inUse < edges[edge].places, edgeStates[state].waiting == 0 {
      edgeStates[state].inUse &+= 1
      calls[call].holdsPlace = true
      return true
    }
    if edgeStates[state].waiting < edges[edge].bulkheadQueue {
      joinPlaceQueue(call)
      return false
    }
    failAttempt(call, seenAs: .bulkheadFull, Blame(.bulkheadFull, at: edges[edge].component))
    return false
  }

  mutating func givePlaceBack(_ call: Int32) {
    let state = calls[call].edgeState
    calls[call].holdsPlace = false
    edgeStates[state].inUse &-= 1
    if edgeStates[state].waiting > 0 { ready.append(ReadyItem(kind: .place, index: state, generation: 0)) }
  }

  /// Hands free places to those that wait, first come first served.
  mutating func servePlaces(of state: Int32) {
    let edge = edgeStates[state].edge
    while edgeStates[state].waiting > 0, edgeStates[state].inUse < edges[edge].places {
      let call = edgeStates[state].firstWaiting
      leavePlaceQueue(call)
      edgeStates[state].inUse &+= 1
      calls[call].holdsPlace = true
      issue(call)
    }
  }

  private mutating func joinPlaceQueue(_ call: Int32) {
    let state = calls[call].edgeState
    let last = edgeStates[state].lastWaiting
    calls[call].state = .queued
    calls[call].queueNext = -1
    calls[call].queuePrevious = last
    if last >= 0 { calls[last].queueNext = call } else { edgeStates[state].firstWaiting = call }
    edgeStates[state].lastWaiting = call
    edgeStates[state].waiting &+= 1
    let longest = edges[calls[call].edge].bulkheadWait
    if longest != Edge.noLimit {
      calendar.schedule(
        EventPayload(.bulkheadWait, call, generation: calls[call].generation),
        at: instant(after: longest), .timer)
    }
  }

  mutating func leavePlaceQueue(_ call: Int32) {
    let state = calls[call].edgeState
    let next = calls[call].queueNext
    let previous = calls[call].queuePrevious
    if previous >= 0 { calls[previous].queueNext = next } else { edgeStates[state].firstWaiting = next }
    if next >= 0 { calls[next].queuePrevious = previous } else { edgeStates[state].lastWaiting = previous }
    edgeStates[state].waiting &-= 1
    calls[call].state = .outstanding
  }

  /// The longest wait for a semaphore is over, unless the attempt that it belonged to has moved on.
  mutating func stopWaitingForPlace(_ call: Int32) {
    let edge = calls[call].edge
    guard calls[call].state == .queued,
      now == calls[call].attemptBegan &+ edges[edge].bulkheadWait
    else { return }
    leavePlaceQueue(call)
    failAttempt(call, seenAs: .bulkheadFull, Blame(.bulkheadFull, at: edges[edge].component))
  }
}
