import Sampling

/// The life of a session: play is pressed, the steps of the start are taken, and it ends one way or another.
extension Simulation {
  /// - Parameters:
  ///   - request: the arrival's key.
  ///   - stated: the cohort; -1: it is drawn.
  ///   - stream: whose arrival it is.
  @inline(never) mutating func beginSession(request: DrawKey, of stated: Int32, stream: Int32) {
    let cohort = stated < 0 ? chooseCohort(request.draw(Purpose.cohort)) : stated
    let its = plan.cohorts.at(cohort)
    let key = request.child(its.pointee.keyHash)
    let session = media.sessions.take()
    var fresh = Session.vacant
    fresh.generation = session.its.generation
    fresh.key = key.bits
    fresh.began = now
    fresh.changed = now
    fresh.state = .starting
    fresh.cohort = Int16(truncatingIfNeeded: cohort)
    fresh.bin = currentBin
    session.its = fresh
    chooseContent(of: session, key, its)
    chooseNetwork(of: session, key, its)
    countArrival(of: session, its)
    if logsRequests { logBegin(session, stream: stream) }
    draw(session, key, its)
    prepareSteering(of: session, key)
    tell(.attempt, session)
    takeSteps(session)
  }

  private mutating func chooseCohort(_ draw: UInt64) -> Int32 {
    var cohort: Int32 = 0
    while plan.cohorts[cohort].threshold <= draw, Int(cohort) < plan.cohorts.count - 1 { cohort += 1 }
    return cohort
  }

  private mutating func chooseContent(of session: Slot<Session>, _ key: DrawKey, _ its: UnsafePointer<CohortEntry>) {
    let catalog = plan.catalog
    if key.draw(Purpose.isLive) < catalog.liveShare {
      session.its.flags.insert(.isLive)
      session.its.title = plan.channels.rank(key.draw(Purpose.title))
      session.its.length = .max
      if plan.startsWithManifest {
        // What there is, the first manifest says.
        session.its.known = .min
        session.its.segment = 0
      } else {
        session.its.known = media.channels[session.its.title].newest
        session.its.segment = session.its.known &+ 1 &- catalog.holdBack
      }
    } else {
      session.its.title = plan.titles.rank(key.draw(Purpose.title))
      session.its.length = catalog.recordedLength
      if catalog.duration >= 0 {
        let title = media.titleKey.child(UInt64(session.its.title))
        session.its.length = max(1, samplers[catalog.duration].nanoseconds(title.draw(Purpose.titleLength)))
      }
      session.its.known = .max
      session.its.segment = 0
    }
    session.its.watch = session.its.length
    if its.pointee.watch >= 0 {
      session.its.watch = min(
        session.its.length, max(1, samplers[its.pointee.watch].nanoseconds(key.draw(Purpose.watch))))
    }
  }

  private mutating func chooseNetwork(of session: Slot<Session>, _ key: DrawKey, _ its: UnsafePointer<CohortEntry>) {
    if its.pointee.network < 0 {
      let bandwidth = samplers[its.pointee.bandwidth].seconds(key.draw(Purpose.bandwidth))
      session.its.network = min(max(1, Int64(min(bandwidth, 0x1p62).rounded())), FairLink.greatestCap)
    } else if its.pointee.networkFrom >= 0 {
      session.its.network = its.pointee.networkFrom
    } else {
      let duration = plan.networks.networks[its.pointee.network].duration
      session.its.network = Int64(
        truncatingIfNeeded: key.draw(Purpose.networkPlace).multipliedFullWidth(by: UInt64(duration)).high)
    }
  }

  private mutating func draw(_ session: Slot<Session>, _ key: DrawKey, _ its: UnsafePointer<CohortEntry>) {
    if its.pointee.startPatience >= 0 {
      session.its.patience = instant(
        after: samplers[its.pointee.startPatience].nanoseconds(key.draw(Purpose.startPatience)))
    }
    drawNextPause(session)
  }

  mutating func drawNextPause(_ session: Slot<Session>) {
    let its = plan.cohorts.at(Int32(session.its.cohort))
    guard its.pointee.pauseEvery >= 0 else { return }
    let key = DrawKey(bits: session.its.key).child(UInt64(session.its.pauses))
    let played = session.its.fetched &- session.its.level(at: now)
    let gap = samplers[its.pointee.pauseEvery].nanoseconds(key.draw(Purpose.pauseEvery))
    session.its.pauseAt = played &+ min(gap, 1 << 61)
  }

  private mutating func countArrival(of session: Slot<Session>, _ its: UnsafePointer<CohortEntry>) {
    let workload = its.pointee.workload
    let windows = windowsOfArrival(request: session.its.key, workload: workload)
    session.its.windows = windows
    note(.attempts, cohort: session.its.cohort)
    countArrival(under: plan.everySession, windows)
    countArrival(under: Int32(workload), windows)
    media.tallies.changeActive(by: 1, at: now, bin: currentBin)
  }

  private mutating func countArrival(under subject: Int32, _ windows: UInt64) {
    meters.arrived(workload: subject, bin: currentBin)
    noteArrival(workload: subject)
    if !aftermaths.isEmpty { aftermaths.arrived(workload: Int(subject), at: now) }
    var left = windows
    while left != 0 {
      tallies.arrived(Int(subject) &* windowCount &+ left.trailingZeroBitCount)
      left &= left &- 1
    }
  }

  // MARK: The start

  /// Takes the steps of the start from the present one on, until one has to be waited for.
  mutating func takeSteps(_ session: Slot<Session>) {
    let key = session.its.key
    while session.its.state == .starting, session.its.key == key {
      if Int(session.its.step) == plan.startSteps.count {
        session.its.flags.insert(.startDone)
        startIsDone(session)
        return
      }
      let step = plan.startSteps[Int32(session.its.step)]
      session.its.pending = UInt8(truncatingIfNeeded: step.count)
      session.its.flags.insert(.takingStep)
      for offset in 0..<step.count {
        take(plan.startActions.at(step.firstAction &+ offset), session)
        if session.its.state != .starting || session.its.key != key { return }
      }
      session.its.flags.remove(.takingStep)
      if session.its.pending > 0 {
        schedule(session)
        return
      }
      session.its.step += 1
    }
  }

  private mutating func take(_ action: UnsafePointer<StartActionEntry>, _ session: Slot<Session>) {
    switch action.pointee.kind {
    case .manifest: beginFetch(.manifest, session)
    case .segment:
      if session.its.fetch != .none { session.its.flags.insert(.segmentWaits) } else { askForSegment(session) }
    case .call:
      let call = allocateCall(
        along: action.pointee.edge, key: DrawKey(bits: session.its.key).child(action.pointee.key).bits,
        request: session.its.key, workload: plan.cohorts[Int32(session.its.cohort)].workload,
        parent: Call.session, caller: 0)
      call.its.client = session.index
      call.its.sibling = session.its.firstCall
      session.its.firstCall = call.index
      startCall(call)
    }
  }

  /// A call of a session's start has ended.
  mutating func sessionCallEnded(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    let session = media.sessions.at(call.its.client)
    unlink(call, from: session)
    switch ending {
    case .failed:
      failStart(session, blame)
      return
    case .degraded: session.its.flags.insert(.degraded)
    case .success: break
    }
    actionEnded(session)
  }

  private mutating func unlink(_ call: Slot<Call>, from session: Slot<Session>) {
    if session.its.firstCall == call.index {
      session.its.firstCall = call.its.sibling
      return
    }
    var child = session.its.firstCall
    while child >= 0 {
      let next = calls[child].sibling
      if next == call.index {
        calls[child].sibling = call.its.sibling
        return
      }
      child = next
    }
  }

  /// One of the actions of the present step of the start has succeeded.
  mutating func actionEnded(_ session: Slot<Session>) {
    session.its.pending &-= 1
    if session.its.flags.contains(.takingStep) || session.its.pending > 0 { return }
    session.its.step += 1
    takeSteps(session)
  }

  /// The start is complete but for the buffer.
  private mutating func startIsDone(_ session: Slot<Session>) {
    if !beginsToPlay(session) { loadNext(session) }
  }

  /// Shows the first picture where the start is done and the buffer has enough.
  ///
  /// - Returns: whether it does; what comes next is scheduled then.
  mutating func beginsToPlay(_ session: Slot<Session>) -> Bool {
    let its = plan.cohorts.at(Int32(session.its.cohort))
    let isWhole = session.its.fetched >= session.its.length
    guard session.its.flags.contains(.startDone), session.its.level > 0,
      session.its.level >= its.pointee.bufferStart || isWhole
    else { return false }
    let ending: Ending = session.its.flags.contains(.degraded) ? .degraded : .success
    endStart(session, ending, .none)
    let startup = now &- session.its.began
    media.tallies.count(cohort: session.its.cohort, cdn: session.its.firstCDN, windows: session.its.windows) {
      $0.starts += 1
      $0.startupNanoseconds += startup
    }
    media.tallies.recordStartup(startup, cdn: session.its.firstCDN, windows: session.its.windows)
    media.tallies.started(bin: currentBin)
    note(.starts, cohort: session.its.cohort)
    session.its.state = .playing
    session.its.playsUntil = now &+ session.its.level
    session.its.changed = now
    session.its.patience = .max
    if its.pointee.stallPatience >= 0 {
      session.its.patience = samplers[its.pointee.stallPatience].nanoseconds(
        DrawKey(bits: session.its.key).draw(Purpose.stallPatience))
    }
    tell(.start, session)
    loadNext(session)
    return true
  }

  /// The start has failed: what was under way for it is left alone, and the session is over.
  mutating func failStart(_ session: Slot<Session>, _ blame: Blame) {
    let isAbandoned = blame.reason == .abandoned
    note(isAbandoned ? .exits : .startFailures, cohort: session.its.cohort)
    media.tallies.count(cohort: session.its.cohort, cdn: session.its.firstCDN, windows: session.its.windows) {
      if isAbandoned { $0.exitsBeforeStart += 1 } else { $0.startFailures += 1 }
    }
    tell(isAbandoned ? .exitBeforeStart : .startFailure, session)
    endStart(session, .failed, blame)
    releaseSession(session)
  }

  private mutating func endStart(_ session: Slot<Session>, _ ending: Ending, _ blame: Blame) {
    endStart(session, under: plan.everySession, ending, blame)
    endStart(session, under: Int32(plan.cohorts[Int32(session.its.cohort)].workload), ending, blame)
    sign(session.its.key, ending, blame)
    if logsRequests { logStart(session, ending, blame) }
    steeringHearsOfStart(session, hasFailed: ending == .failed)
  }

  private mutating func endStart(_ session: Slot<Session>, under subject: Int32, _ ending: Ending, _ blame: Blame) {
    let latency = now &- session.its.began
    var windows = session.its.windows
    while windows != 0 {
      tallies.ended(
        Int(subject) &* windowCount &+ windows.trailingZeroBitCount, ending, latency: latency, blame: blame)
      windows &= windows &- 1
    }
    meters.ended(workload: subject, bin: session.its.bin, ending)
    if recordsSignals { noteEnd(workload: Int(subject), began: session.its.began, ending, blame) }
    if !aftermaths.isEmpty { aftermaths.ended(workload: Int(subject), arrivedAt: session.its.began, ending) }
  }

  // MARK: The end

  enum PlayEnd { case ended, abandoned, failed }

  /// A play is over.
  mutating func endPlay(_ session: Slot<Session>, _ end: PlayEnd) {
    credit(session, until: now)
    // An end on the edge of a window belongs to what has been played.
    let windows = program.boundaries.windows(at: now &- 1) & countedWindows(session)
    media.tallies.count(cohort: session.its.cohort, cdn: session.its.cdn, windows: windows) {
      switch end {
      case .ended: $0.ended += 1
      case .abandoned: $0.abandoned += 1
      case .failed: $0.playbackFailures += 1
      }
    }
    switch end {
    case .ended: tell(.end, session)
    case .abandoned:
      tell(.abandonment, session)
      note(.abandonments, cohort: session.its.cohort)
    case .failed:
      tell(.playbackFailure, session)
      note(.playbackFailures, cohort: session.its.cohort)
    }
    sign(session.its.key ^ 1, end == .failed ? .failed : end == .abandoned ? .degraded : .success, session.its.blame)
    if logsRequests { logEnd(session, end) }
    let (key, cohort) = (session.its.key, session.its.cohort)
    releaseSession(session)
    if plan.callsAfterPlay.count > 0 { callAfterPlay(DrawKey(bits: key), Int32(cohort)) }
  }

  private mutating func releaseSession(_ session: Slot<Session>) {
    if session.its.fetch != .none { dropRequest(session) }
    var child = session.its.firstCall
    session.its.firstCall = -1
    while child >= 0 {
      let call = calls.at(child)
      child = call.its.sibling
      orphan(call, Blame(.abandoned, at: edges[call.its.edge].component), callerHasEnded: true)
    }
    media.tallies.changeActive(by: -1, at: now, bin: currentBin)
    if plan.steering.isDynamic { media.sessionsAt[Int(session.its.cdn)] -= 1 }
    session.its.state = .free
    media.sessions.giveBack(session)
  }

  /// The windows that what a session does may count in: those of everyone, and of scopes those that picked it.
  mutating func countedWindows(_ session: Slot<Session>) -> UInt64 {
    ~program.scopedWindows | session.its.windows
  }
}
