/// The formats of traces that people have lying around, told apart by their keys.
enum TraceFormat: Hashable {
  case jaeger, jaegerDependencies, zipkin, otlp

  /// The format of a document as `JSONSerialization` yields it; nil where it is none of these.
  init?(recognising json: Any) {
    if let object = json as? [String: Any] {
      self.init(keys: object)
    } else if let list = json as? [Any] {
      // Zipkin's API answers with an array of traces, each an array of spans.
      guard let first = list.first(where: { !(($0 as? [Any])?.isEmpty ?? false) }) else { return nil }
      let inner = (first as? [Any])?.first ?? first
      guard let object = inner as? [String: Any] else { return nil }
      self.init(keys: object)
    } else {
      return nil
    }
  }

  private init?(keys object: [String: Any]) {
    if object["resourceSpans"] != nil || object["scopeSpans"] != nil {
      self = .otlp
    } else if object["traceId"] != nil, object["id"] != nil {
      self = .zipkin
    } else if object["parent"] != nil, object["child"] != nil, object["callCount"] != nil {
      self = .jaegerDependencies
    } else if object["spans"] != nil || object["traceID"] != nil {
      self = .jaeger
    } else if let data = object["data"] as? [Any] {
      guard let first = data.first else {
        self = .jaeger
        return
      }
      self.init(recognising: first)
    } else {
      return nil
    }
  }

  var title: String {
    switch self {
    case .jaeger: "Jaeger trace JSON"
    case .jaegerDependencies: "Jaeger's dependency graph, which has call counts but no spans and no times"
    case .zipkin: "Zipkin JSON"
    case .otlp: "OTLP JSON (OpenTelemetry)"
    }
  }
}
