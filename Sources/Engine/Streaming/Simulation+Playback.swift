import Sampling

/// The buffer and the picture: what comes next of a session, and what then happens.
extension Simulation {
  // MARK: What comes next

  /// Puts the earliest of what may come next of a session into the calendar, in place of what stood there for it.
  @inline(always) mutating func schedule(_ session: Slot<Session>) {
    var time = session.its.happens
    var next = session.its.happening
    // At equal times the first one stands: what arrives before what ends, and both before what was waited for too long.
    func consider(_ candidate: Int64, _ kind: Session.Next) {
      if candidate < time {
        time = candidate
        next = kind
      }
    }
    switch session.its.state {
    case .playing:
      let end = session.its.playsUntil
      if session.its.fetched >= session.its.watch {
        consider(end &- (session.its.fetched &- session.its.watch), .finish)
      } else if session.its.flags.contains(.loadingFailed) {
        consider(end, .fatal)
      } else if session.its.patience != .max {
        consider(end &+ session.its.patience, .patience)
      }
      if session.its.pauseAt < session.its.fetched {
        consider(end &- (session.its.fetched &- session.its.pauseAt), .pause)
      }
    case .stalled:
      if session.its.patience != .max { consider(session.its.playsUntil &+ session.its.patience, .patience) }
    case .starting: consider(session.its.patience, .patience)
    case .paused: consider(session.its.pauseAt, .unpause)
    case .free: return
    }
    consider(session.its.limit, .timeout)
    session.its.generation &+= 1
    session.its.next = next
    if time >= horizon { return }
    calendar.schedule(
      EventPayload(.session, session.index, generation: session.its.generation), at: max(time, now),
      next == .timeout || next == .patience || next == .ask || next == .retry ? .timer : .completion)
  }

  /// What the calendar has held for a session is due.
  @inline(never) mutating func resume(_ session: Slot<Session>) {
    switch session.its.next {
    case .nothing: break
    case .ask: ask(session)
    case .retry: request(session)
    case .firstByte: if !isHeldBack(session) { joinLink(session) }
    case .received: received(session)
    case .refused: if !isHeldBack(session) { refused(session) }
    case .networkChange: changeOnLink(session)
    case .finish: endPlay(session, .ended)
    case .fatal: endPlay(session, .failed)
    case .pause: pause(session)
    case .unpause: unpause(session)
    case .timeout: timedOut(session)
    case .patience: losePatience(session)
    }
  }

  mutating func losePatience(_ session: Slot<Session>) {
    if session.its.state == .starting {
      // It is laid on what the viewer waited for.
      let call = session.its.firstCall
      let component = call >= 0 ? edges[calls[call].edge].component : plan.cdns[Int32(session.its.cdn)].component
      failStart(session, Blame(.abandoned, at: component, by: recordsSignals ? faultHolding(session) : -1))
    } else {
      if session.its.state == .playing { beginStall(session) }
      endPlay(session, .abandoned)
    }
  }

  // MARK: Time

  /// Counts what a session has done since it was last counted.
  mutating func credit(_ session: Slot<Session>, until time: Int64) {
    let stretch: MediaTallies.Stretch
    switch session.its.state {
    case .playing: stretch = .played
    case .stalled: stretch = .stalled
    case .paused: stretch = .paused
    case .starting, .free: return
    }
    let from = session.its.changed
    session.its.changed = time
    if logsRequests, stretch != .paused {
      logPlay(session) { if stretch == .played { $0.played += time - from } else { $0.stalled += time - from } }
    }
    media.tallies.add(
      stretch, from: from, to: time, cohort: session.its.cohort, cdn: session.its.cdn, current: currentWindows,
      allowed: countedWindows(session), seen: &session.its.windowsPlayed, seenHere: &session.its.windowsPlayedHere)
    if session.its.flags.contains(.reports) { steeringHearsOfTime(session, stretch, time &- from) }
  }

  /// Notices that the buffer has run empty, where it has.
  @inline(always) mutating func noticeStall(_ session: Slot<Session>) {
    if session.its.state == .playing, session.its.playsUntil < now { beginStall(session) }
  }

  private mutating func beginStall(_ session: Slot<Session>) {
    credit(session, until: session.its.playsUntil)
    session.its.state = .stalled
    session.its.level = 0
    // A stall that began before the windows of now belongs to those in which it began.
    media.tallies.count(
      cohort: session.its.cohort, cdn: session.its.cdn,
      windows: program.boundaries.windows(at: session.its.playsUntil) & countedWindows(session)
    ) { $0.stalls += 1 }
    note(.stalls, cohort: session.its.cohort, at: session.its.playsUntil)
    tell(.stall, session, at: session.its.playsUntil)
    if logsRequests { logPlay(session) { $0.stalls += 1 } }
  }

  private mutating func endStall(_ session: Slot<Session>) {
    credit(session, until: now)
    session.its.state = .playing
    session.its.playsUntil = now &+ session.its.level
    tell(.resume, session)
  }

  private mutating func pause(_ session: Slot<Session>) {
    credit(session, until: now)
    session.its.level = session.its.playsUntil &- now
    session.its.state = .paused
    if session.its.fetch == .none {
      // The room that was waited for does not come while nothing is played.
      session.its.happens = .max
      session.its.happening = .nothing
    }
    let key = DrawKey(bits: session.its.key).child(UInt64(session.its.pauses))
    let its = plan.cohorts.at(Int32(session.its.cohort))
    session.its.pauseAt = instant(after: samplers[its.pointee.pauseLasting].nanoseconds(key.draw(Purpose.pauseLasting)))
    tell(.pause, session)
    schedule(session)
  }

  private mutating func unpause(_ session: Slot<Session>) {
    credit(session, until: now)
    session.its.state = .playing
    session.its.playsUntil = now &+ session.its.level
    session.its.pauses += 1
    drawNextPause(session)
    tell(.unpause, session)
    if session.its.fetch == .none { loadNext(session) } else { schedule(session) }
  }

  // MARK: Loading

  /// Media of the next segment.
  @inline(always) mutating func nextMedia(_ session: Slot<Session>) -> Int64 {
    min(plan.catalog.segment, session.its.length &- session.its.fetched)
  }

  /// Decides when the next segment is asked for, now that none is.
  mutating func loadNext(_ session: Slot<Session>) {
    session.its.fetch = .none
    session.its.limit = .max
    session.its.happening = .nothing
    session.its.happens = .max
    let flags = session.its.flags
    if session.its.fetched < session.its.length, !flags.contains(.loadingFailed),
      session.its.state != .starting || flags.contains(.startDone)
    {
      let its = plan.cohorts.at(Int32(session.its.cohort))
      let room = its.pointee.bufferTarget &- nextMedia(session)
      if session.its.level(at: now) <= room {
        ask(session)
        return
      }
      switch session.its.state {
      case .playing:
        session.its.happening = .ask
        session.its.happens = session.its.playsUntil &- room
      case .paused: break
      // Neither a start nor a stall waits for more than the buffer takes.
      case .starting, .stalled, .free:
        ask(session)
        return
      }
    }
    schedule(session)
  }

  /// Asks for the next segment, or, where no manifest has named it yet, for the manifest.
  mutating func ask(_ session: Slot<Session>) {
    if now >= session.its.steerAt { askSteering(session) }
    askForSegment(session)
  }

  mutating func askForSegment(_ session: Slot<Session>) {
    if session.its.flags.contains(.isLive) {
      skipMissing(session)
      if session.its.segment > session.its.known {
        if waitsToPoll(session) { return }
        if !session.its.flags.contains(.startDone) { session.its.flags.insert(.polls) }
        beginFetch(.manifest, session)
        return
      }
    }
    beginFetch(.segment, session)
  }

  /// The whole of a segment has arrived.
  private mutating func receivedSegment(_ session: Slot<Session>) {
    let its = plan.cohorts.at(Int32(session.its.cohort))
    noticeStall(session)
    let length = nextMedia(session)
    let rate = plan.ladder[Int32(session.its.rendition)]
    let last = session.its.lastRendition
    let change = last >= 0 ? abs(rate &- plan.ladder[Int32(last)]) : 0
    session.its.estimate.add(
      bits: session.its.bits, transfer: now &- session.its.firstByte,
      latency: session.its.firstByte &- session.its.asked,
      rule: plan.rules.settings.at(Int32(session.its.cohort)))
    media.tallies.count(
      cohort: session.its.cohort, cdn: session.its.cdn, windows: currentWindows & countedWindows(session)
    ) {
      $0.segments &+= 1
      $0.fetchedNanoseconds &+= length
      $0.nominalBits += Double(rate) * (Double(length) / 1e9)
      if change > 0 {
        $0.bitrateChanges &+= 1
        $0.bitrateChangeSum &+= change
      }
    }
    if change > 0 { tell(.bitrateChange, session) }
    session.its.lastRendition = session.its.rendition
    session.its.fetched &+= length
    switch session.its.state {
    case .playing: session.its.playsUntil &+= length
    case .stalled:
      session.its.level &+= length
      if session.its.level >= its.pointee.bufferResume || session.its.fetched >= session.its.length {
        endStall(session)
      }
    case .starting, .paused: session.its.level &+= length
    case .free: return
    }
    tell(.segment, session)
    session.its.segment &+= 1
    if session.its.state == .starting {
      let hasStarted = session.its.flags.contains(.startDone)
      session.its.fetch = .none
      if hasStarted {
        if !beginsToPlay(session) { loadNext(session) }
      } else {
        session.its.happens = .max
        session.its.happening = .nothing
        session.its.limit = .max
        endOfStartFetch(session)
      }
      return
    }
    loadNext(session)
  }

  /// A fetch of the start sequence is done.
  private mutating func endOfStartFetch(_ session: Slot<Session>) {
    if session.its.flags.contains(.segmentWaits) {
      session.its.flags.remove(.segmentWaits)
      askForSegment(session)
      if session.its.state != .starting { return }
    }
    let key = session.its.key
    actionEnded(session)
    if session.its.state == .starting, session.its.key == key, session.its.fetch == .none { schedule(session) }
  }

  /// All of what was asked for has arrived.
  mutating func received(_ session: Slot<Session>) {
    concludeRequest(session, .delivered, status: 200)
    switch session.its.fetch {
    case .segment: receivedSegment(session)
    case .manifest:
      noticeStall(session)
      session.its.fetch = .none
      session.its.happens = .max
      session.its.happening = .nothing
      session.its.limit = .max
      if session.its.flags.contains(.isLive) { readManifest(session) }
      if session.its.flags.contains(.polls) {
        session.its.flags.remove(.polls)
        askForSegment(session)
      } else if session.its.state == .starting, !session.its.flags.contains(.startDone) {
        endOfStartFetch(session)
      } else {
        loadNext(session)
      }
    case .none: break
    }
  }
}
