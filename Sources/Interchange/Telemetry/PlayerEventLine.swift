import Engine

extension TelemetryText {
  /// A report of a player in CMCD's event mode, version 2 (CTA-5004-B, Common Media Client Data), as an object of JSON
  /// whose members are CMCD's keys in alphabetical order; a list of CMCD that has one item is written as that item.
  ///
  /// A response (`rr`) is told when it has arrived. Its `ts` is when the request was made, and `ttfb` and `ttlb` count
  /// from there, where the delivery of the request is known; without `ttlb`, `ts` is when it arrived.
  ///
  /// Keys that CMCD doesn't have begin with `ratchet-`: the kind of event, the cohort, the segment's number, the id of
  /// the request as in the CDN's log, and the id of the trace that tells how the object was fetched.
  mutating func append(
    _ event: PlayerEvent, _ names: TelemetryNames, before: PlayerSession, after: PlayerSession
  ) {
    let kind = event.kind
    let content = names.content(event.title, isLive: event.isLive)
    let cohort = names.cohorts[Int(event.cohort)]
    let isResponse = kind == .segment
    let delivery = before.delivery.flatMap { event.request != 0 && $0.request == event.request ? $0 : nil }
    let hasMeasured = event.throughput.isFinite && event.throughput > 0 && event.throughput < 1e18
    appendObject { line in
      line.number("bl", (event.buffer + 50_000_000) / 100_000_000 * 100)
      line.number("br", names.bitrate(event.rendition))
      line.flag("bs", kind == .stall)
      line.number("bsd", kind == .resume && before.stalled >= 0 ? milliseconds(event.time - before.stalled) : nil)
      line.string("cdn", names.cdn(event.cdn))
      line.string("cid", content)
      line.number("d", isResponse ? names.segmentDuration : nil)
      line.string("e", kind.cmcdEvent)
      line.strings("ec", event.errorCodes)
      line.string("h", kind == .cdnChange && event.cdn >= 0 ? names.host(event.cdn) : nil)
      line.number("msd", kind == .start ? milliseconds(event.time - before.attempted) : nil)
      line.number("mtp", hasMeasured ? Int64((event.throughput / 100_000).rounded()) * 100 : nil)
      line.string("ot", isResponse ? "v" : nil)
      line.string("ratchet-cohort", cohort.name)
      line.string("ratchet-event", kind.name)
      line.string("ratchet-request", event.request == 0 ? nil : TelemetryIdentifiers.hex(event.request))
      line.number("ratchet-segment", event.segment < 0 ? nil : Int64(event.segment))
      line.string("ratchet-trace", event.trace(delivery).map(TelemetryIdentifiers.trace))
      line.number("rc", isResponse ? delivery.map { $0.status > 0 ? Int64($0.status) : nil } ?? 200 : nil)
      line.string("sf", cohort.streamingFormat)
      line.string("sid", TelemetryIdentifiers.uuid(session: event.session))
      line.number("sn", before.sequence)
      line.string("st", event.isLive ? "l" : "v")
      line.string("sta", after.state)
      line.flag("su", isResponse && before.isUrgent)
      line.number("ts", names.milliseconds(isResponse ? delivery?.began ?? event.time : event.time))
      let times = isResponse ? delivery : nil
      line.number("ttfb", times.flatMap { $0.firstByte < 0 ? nil : milliseconds($0.firstByte - $0.began) })
      line.number("ttlb", times.map { milliseconds($0.ended - $0.began) })
      let path = names.path(content, segment: event.segment, rendition: event.rendition)
      line.string("url", isResponse && event.cdn >= 0 ? "https://\(names.host(event.cdn))\(path)" : nil)
      line.number("v", 2)
    }
  }
}

/// The nearest whole number of milliseconds.
private func milliseconds(_ nanoseconds: Int64) -> Int64 { (nanoseconds + 500_000) / 1_000_000 }

extension PlayerEvent {
  /// CMCD's `ec`: an HTTP status, `connect` where no connection came about, or `timeout`.
  fileprivate var errorCodes: [String] {
    switch kind {
    case .error: [status == 0 ? "timeout" : errorCode]
    case .startFailure, .playbackFailure: status == 0 ? [] : [errorCode]
    default: []
    }
  }

  private var errorCode: String { status < 0 ? "connect" : String(status) }

  /// Of the delivery that it is about; of an attempt, the session's own: the calls that pressing play makes.
  fileprivate func trace(_ delivery: DeliveryLine?) -> UInt64? {
    if kind == .attempt { return session }
    return delivery.flatMap { $0.trace == 0 ? nil : $0.trace }
  }
}
