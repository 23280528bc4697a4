import Engine

extension TelemetryText {
  /// A span as OpenTelemetry's file exporter writes it: one object a line (OpenTelemetry Protocol File Exporter), in
  /// OTLP's JSON, where ids are hexadecimal and 64-bit numbers are strings (OTLP, JSON Protobuf Encoding).
  ///
  /// The service, its stage and the replica are attributes of the resource; the span is the server's (kind 2), and a
  /// failed one has status 2.
  mutating func append(_ span: Engine.Span, _ names: TelemetryNames) {
    let endpoint = names.endpoints[Int(span.endpoint)]
    append("{\"resourceSpans\":[{\"resource\":{\"attributes\":[")
    appendAttribute("service.name", endpoint.service)
    append(",")
    appendAttribute("service.instance.id", "\(endpoint.service)-\(span.replica)")
    if let stage = endpoint.stage {
      append(",")
      appendAttribute("ratchet.stage", stage)
    }
    append("]},\"scopeSpans\":[{\"scope\":{\"name\":\"ratchet\"},\"spans\":[{\"traceId\":")
    quote(TelemetryIdentifiers.trace(span.trace))
    append(",\"spanId\":")
    quote(TelemetryIdentifiers.hex(span.span))
    if span.parent != 0 {
      append(",\"parentSpanId\":")
      quote(TelemetryIdentifiers.hex(span.parent))
    }
    append(",\"name\":")
    quote(endpoint.name)
    append(",\"kind\":2,\"startTimeUnixNano\":")
    quote(String(names.start + span.began))
    append(",\"endTimeUnixNano\":")
    quote(String(names.start + span.ended))
    append(span.hasFailed ? ",\"status\":{\"code\":2}" : ",\"status\":{}")
    append("}]}]}]}")
    endLine()
  }

  private mutating func appendAttribute(_ key: String, _ value: String) {
    append("{\"key\":")
    quote(key)
    append(",\"value\":{\"stringValue\":")
    quote(value)
    append("}}")
  }
}
