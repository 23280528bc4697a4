import Sampling

/// What stands in for a failed call.
extension Simulation {
  mutating func startFallback(of call: Int32, _ blame: Blame) {
    calls[call].state = .fallingBack
    calls[call].blame = blame
    let key = DrawKey(bits: calls[call].key)
    let takes = samplers[edges[calls[call].edge].fallbackSampler]
      .nanoseconds(key.draw(Purpose.fallbackTakes))
    calendar.schedule(
      EventPayload(.fallback, call, generation: calls[call].generation),
      at: instant(after: takes), .timer)
  }

  /// The fallback has had its time: it fails, or answers by itself, or asks its own dependency.
  mutating func finishFallback(_ call: Int32) {
    let edge = calls[call].edge
    let key = DrawKey(bits: calls[call].key)
    if key.draw(Purpose.fallbackFails) < edges[edge].fallbackFails {
      settle(call, .failed, calls[call].blame)
      return
    }
    let asks = edges[edge].fallbackEdge
    if asks < 0 {
      settle(call, .degraded, .none)
      return
    }
    let caller = calls[call].edgeState &- edges[edge].firstState
    let asked = allocateCall(
      along: asks, key: key.child(Purpose.fallbackTakes).bits, request: calls[call].request,
      workload: calls[call].workload, parent: Call.orphan, caller: caller)
    calls[asked].counterpart = call
    startCall(asked)
  }

  /// The call that a fallback made has ended.
  mutating func settleFallback(of call: Int32, _ ending: Ending) {
    if ending == .failed {
      settle(call, .failed, calls[call].blame)
    } else {
      settle(call, .degraded, .none)
    }
  }
}
