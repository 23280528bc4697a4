import Sampling

/// Live channels: segments appear on the clock, and manifests tell of them.
extension Simulation {
  /// Every channel's next segment is over.
  @inline(never) mutating func liveSegmentEnds(_ segment: Int32) {
    let catalog = plan.catalog
    scheduleLiveSegment(segment &+ 1)
    for channel in 0..<catalog.channels {
      if catalog.encodeEdge < 0 {
        publish(segment, on: channel)
        continue
      }
      let key = media.key.child(named: "channel").child(UInt64(channel)).child(UInt64(segment))
      let call = allocateCall(
        along: catalog.encodeEdge, key: key.bits, request: key.bits,
        workload: Int16(truncatingIfNeeded: plan.everySession), parent: Call.encoder, caller: 0)
      call.its.client = channel
      call.its.bin = segment
      startCall(call)
    }
  }

  /// Segment n, from `CatalogEntry.firstLiveSegment` on, is over n - first + 1 segments after the start.
  mutating func scheduleLiveSegment(_ segment: Int32) {
    let number = Int64(segment &- CatalogEntry.firstLiveSegment) &+ 1
    let (time, isBeyond) = number.multipliedReportingOverflow(by: plan.catalog.segment)
    if isBeyond || time >= horizon { return }
    calendar.schedule(EventPayload(.liveSegment, segment), at: time, .completion)
  }

  /// The call that makes a segment has ended.
  mutating func encoderEnded(_ call: Slot<Call>, _ ending: Ending) {
    if ending != .failed { publish(call.its.bin, on: call.its.client) }
  }

  private mutating func publish(_ segment: Int32, on channel: Int32) {
    media.channels[channel].publish(segment, at: now)
  }

  /// Leaves out segments that a manifest has passed over: they were never made.
  mutating func skipMissing(_ session: Slot<Session>) {
    while session.its.segment < session.its.known,
      !media.channels[session.its.title].has(session.its.segment)
    {
      session.its.segment &+= 1
    }
  }

  /// The player learns what the manifest names that it has received, and when to look again: after a segment's time, or
  /// half of it where nothing was new (RFC 8216, section 6.3.4).
  mutating func readManifest(_ session: Slot<Session>) {
    let known = media.channels[session.its.title].newest(asOf: session.its.manifestMade)
    let isNew = known > session.its.known
    let segment = plan.catalog.segment
    session.its.pollAt = instant(after: isNew ? segment : segment / 2)
    if !isNew { return }
    session.its.known = known
    if session.its.fetched == 0 {
      session.its.segment = max(session.its.segment, known &+ 1 &- plan.catalog.holdBack)
    }
  }

  /// Waits for the time to look for a new manifest.
  ///
  /// - Returns: whether it has to wait.
  mutating func waitsToPoll(_ session: Slot<Session>) -> Bool {
    if now >= session.its.pollAt { return false }
    session.its.happening = .ask
    session.its.happens = session.its.pollAt
    schedule(session)
    return true
  }
}

/// A live channel's newest segments.
struct ChannelState: BitwiseCopyable {
  /// The newest segment that has appeared.
  private(set) var newest = CatalogEntry.firstLiveSegment - 1
  /// When each of the last 64 appeared, in nanoseconds, by their numbers modulo 64.
  private var times = InlineArray<64, Int64>(repeating: 0)
  /// Bit n: of the segments up to the newest, number newest - n was made.
  private var made: UInt64 = .max

  mutating func publish(_ segment: Int32, at now: Int64) {
    times[Int(segment & 63)] = now
    if segment > newest {
      let step = segment - newest
      made = step < 64 ? made << UInt64(step) | 1 : 1
      newest = segment
    } else if newest - segment < 64 {
      made |= 1 << UInt64(newest - segment)
    }
  }

  /// Whether a segment is there; those of more than 64 ago are.
  mutating func has(_ segment: Int32) -> Bool {
    if segment > newest { return false }
    let age = newest - segment
    return age >= 64 || made & 1 << UInt64(age) != 0
  }

  /// The newest segment that had appeared at an instant; beyond 64 segments ago, the one before these.
  mutating func newest(asOf time: Int64) -> Int32 {
    var segment = newest
    let oldest = max(CatalogEntry.firstLiveSegment - 1, newest - 63)
    while segment > oldest, !has(segment) || times[Int(segment & 63)] > time { segment -= 1 }
    return segment
  }
}
