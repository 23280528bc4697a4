extension JaegerTrace {
  /// The trace in the terms of every tracing system.
  ///
  /// - Throws: `InterchangeError.malformed` for a process that is not listed or a time outside the clock's range.
  func trace() throws(InterchangeError) -> Trace {
    var read: [Span] = []
    read.reserveCapacity(spans.count)
    for span in spans {
      let place = "trace \(traceID), span \(span.spanID)"
      guard let process = span.process ?? span.processID.flatMap({ processes?[$0] }) else {
        throw .malformed(
          place: place, reason: "its process `\(span.processID ?? "")` is not among the trace's `processes`")
      }
      let (start, startOverflow) = span.startTime.value.multipliedReportingOverflow(by: 1_000)
      let (duration, durationOverflow) = span.duration.value.multipliedReportingOverflow(by: 1_000)
      let (_, endOverflow) = start.addingReportingOverflow(duration)
      if startOverflow || durationOverflow || endOverflow {
        throw .malformed(place: place, reason: "startTime and duration must be microseconds within 292 years of 1970")
      }
      read.append(
        Span(
          id: span.spanID, parent: span.parent(in: traceID), service: process.serviceName,
          operation: span.operationName, process: span.processID ?? process.serviceName,
          host: process.tags.value("k8s.pod.name", "host.name", "hostname"),
          kind: span.tags.value("span.kind").flatMap(Span.Kind.init), peer: span.peer, start: start,
          duration: duration, isError: span.isError, samplingProbability: span.samplingProbability))
    }
    return Trace(id: traceID, spans: read)
  }
}

extension JaegerSpan {
  /// As Jaeger's own `ParentSpanID`: the first CHILD_OF of the same trace, else the first FOLLOWS_FROM of it.
  ///
  /// A span that refers to other traces only is an orphan, not a root.
  fileprivate func parent(in trace: String) -> Span.Parent? {
    let all = references ?? []
    let own = all.filter { $0.traceID == nil || $0.traceID == trace }
    if let parent = own.first(where: { $0.refType == "CHILD_OF" }) {
      return Span.Parent(span: parent.spanID, relation: .childOf)
    }
    if let parent = own.first(where: { $0.refType == "FOLLOWS_FROM" }) {
      return Span.Parent(span: parent.spanID, relation: .followsFrom)
    }
    if let parentSpanID, !parentSpanID.allSatisfy({ $0 == "0" }) {
      return Span.Parent(span: parentSpanID, relation: .childOf)
    }
    return all.first.map {
      Span.Parent(
        span: "\($0.traceID ?? trace)/\($0.spanID)",
        relation: $0.refType == "FOLLOWS_FROM" ? .followsFrom : .childOf)
    }
  }

  /// OpenTracing's `peer.service`, else a database by OpenTelemetry's `db.system` or OpenTracing's `db.type`.
  fileprivate var peer: String? {
    if let name = tags.value("peer.service") { return name }
    guard let system = tags.value("db.system", "db.type") else { return nil }
    return tags.value("db.name", "db.instance").map { "\(system)-\($0)" } ?? system
  }

  fileprivate var isError: Bool {
    tags.value("error")?.lowercased() == "true" || tags.value("otel.status_code") == "ERROR"
  }

  fileprivate var samplingProbability: Double? {
    guard tags.value("sampler.type") == "probabilistic",
      let probability = tags.value("sampler.param").flatMap(Double.init), probability > 0, probability <= 1
    else { return nil }
    return probability
  }
}

extension [JaegerTag]? {
  /// The value of the first of these keys that has one.
  fileprivate func value(_ keys: String...) -> String? {
    for key in keys {
      if let value = self?.first(where: { $0.key == key })?.value, !value.isEmpty { return value }
    }
    return nil
  }
}
