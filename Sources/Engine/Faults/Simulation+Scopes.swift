/// Whose requests the scopes of faults pick, and in which windows they count for it.
extension Simulation {
  /// The windows in which a request that arrives now counts.
  @inline(always) mutating func windowsOfArrival(request: UInt64, workload: Int16) -> UInt64 {
    let windows = currentWindows
    if windows & scopedWindows == 0 { return windows }
    return windowsPicking(windows, request: request, workload: workload)
  }

  /// - Parameter windows: some of which count only what a fault's scope picks.
  @inline(never) private mutating func windowsPicking(
    _ current: UInt64, request: UInt64, workload: Int16
  ) -> UInt64 {
    var windows = current
    let named = windows & program.scopedNamedWindows
    if named != 0 { windows &= ~(named & ~windowsOfFaults(named, picking: request, workload: workload)) }
    if !isScoped(request: request, workload: workload, byActiveFault: false) {
      windows &= ~program.scopedWindows | (windows & program.scopedNamedWindows)
    } else if windows & program.scopedFaultWindows != 0,
      !isScoped(request: request, workload: workload, byActiveFault: true)
    {
      windows &= ~program.scopedFaultWindows
    }
    return windows
  }

  /// Those of some windows, each about one fault, whose fault's scope picks the request.
  private mutating func windowsOfFaults(_ windows: UInt64, picking request: UInt64, workload: Int16) -> UInt64 {
    var picking: UInt64 = 0
    var left = windows
    while left != 0 {
      let fault = program.faultOfWindow[Int32(left.trailingZeroBitCount)]
      if fault >= 0, isPicked(request: request, workload: workload, byFaultFrom: fault) {
        picking |= left & (~left &+ 1)
      }
      left &= left &- 1
    }
    return picking
  }

  /// Whether one of the instances of a fault that have its scope picks a request: one whose time it is, or where it is
  /// not the fault's time any of them.
  ///
  /// - Parameter first: the first instance with the fault's scope.
  private mutating func isPicked(request: UInt64, workload: Int16, byFaultFrom first: Int32) -> Bool {
    var isAtWork = false
    var isPickedAtWork = false
    var isPickedEver = false
    var index = first
    while index < Int32(faults.count), faults[index].fault == faults[first].fault {
      let fault = faults[index]
      if fault.scope == faults[first].scope {
        let isNow = fault.begins <= now && now < fault.ends
        let isPicked =
          mayMeet(index, workload: workload) && isInScope(index, request: request, workload: workload)
        isAtWork = isAtWork || isNow
        isPickedAtWork = isPickedAtWork || isNow && isPicked
        isPickedEver = isPickedEver || isPicked
      }
      index &+= 1
    }
    return isAtWork ? isPickedAtWork : isPickedEver
  }

  /// Whether an injected fault is active, or would be.
  private mutating func isInjected(_ fault: Int32) -> Bool {
    program.injectsFaults ? faultActive[fault] : faults[fault].begins <= now && now < faults[fault].ends
  }

  /// Whether the scope of any of the scenario's faults picks the request: at whatever time, or of those active now.
  ///
  /// A fault that reaches all of its target picks nobody in particular, unless the target itself is some askers' alone:
  /// it counts only where no other kind is in the scenario, and then for those who may meet it.
  mutating func isScoped(request: UInt64, workload: Int16, byActiveFault: Bool) -> Bool {
    var hasScope = false
    var hasFault = false
    var mayMeetAny = false
    for fault in 0..<Int32(faults.count) where faults[fault].begins != Edge.noLimit {
      hasFault = true
      let isMet = mayMeet(fault, workload: workload)
      mayMeetAny = mayMeetAny || isMet
      if faults[fault].scope == .everything, !isOfSomeAskers(fault) { continue }
      hasScope = true
      if byActiveFault, !isInjected(fault) { continue }
      if isMet, isInScope(fault, request: request, workload: workload) { return true }
    }
    return !hasScope && (mayMeetAny || !hasFault)
  }

  /// Whether a fault's targets are requests of one cohort, or the dependencies of workloads or of all sessions.
  private mutating func isOfSomeAskers(_ fault: Int32) -> Bool {
    faults[fault].cohort >= 0 || isAlongAskersAlone(fault)
  }

  /// Whether a fault may meet requests of a workload, or sessions of a cohort, by its targets alone: those of its cohort;
  /// of a CDN those of sessions; along dependencies of workloads, or of all sessions, theirs. A service may be called on
  /// behalf of anybody.
  private mutating func mayMeet(_ fault: Int32, workload: Int16) -> Bool {
    if faults[fault].cohort >= 0 { return plan.cohorts[faults[fault].cohort].workload == workload }
    if faults[fault].cdn >= 0 { return Int32(workload) >= plan.everySession }
    guard isAlongAskersAlone(fault) else { return true }
    let first = faults[fault].firstPlace
    for place in first..<first &+ faults[fault].placeCount {
      let caller = faultPlaces[place].callerWorkload
      if caller == Int32(workload) || caller == plan.everySession && Int32(workload) > caller { return true }
    }
    return false
  }

  private mutating func isAlongAskersAlone(_ fault: Int32) -> Bool {
    let first = faults[fault].firstPlace
    if faults[fault].placeCount == 0 { return false }
    for place in first..<first &+ faults[fault].placeCount
    where !faultPlaces[place].isEdge || faultPlaces[place].callerService >= 0 || faultPlaces[place].callerWorkload < 0 {
      return false
    }
    return true
  }
}
