import Sampling

/// A dependency's bulkhead: places, and a queue for them.
extension Simulation {
  /// Takes a place for the attempt, or lines it up for one, or refuses it.
  /// - Returns: whether the attempt may be issued now.
  mutating func takePlace(_ call: Slot<Call>) -> Bool {
    let edge = call.its.edge
    let state = call.its.edgeState
    if edgeStates[state].inUse < edges[edge].places &- placesTaken[edge], edgeStates[state].waiting == 0 {
      edgeStates[state].inUse &+= 1
      call.its.flags.insert(.holdsPlace)
      return true
    }
    if logsRequests { noteAtBulkhead(call) }
    if edgeStates[state].waiting < edges[edge].bulkheadQueue {
      joinPlaceQueue(call)
      return false
    }
    failAttempt(call, seenAs: .bulkheadFull, Blame(.bulkheadFull, at: edges[edge].component))
    return false
  }

  mutating func givePlaceBack(_ call: Slot<Call>) {
    let state = call.its.edgeState
    call.its.flags.remove(.holdsPlace)
    edgeStates[state].inUse &-= 1
    if edgeStates[state].waiting > 0 { ready.append(ReadyItem(kind: .place, index: state, generation: 0)) }
  }

  /// Hands free places to those that wait, first come first served.
  mutating func servePlaces(of state: Int32) {
    let edge = edgeStates[state].edge
    unfinishedLoops += 1
    while edgeStates[state].waiting > 0, edgeStates[state].inUse < edges[edge].places &- placesTaken[edge] {
      let call = calls.at(edgeStates[state].firstWaiting)
      leavePlaceQueue(call)
      edgeStates[state].inUse &+= 1
      call.its.flags.insert(.holdsPlace)
      let opening = opening(DrawKey(bits: call.its.key), attempt: call.its.attempt, edges.at(edge))
      if let frame = issue(call, edges.at(edge), opening) { open(frame) }
    }
    unfinishedLoops -= 1
  }

  private mutating func joinPlaceQueue(_ call: Slot<Call>) {
    let state = call.its.edgeState
    let last = edgeStates[state].lastWaiting
    call.its.state = .queued
    call.its.queueNext = -1
    call.its.queuePrevious = last
    if last >= 0 { calls[last].queueNext = call.index } else { edgeStates[state].firstWaiting = call.index }
    edgeStates[state].lastWaiting = call.index
    edgeStates[state].waiting &+= 1
    let longest = edges[call.its.edge].bulkheadWait
    if longest != Edge.noLimit {
      calendar.schedule(
        EventPayload(.bulkheadWait, call.index, generation: call.its.generation),
        at: instant(after: longest), .timer)
    }
  }

  mutating func leavePlaceQueue(_ call: Slot<Call>) {
    let state = call.its.edgeState
    let next = call.its.queueNext
    let previous = call.its.queuePrevious
    if previous >= 0 { calls[previous].queueNext = next } else { edgeStates[state].firstWaiting = next }
    if next >= 0 { calls[next].queuePrevious = previous } else { edgeStates[state].lastWaiting = previous }
    edgeStates[state].waiting &-= 1
    call.its.state = .outstanding
  }

  /// The longest wait for a semaphore is over, unless the attempt that it belonged to has moved on.
  mutating func stopWaitingForPlace(_ call: Slot<Call>) {
    let edge = call.its.edge
    guard call.its.state == .queued,
      now == call.its.attemptBegan &+ bulkheadWait(of: edge, at: call.its.attemptBegan)
    else { return }
    leavePlaceQueue(call)
    failAttempt(call, seenAs: .bulkheadFull, Blame(.bulkheadFull, at: edges[edge].component))
  }
}
