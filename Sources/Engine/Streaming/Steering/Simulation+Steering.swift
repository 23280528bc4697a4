import Sampling

/// Sessions ask steering, and tell it how they fare.
extension Simulation {
  /// The first answer of steering to a session.
  mutating func prepareSteering(of session: Slot<Session>, _ key: DrawKey) {
    let steering = plan.steering
    if key.draw(Purpose.straggles) < steering.stragglers { session.its.flags.insert(.straggler) }
    if steering.isDynamic, key.draw(Purpose.reports) < steering.sample { session.its.flags.insert(.reports) }
    let count = plan.cdns.count
    let end = (Int(session.index) + 1) * count
    while media.penalties.count < end { media.penalties.append(0) }
    for cdn in 0..<count { media.penalties[end - count + cdn] = 0 }
    takeAnswer(session)
    session.its.cdn = Int8(truncatingIfNeeded: Int(session.its.order & 0xFF))
    session.its.firstCDN = session.its.cdn
    session.its.site = site(of: session)
    media.tallies.count(cohort: session.its.cohort, cdn: session.its.firstCDN, windows: session.its.windows) {
      $0.attempts += 1
    }
    if steering.isDynamic { media.sessionsAt[Int(session.its.cdn)] += 1 }
  }

  private mutating func takeAnswer(_ session: Slot<Session>) {
    let uniform = DrawKey(bits: session.its.key).uniform(Purpose.steering)
    media.steering.answer.order(uniform, into: &media.order)
    var order: UInt64 = 0
    for index in 0..<media.order.count {
      order |= UInt64(UInt8(truncatingIfNeeded: media.order[index])) << UInt64(8 * index)
    }
    session.its.order = order
    session.its.steerAt =
      session.its.flags.contains(.straggler) ? .max : instant(after: plan.steering.ttl)
  }

  /// The TTL of the last answer is over.
  mutating func askSteering(_ session: Slot<Session>) {
    takeAnswer(session)
    let first = firstUsable(session, besides: -1)
    if first >= 0, first != Int32(session.its.cdn) { use(first, session) }
  }

  /// The first CDN of a session's order that its player does not avoid; -1 where it avoids all.
  private mutating func firstUsable(_ session: Slot<Session>, besides: Int32) -> Int32 {
    let count = plan.cdns.count
    for place in 0..<count {
      let cdn = Int32(truncatingIfNeeded: session.its.order >> UInt64(8 * place) & 0xFF)
      if cdn != besides, media.penalties[Int(session.index) * count + Int(cdn)] <= now { return cdn }
    }
    return -1
  }

  /// The player leaves its CDN for a while, where it knows another one.
  ///
  /// - Returns: whether it does.
  mutating func changesCDN(_ session: Slot<Session>) -> Bool {
    if plan.steering.isDNS { return false }
    // The last answer may have run out while the player was asking in vain.
    if now >= session.its.steerAt { takeAnswer(session) }
    let present = Int32(session.its.cdn)
    let next = firstUsable(session, besides: present)
    if next < 0 { return false }
    let penalty = plan.cohorts[Int32(session.its.cohort)].penalty
    media.penalties[Int(session.index) * plan.cdns.count + Int(present)] =
      penalty < 0 ? session.its.steerAt : instant(after: penalty)
    use(next, session)
    session.its.errors = 0
    session.its.timeouts = 0
    return true
  }

  private mutating func use(_ cdn: Int32, _ session: Slot<Session>) {
    noticeStall(session)
    credit(session, until: now)
    if plan.steering.isDynamic {
      media.sessionsAt[Int(session.its.cdn)] -= 1
      media.sessionsAt[Int(cdn)] += 1
    }
    session.its.windowsPlayedHere = 0
    session.its.cdn = Int8(truncatingIfNeeded: cdn)
    session.its.site = site(of: session)
    media.tallies.count(
      cohort: session.its.cohort, cdn: session.its.cdn, windows: currentWindows & countedWindows(session)
    ) { $0.cdnChanges += 1 }
    tell(.cdnChange, session)
  }

  // MARK: What steering hears

  /// Whether a report of a session is lost on the way.
  private mutating func isLost(_ session: Slot<Session>) -> Bool {
    let loss = plan.steering.loss
    if loss == 0 { return false }
    return DrawKey(bits: session.its.key).child(UInt64(bitPattern: now)).draw(Purpose.reportIsLost) < loss
  }

  @inline(always) mutating func steeringHearsOfTransfer(_ session: Slot<Session>, _ end: TransferEnd, bits: Int64) {
    guard plan.steering.isDynamic else { return }
    let cdn = Int32(session.its.cdn)
    media.steering.window[cdn].egress &+= bits
    guard session.its.flags.contains(.reports), !isLost(session) else { return }
    let transfer = now &- session.its.firstByte
    let throughput = end == .delivered && transfer > 0 ? Double(bits) * 1e9 / Double(transfer) : 0
    media.steering.window[cdn].addTransfer(
      end, throughput: throughput, firstByte: max(0, session.its.firstByte &- session.its.asked))
  }

  mutating func steeringHearsOfTime(_ session: Slot<Session>, _ stretch: MediaTallies.Stretch, _ length: Int64) {
    guard length > 0, stretch != .paused, !isLost(session) else { return }
    media.steering.window[Int32(session.its.cdn)]
      .addPlayback(watched: length, stalled: stretch == .stalled ? length : 0)
  }

  mutating func steeringHearsOfStart(_ session: Slot<Session>, hasFailed: Bool) {
    guard session.its.flags.contains(.reports), !isLost(session) else { return }
    media.steering.window[Int32(session.its.cdn)].addStart(hasFailed: hasFailed)
  }

  /// Weights are computed anew.
  ///
  /// - Complexity: O(sessions): those that report tell what they have played and stalled until now.
  @inline(never) mutating func evaluateSteering() {
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      guard session.its.state != .free, session.its.flags.contains(.reports) else { continue }
      noticeStall(session)
      credit(session, until: now)
    }
    for cdn in 0..<Int32(plan.cdns.count) {
      media.steering.window[cdn].sessions = media.sessionsAt[Int(cdn)]
    }
    media.steering.evaluate(now: now)
    scheduleSteering()
  }

  mutating func scheduleSteering() {
    let time = instant(after: plan.steering.every)
    if time < horizon { calendar.schedule(EventPayload(.steering, 0), at: time, .timer) }
  }
}
