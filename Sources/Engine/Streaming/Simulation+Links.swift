import Sampling

/// Edge sites whose bandwidth is limited: what they send is shared fairly by those it is sent to.
extension Simulation {
  mutating func link(of session: Slot<Session>) -> Int32 { plan.nodes[session.its.site].link }

  /// The first byte has arrived: the rest comes over the site's link.
  mutating func joinLink(_ session: Slot<Session>) {
    let link = link(of: session)
    session.its.flags.insert(.onLink)
    media.links[link].join(id: session.index, cap: networkCap(session), bits: session.its.bits, at: now)
    awaitNetworkChange(session)
    schedule(session)
    scheduleLink(link)
    if logsRequests, media.faults.count > 0 { noteTransferStruck(session) }
  }

  /// The session's own bandwidth now.
  mutating func networkCap(_ session: Slot<Session>) -> Int64 {
    let network = plan.cohorts[Int32(session.its.cohort)].network
    let bandwidth =
      network < 0
      ? session.its.network
      : min(FairLink.greatestCap, plan.networks.bandwidth(at: networkPlace(session, at: now), in: network))
    return media.faults.count > 0 ? impaired(bandwidth, session) : bandwidth
  }

  private mutating func awaitNetworkChange(_ session: Slot<Session>) {
    session.its.happens = .max
    session.its.happening = .nothing
    let network = plan.cohorts[Int32(session.its.cohort)].network
    if network < 0 { return }
    session.its.happens = instant(
      after: plan.networks.timeLeft(inPeriodAt: networkPlace(session, at: now), in: network))
    session.its.happening = .networkChange
  }

  mutating func changeOnLink(_ session: Slot<Session>) {
    let link = link(of: session)
    media.links[link].changeCap(id: session.index, to: networkCap(session), at: now)
    awaitNetworkChange(session)
    schedule(session)
    scheduleLink(link)
  }

  mutating func leaveLink(_ session: Slot<Session>) {
    session.its.flags.remove(.onLink)
    let link = link(of: session)
    media.links[link].leave(id: session.index, at: now)
    scheduleLink(link)
  }

  mutating func bitsOverLink(_ session: Slot<Session>) -> Int64 {
    session.its.bits &- media.links[link(of: session)].remaining(of: session.index, at: now)
  }

  /// The calendar holds the next completion of a link only.
  mutating func scheduleLink(_ link: Int32) {
    media.linkGenerations[link] &+= 1
    guard let (_, time) = media.links[link].nextCompletion(), time < horizon else { return }
    calendar.schedule(
      EventPayload(.link, link, generation: media.linkGenerations[link]), at: max(time, now), .completion)
  }

  /// The first transfer of a link is complete.
  @inline(never) mutating func linkCompletes(_ link: Int32, _ generation: UInt32) {
    guard media.linkGenerations[link] & EventPayload.generationMask == generation,
      let (id, time) = media.links[link].nextCompletion(), time <= now
    else { return }
    received(media.sessions.at(id))
  }
}
