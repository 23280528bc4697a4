import Sampling

/// What stands in for a failed call.
extension Simulation {
  mutating func startFallback(of call: Slot<Call>, _ blame: Blame) {
    call.its.state = .fallingBack
    note(.fallbacks, edge: call.its.edge)
    call.its.blame = blame
    let key = DrawKey(bits: call.its.key)
    let takes = samplers[edges[call.its.edge].fallbackSampler]
      .nanoseconds(key.draw(Purpose.fallbackTakes))
    calendar.schedule(
      EventPayload(.fallback, call.index, generation: call.its.generation),
      at: instant(after: takes), .timer)
  }

  /// The fallback has had its time: it fails, or answers by itself, or asks its own dependency.
  mutating func finishFallback(_ call: Slot<Call>) {
    let edge = call.its.edge
    let key = DrawKey(bits: call.its.key)
    if key.draw(Purpose.fallbackFails) < edges[edge].fallbackFails {
      note(.fallbackFailures, edge: call.its.edge)
      end(call, .failed, call.its.blame)
      return
    }
    let asks = edges[edge].fallbackEdge
    if asks < 0 {
      end(call, .degraded, .none)
      return
    }
    let keeps = edges[asks].cache >= 0 && call.its.parent >= 0
    if keeps, hasAnswer(frames.at(call.its.parent), along: asks) {
      end(call, .degraded, .none)
      return
    }
    let caller = call.its.edgeState &- edges[edge].firstState
    let asked = allocateCall(
      along: asks, key: key.child(Purpose.fallbackTakes).bits, request: call.its.request,
      workload: call.its.workload, parent: Call.orphan, caller: caller)
    asked.its.counterpart = call.index
    asked.its.flags.insert(.isFallback)
    if keeps { expectAnswer(asked, frames.at(call.its.parent)) }
    startCall(asked)
  }

  /// The call that a fallback made has ended.
  mutating func settleFallback(of call: Slot<Call>, _ ending: Ending) {
    if ending == .failed {
      note(.fallbackFailures, edge: call.its.edge)
      end(call, .failed, call.its.blame)
    } else {
      end(call, .degraded, .none)
    }
  }
}
