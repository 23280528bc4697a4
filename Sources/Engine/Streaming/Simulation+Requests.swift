import Sampling

/// A player's requests: what it asks a CDN for, how long it waits, and what it does when that fails.
extension Simulation {
  mutating func beginFetch(_ fetch: Session.Fetch, _ session: Slot<Session>) {
    session.its.fetch = fetch
    session.its.attempt = 0
    session.its.errors = 0
    session.its.timeouts = 0
    switch fetch {
    case .segment: chooseRendition(session)
    case .manifest: session.its.bits = plan.catalog.manifestBits
    case .none: return
    }
    request(session)
  }

  @inline(always) private mutating func chooseRendition(_ session: Slot<Session>) {
    var byBuffer = session.its.flags.contains(.byBuffer)
    let rendition = plan.rules.rendition(
      cohort: Int32(session.its.cohort), after: Int32(session.its.lastRendition), level: session.its.level(at: now),
      estimate: session.its.estimate, usesBola: &byBuffer)
    if byBuffer { session.its.flags.insert(.byBuffer) } else { session.its.flags.remove(.byBuffer) }
    session.its.rendition = Int8(truncatingIfNeeded: rendition)
    var factor = 1.0
    if plan.sizeFactor >= 0 {
      let key = titleKey(session).child(UInt64(session.its.segment))
      factor = samplers[plan.sizeFactor].seconds(key.draw(Purpose.segmentSize))
    }
    // A recording is as long as its title, and goes round on a live channel.
    let recorded = plan.sizes.recordedSegments
    let segmentOfTitle = recorded > 0 ? session.its.segment % recorded : session.its.segment
    let whole = plan.sizes.bits(segment: segmentOfTitle, rendition: rendition, factor: factor)
    let length = nextMedia(session)
    let segment = plan.catalog.segment
    session.its.bits =
      length == segment ? whole : max(1, Int64((Double(whole) * (Double(length) / Double(segment))).rounded()))
  }

  private mutating func titleKey(_ session: Slot<Session>) -> DrawKey {
    media.titleKey.child(
      UInt64(session.its.title) | (session.its.flags.contains(.isLive) ? 1 << 40 : 0))
  }

  /// The key of the present attempt.
  @inline(always) mutating func requestKey(_ session: Slot<Session>) -> DrawKey {
    let fetch: UInt64 =
      session.its.fetch == .segment
      ? UInt64(session.its.segment) << 1 : UInt64(bitPattern: session.its.pollAt) << 1 | 1
    return DrawKey(bits: session.its.key).child(fetch).child(UInt64(session.its.attempt))
  }

  @inline(always) mutating func object(_ session: Slot<Session>) -> ObjectID {
    let isLive = session.its.flags.contains(.isLive)
    return session.its.fetch == .manifest
      ? ObjectID(manifestOf: session.its.title, isLive: isLive)
      : ObjectID(
        segment: session.its.segment, rendition: session.its.rendition, of: session.its.title, isLive: isLive)
  }

  @inline(always) mutating func limits(_ session: Slot<Session>) -> UnsafePointer<RequestLimits> {
    let first = plan.cohorts.at(Int32(session.its.cohort)).pointee.limits
    return plan.limits.at(session.its.fetch == .manifest ? first &+ 1 : first)
  }

  /// Makes an attempt.
  mutating func request(_ session: Slot<Session>) {
    session.its.attempt &+= 1
    note(.requests, cdn: Int32(session.its.cdn))
    session.its.asked = now
    session.its.firstByte = -1
    session.its.happens = .max
    session.its.happening = .nothing
    session.its.result = .miss
    session.its.trace = 0
    let key = requestKey(session)
    session.its.lag = latency(of: session, key)
    setLimit(session)
    if media.faults.count > 0, isStruck(session, key) {
      schedule(session)
      return
    }
    askEdge(session, key)
    schedule(session)
  }

  /// The time of one request on the network.
  @inline(always) private mutating func latency(of session: Slot<Session>, _ key: DrawKey) -> Int64 {
    let its = plan.cohorts.at(Int32(session.its.cohort))
    if its.pointee.network < 0 { return samplers[its.pointee.latency].nanoseconds(key.draw(Purpose.networkLatency)) }
    return plan.networks.latency(at: networkPlace(session, at: now), in: its.pointee.network)
  }

  /// Where in its recording a session's network is.
  @inline(always) mutating func networkPlace(_ session: Slot<Session>, at time: Int64) -> Int64 {
    plan.networks.place(
      from: session.its.network, after: time &- session.its.began,
      in: plan.cohorts[Int32(session.its.cohort)].network)
  }

  /// The edge site that serves a session at its CDN.
  mutating func site(of session: Slot<Session>) -> Int32 {
    let its = plan.cohorts.at(Int32(session.its.cohort))
    let choice = plan.siteChoices[its.pointee.firstSiteChoice &+ Int32(session.its.cdn)]
    let key = DrawKey(bits: session.its.key).child(plan.cdns[Int32(session.its.cdn)].keyHash)
    return choice.firstNode
      &+ Int32(truncatingIfNeeded: key.draw(Purpose.site).multipliedFullWidth(by: UInt64(choice.count)).high)
  }

  /// When the present attempt has taken too long, as far as that is known.
  @inline(always) mutating func setLimit(_ session: Slot<Session>) {
    let limits = limits(session)
    var limit = limits.pointee.total == Edge.noLimit ? Int64.max : session.its.asked &+ limits.pointee.total
    if limits.pointee.firstByte != Edge.noLimit {
      let due = session.its.asked &+ limits.pointee.firstByte
      if session.its.firstByte < 0 || session.its.firstByte > due { limit = min(limit, due) }
    }
    session.its.limit = limit
  }

  /// The first byte is on its way, and arrives at a known time.
  @inline(always) mutating func willAnswer(_ session: Slot<Session>, firstByteAt time: Int64) {
    session.its.firstByte = time
    setLimit(session)
    if plan.nodes[session.its.site].link >= 0 {
      session.its.happens = time
      session.its.happening = .firstByte
    } else {
      session.its.happens = time &+ transferTime(session, from: time)
      session.its.happening = .received
    }
  }

  /// An answer that is a failure is on its way.
  mutating func willRefuse(_ session: Slot<Session>, at time: Int64, status: Int32, _ blame: Blame) {
    session.its.happens = time
    session.its.happening = .refused
    session.its.blame = blame
    session.its.status = status
  }

  @inline(always) private mutating func transferTime(_ session: Slot<Session>, from time: Int64) -> Int64 {
    let its = plan.cohorts.at(Int32(session.its.cohort))
    if its.pointee.network < 0 {
      return Transfer.duration(bits: session.its.bits, bitsPerSecond: session.its.network)
    }
    return plan.networks.duration(
      ofTransfer: session.its.bits, from: networkPlace(session, at: time), in: its.pointee.network)
  }

  // MARK: Failures

  /// A failure has arrived.
  mutating func refused(_ session: Slot<Session>) {
    fail(session, status: session.its.status, isTimeout: false)
  }

  /// The player has waited too long.
  mutating func timedOut(_ session: Slot<Session>) {
    session.its.blame = Blame(
      .timeout, at: plan.cdns[Int32(session.its.cdn)].component,
      by: session.its.flags.contains(.hung) ? session.its.fault : -1)
    fail(session, status: 0, isTimeout: true)
  }

  /// Asks again, elsewhere, or no more.
  private mutating func fail(_ session: Slot<Session>, status: Int32, isTimeout: Bool) {
    concludeRequest(session, isTimeout ? .timeout : .error, status: status)
    noticeStall(session)
    tell(.error, session, status: status)
    let its = plan.cohorts.at(Int32(session.its.cohort))
    if !isTimeout, its.pointee.switchesAt.contains(status), changesCDN(session) {
      request(session)
      return
    }
    let limits = limits(session)
    if let pause = pauseBeforeRetry(session, limits, status: status, isTimeout: isTimeout) {
      session.its.limit = .max
      session.its.firstByte = -1
      session.its.happens = instant(after: pause)
      session.its.happening = .retry
      schedule(session)
    } else if its.pointee.switchesAfterRetries, changesCDN(session) {
      request(session)
    } else {
      giveUp(session)
    }
  }

  /// The pause before the player asks the same CDN once more; nil where it does not.
  private mutating func pauseBeforeRetry(
    _ session: Slot<Session>, _ limits: UnsafePointer<RequestLimits>, status: Int32, isTimeout: Bool
  ) -> Int64? {
    if (400..<500).contains(status), !limits.pointee.retriesClientErrors { return nil }
    let uniform = requestKey(session).uniform(Purpose.retryPause)
    if limits.pointee.sharesRetries {
      session.its.errors &+= 1
      if session.its.errors > limits.pointee.errorRetries { return nil }
      return (isTimeout ? limits.pointee.timeoutPause : limits.pointee.errorPause)
        .pause(before: session.its.errors, uniform: uniform)
    }
    if isTimeout {
      session.its.timeouts &+= 1
      if session.its.timeouts > limits.pointee.timeoutRetries { return nil }
      return limits.pointee.timeoutPause.pause(before: session.its.timeouts, uniform: uniform)
    }
    session.its.errors &+= 1
    if session.its.errors > limits.pointee.errorRetries { return nil }
    return limits.pointee.errorPause.pause(before: session.its.errors, uniform: uniform)
  }

  /// The player can load no more: a start fails at once, a play once its buffer is empty.
  private mutating func giveUp(_ session: Slot<Session>) {
    session.its.fetch = .none
    if session.its.state == .starting {
      failStart(session, session.its.blame)
      return
    }
    session.its.flags.insert(.loadingFailed)
    session.its.happens = .max
    session.its.happening = .nothing
    session.its.limit = .max
    if session.its.state == .stalled { endPlay(session, .failed) } else { schedule(session) }
  }

  /// Ends the bookkeeping of an attempt, however it ended.
  @inline(always) mutating func concludeRequest(_ session: Slot<Session>, _ end: TransferEnd, status: Int32) {
    let sent = end == .delivered ? session.its.bits : sentSoFar(session)
    leaveDelivery(session)
    let bytes = sent / 8
    media.tallies.count(cdn: Int32(session.its.cdn), windows: currentWindows) {
      switch end {
      case .delivered: $0.delivered &+= 1
      case .error: $0.errors &+= 1
      case .timeout: $0.timeouts &+= 1
      }
      $0.egressBytes &+= bytes
    }
    media.tallies.delivered(bytes: bytes, cdn: Int32(session.its.cdn), bin: currentBin)
    note(end == .delivered ? .delivered : end == .error ? .errors : .timeouts, cdn: Int32(session.its.cdn))
    steeringHearsOfTransfer(session, end, bits: sent)
    if recordsTelemetry { tellDelivery(session, end, bytes: bytes, status: status) }
  }

  /// The viewer has gone: nobody waits for the answer any more.
  mutating func dropRequest(_ session: Slot<Session>) {
    let isUnderWay = session.its.happening != .ask && session.its.happening != .retry
    let sent = sentSoFar(session)
    leaveDelivery(session)
    guard isUnderWay else { return }
    let bytes = sent / 8
    media.tallies.count(cdn: Int32(session.its.cdn), windows: currentWindows) { $0.egressBytes &+= bytes }
    media.tallies.delivered(bytes: bytes, cdn: Int32(session.its.cdn), bin: currentBin)
    if recordsTelemetry { tellDelivery(session, nil, bytes: bytes, status: 0) }
  }

  /// Bits of the present attempt that have arrived by now.
  private mutating func sentSoFar(_ session: Slot<Session>) -> Int64 {
    if session.its.firstByte < 0 || session.its.firstByte >= now { return 0 }
    if session.its.flags.contains(.onLink) { return bitsOverLink(session) }
    guard session.its.happening == .received, session.its.happens > session.its.firstByte else { return 0 }
    let part = Double(now &- session.its.firstByte) / Double(session.its.happens &- session.its.firstByte)
    return Int64(Double(session.its.bits) * min(1, part))
  }
}
