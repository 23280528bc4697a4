import Sampling

/// Whether and how strongly a fault acts on a call.
extension Simulation {
  /// The threshold of an error's draws now.
  mutating func errorThreshold(of index: Int32) -> UInt64 {
    if faults[index].magnitude.over == 0 { return faults[index].errorThreshold }
    return drawThreshold(faults[index].magnitude.value(after: elapsed(of: index)))
  }

  /// What a latency fault adds, in nanoseconds, by the key of whom it strikes.
  mutating func addedLatency(of index: Int32, _ key: DrawKey) -> Int64 {
    if faults[index].latencySampler >= 0 {
      return samplers[faults[index].latencySampler]
        .nanoseconds(key.child(faults[index].key).draw(Purpose.latency))
    }
    return Int64(faults[index].added.value(after: elapsed(of: index)).rounded())
  }

  /// A refusal or an error in place of the endpoint, which counts it where the fault is at the server.
  ///
  /// - Parameter call: nil where the caller has given up.
  mutating func answerAtTheDoor(_ attempt: Passage, _ call: Slot<Call>?) {
    let (edge, isEdge) = (edges[attempt.edge], attempt.isAnsweredOnEdge)
    let blame = Blame(attempt.answer, at: isEdge ? edge.component : edge.service, by: attempt.answeredBy)
    if recordsSignals, !isEdge { noteAnswerAtTheDoor(of: edge.service, blame) }
    if !isEdge, now >= warmup {
      let endpoint = firstEndpointTally &+ Int(edge.endpoint)
      tallies.arrived(endpoint)
      tallies.ended(endpoint, .failed, latency: 0, blame: blame)
      if logsRequests {
        logAttempt(at: edge.endpoint)
        logFailedAttempt(at: edge.endpoint, arrived: now)
      }
    }
    if let call { failAttempt(call, seenAs: attempt.answer, blame) }
  }

  /// Whether and where a fault strikes an attempt sent to a replica: by its targets and its scope.
  mutating func reach(of index: Int32, _ call: Slot<Call>, replica: Int32) -> CallReach {
    reach(of: index, edge: call.its.edge, request: call.its.request, workload: call.its.workload, replica: replica)
  }

  mutating func reach(
    of index: Int32, edge: Int32, request: UInt64, workload: Int16, replica: Int32
  ) -> CallReach {
    var found = CallReach.none
    if faults[index].cohort >= 0 {
      // The calls of its players' sessions, of which live encoding is none.
      if edges[edge].workload != plan.everySession { return .none }
      if workload != plan.cohorts[faults[index].cohort].workload { return .none }
      found = .edge
    }
    let first = faults[index].firstPlace
    for number in first..<first &+ faults[index].placeCount {
      let place = faultPlaces[number]
      if place.isEdge {
        if edges[edge].service != place.service { continue }
        if place.component >= 0, edges[edge].component != place.component { continue }
        let byService = place.callerService >= 0 && edges[edge].caller == place.callerService
        let byWorkload = place.callerWorkload >= 0 && edges[edge].workload == place.callerWorkload
        if byService || byWorkload {
          found = .edge
          break
        }
      } else if place.endpoint < 0 || edges[edge].endpoint == place.endpoint,
        members[place.firstMember &+ replica] != 0
      {
        found = .server
      }
    }
    if found == .none || !isInScope(index, request: request, workload: workload) { return .none }
    return found
  }
}

/// Where a fault meets a call: nowhere, on the way along an edge, or at the server.
enum CallReach: UInt8 { case none, edge, server }
