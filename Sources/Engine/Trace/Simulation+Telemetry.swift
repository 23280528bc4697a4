/// What happens, told as it happens: nothing of it changes what happens.
extension Simulation {
  /// How many records are handed over at once, or a few more.
  static var telemetryBatch: Int { 4096 }

  @inline(never) mutating func handOver(to recording: (([TelemetryRecord]) -> Void)?) {
    if let recording, !telemetry.isEmpty { recording(telemetry) }
    telemetry.removeAll(keepingCapacity: true)
  }

  @inline(always) mutating func tell(
    _ kind: PlayerEvent.Kind, _ session: Slot<Session>, at time: Int64? = nil, status: Int32 = 0
  ) {
    if recordsTelemetry { record(kind, session, at: time ?? now, status: status) }
  }

  @inline(never) private mutating func record(
    _ kind: PlayerEvent.Kind, _ session: Slot<Session>, at time: Int64, status: Int32
  ) {
    let isLive = session.its.flags.contains(.isLive)
    telemetry.append(
      .player(
        PlayerEvent(
          kind: kind, time: time, session: session.its.key, cohort: Int32(session.its.cohort),
          cdn: kind == .attempt ? -1 : Int32(session.its.cdn), title: session.its.title, isLive: isLive,
          segment: session.its.fetch == .segment ? session.its.segment : -1,
          rendition: Int32(session.its.rendition), buffer: session.its.level(at: time),
          throughput: session.its.estimate.throughput,
          request: session.its.fetch == .none ? 0 : requestKey(session).bits, status: status)))
  }

  /// - Parameter end: nil where the player has gone before the answer was complete.
  @inline(never) mutating func tellDelivery(
    _ session: Slot<Session>, _ end: TransferEnd?, bytes: Int64, status: Int32
  ) {
    let key = requestKey(session).bits
    let result: DeliveryLine.Result =
      switch end {
      case .delivered: session.its.result
      case .error: session.its.result == .negativeHit ? .negativeHit : .error
      case .timeout, nil: .clientGone
      }
    telemetry.append(
      .delivery(
        DeliveryLine(
          result: result, began: session.its.asked,
          firstByte: session.its.firstByte >= 0 && session.its.firstByte <= now ? session.its.firstByte : -1,
          ended: now, session: session.its.key, request: key, trace: session.its.trace, cdn: Int32(session.its.cdn),
          site: plan.nodes[session.its.site].number, cohort: Int32(session.its.cohort),
          title: session.its.title, isLive: session.its.flags.contains(.isLive),
          isManifest: session.its.fetch == .manifest, segment: session.its.segment,
          rendition: Int32(session.its.rendition), bytes: bytes, status: status)))
  }

  /// An attempt is on its way.
  @inline(never) mutating func observe(_ frame: Slot<Frame>, of call: Slot<Call>) {
    if recordsTelemetry { trace(frame, of: call) }
    if logsRequests { noteSent(frame) }
  }

  /// Notes whose call a frame serves.
  private mutating func trace(_ frame: Slot<Frame>, of call: Slot<Call>) {
    var asker = call
    while asker.its.flags.contains(.isFallback) { asker = calls.at(asker.its.counterpart) }
    if asker.its.parent >= 0 {
      let caller = frames.at(asker.its.parent)
      frame.its.trace = caller.its.trace
      frame.its.caller = caller.its.key
    } else {
      let isOfSession = asker.its.parent == Call.session || asker.its.parent == Call.afterPlay
      frame.its.trace = isOfSession ? asker.its.request : asker.its.key
      frame.its.caller = 0
    }
  }

  @inline(never) mutating func tellSpan(_ frame: Slot<Frame>, _ endpoint: Int32, hasFailed: Bool) {
    let replica = frame.its.replica
    telemetry.append(
      .span(
        Span(
          trace: frame.its.trace, span: frame.its.key, parent: frame.its.caller, began: frame.its.arrived, ended: now,
          endpoint: endpoint, replica: replica - services[replicas[replica].service].firstReplica,
          hasFailed: hasFailed)))
  }
}
