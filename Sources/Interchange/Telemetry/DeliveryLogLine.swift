import Engine

/// The format of the CDNs' log: that of CloudFront's real-time logs.
enum DeliveryLog {
  /// In the order in which CloudFront delivers them (Amazon CloudFront Developer Guide, "Use real-time access logs",
  /// Fields), and one of our own: the trace that tells how the object was fetched, which a CDN would pass on in a header.
  static let fields = [
    "timestamp", "c-ip", "s-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host",
    "cs-uri-stem", "cs-bytes", "x-edge-location", "x-edge-request-id", "x-host-header", "time-taken",
    "cs-protocol-version", "c-ip-version", "cs-user-agent", "cs-referer", "cs-cookie", "cs-uri-query",
    "x-edge-response-result-type", "x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-result-type",
    "fle-encrypted-fields", "fle-status", "sc-content-type", "sc-content-len", "sc-range-start", "sc-range-end",
    "c-port", "x-edge-detailed-result-type", "c-country", "cs-accept-encoding", "cs-accept",
    "cache-behavior-path-pattern", "cs-headers", "cs-header-names", "cs-headers-count", "primary-distribution-id",
    "primary-distribution-dns-name", "origin-fbl", "origin-lbl", "asn", "cmcd-encoded-bitrate", "cmcd-buffer-length",
    "cmcd-buffer-starvation", "cmcd-content-id", "cmcd-object-duration", "cmcd-deadline", "cmcd-measured-throughput",
    "cmcd-next-object-request", "cmcd-next-range-request", "cmcd-object-type", "cmcd-playback-rate",
    "cmcd-requested-maximum-throughput", "cmcd-streaming-format", "cmcd-session-id", "cmcd-stream-type",
    "cmcd-startup", "cmcd-top-bitrate", "cmcd-version", "r-host", "sr-reason", "x-edge-mqcs",
    "distribution-tenant-id", "connection-id", traceField,
  ]
  static let traceField = "x-trace-id"

  static let header = "#Version: 1.0\n#Fields: " + fields.joined(separator: " ") + "\n"
}

extension TelemetryText {
  /// A request in a CDN's log, with `-` for what the simulation doesn't know.
  mutating func append(_ line: DeliveryLine, _ names: TelemetryNames) {
    let request = LoggedRequest(line, names)
    let types = line.resultTypes
    let hasFirstByte = line.firstByte >= 0
    appendSeconds(names.start + line.ended)
    appendUnknown(2)
    if hasFirstByte { appendField { $0.appendSeconds(line.firstByte - line.began) } } else { appendUnknown() }
    appendField(line.status <= 0 ? "000" : String(line.status))
    appendField(String(line.bytes))
    appendField("GET")
    appendUnknown()
    appendField(request.host)
    appendField(request.path + "?" + request.query)
    appendUnknown()
    appendField("\(names.cdns[Int(line.cdn)])-\(line.site)")
    appendField(TelemetryIdentifiers.hex(line.request))
    appendField(request.host)
    appendField { $0.appendSeconds(line.ended - line.began) }
    appendUnknown(5)
    appendField(request.query)
    appendField(types.response)
    appendUnknown(3)
    appendField(types.final)
    appendUnknown(7)
    appendField(types.detailed)
    appendUnknown(12)
    appendField(request.bitrate)
    appendUnknown(2)
    appendField(request.content)
    appendField(request.duration)
    appendUnknown(4)
    appendField(request.objectType)
    appendUnknown(2)
    appendField(request.streamingFormat)
    appendField(request.session)
    appendField(request.streamType)
    appendUnknown()
    appendField(request.topBitrate)
    appendField("2")
    appendUnknown(5)
    appendField(line.trace == 0 ? nil : TelemetryIdentifiers.trace(line.trace))
    endLine()
  }

  private mutating func appendField(_ value: String?) {
    append("\t")
    append(value ?? "-")
  }

  private mutating func appendField(_ value: (inout TelemetryText) -> Void) {
    append("\t")
    value(&self)
  }

  private mutating func appendUnknown(_ count: Int = 1) { append(String(repeating: "\t-", count: count)) }
}

extension DeliveryLine {
  /// CloudFront's `x-edge-response-result-type`, `x-edge-result-type` and `x-edge-detailed-result-type`: before the
  /// answer was sent, after it was, and in detail.
  ///
  /// What waited for another request's fetch is a `Miss`, since the cache didn't have it. Of a player that has gone,
  /// `trace` tells whether the cache had the object.
  fileprivate var resultTypes: (response: String, final: String, detailed: String) {
    switch result {
    case .hit: ("Hit", "Hit", "Hit")
    case .staleHit: ("RefreshHit", "RefreshHit", "RefreshHit")
    case .collapsed, .miss: ("Miss", "Miss", "Miss")
    case .shieldHit: ("Miss", "OriginShieldHit", "OriginShieldHit")
    case .negativeHit, .error: ("Error", "Error", "Error")
    case .clientGone: (trace == 0 ? "Hit" : "Miss", "Error", "ClientCommError")
    }
  }
}
