import Interchange

/// A span to be written into a fixture, with those below it. Times are milliseconds from the trace's start.
struct SpanSketch {
  var service: String
  var operation: String
  var times: ClosedRange<Double>
  var kind: Span.Kind?
  var peer: String?
  var host: String?
  var follows = false
  var isError = false
  var sampling: Double?
  var children: [SpanSketch]

  init(
    _ service: String, _ operation: String, _ times: ClosedRange<Double>, kind: Span.Kind? = nil,
    peer: String? = nil, host: String? = nil, follows: Bool = false, isError: Bool = false,
    sampling: Double? = nil, _ children: [SpanSketch] = []
  ) {
    self.service = service
    self.operation = operation
    self.times = times
    self.kind = kind
    self.peer = peer
    self.host = host
    self.follows = follows
    self.isError = isError
    self.sampling = sampling
    self.children = children
  }
}

extension Trace {
  /// A trace of these roots, `at` milliseconds after the epoch. Every service is one process.
  init(_ id: String, at: Double = 0, _ roots: SpanSketch...) {
    var spans: [Span] = []
    func add(_ sketch: SpanSketch, under parent: String?) {
      let id = "s\(spans.count)"
      spans.append(
        Span(
          id: id, parent: parent.map { Span.Parent(span: $0, relation: sketch.follows ? .followsFrom : .childOf) },
          service: sketch.service, operation: sketch.operation, process: sketch.service, host: sketch.host,
          kind: sketch.kind, peer: sketch.peer, start: Int64(((at + sketch.times.lowerBound) * 1e6).rounded()),
          duration: Int64(((sketch.times.upperBound - sketch.times.lowerBound) * 1e6).rounded()),
          isError: sketch.isError, samplingProbability: sketch.sampling))
      for child in sketch.children { add(child, under: id) }
    }
    for root in roots { add(root, under: nil) }
    self.init(id: id, spans: spans)
  }
}

extension ImportedTopology {
  func service(_ name: String) -> ImportedService? { services.first { $0.name == name } }

  func endpoint(_ path: String) -> ImportedEndpoint? {
    let parts = path.split(separator: ".").map(String.init)
    return service(parts[0])?.endpoints.first { $0.name == parts[1] }
  }

  /// The steps of an endpoint in short: `work | call b 40% | together b c`.
  func outline(_ path: String) -> String {
    guard let endpoint = endpoint(path) else { return "no such endpoint" }
    return endpoint.steps.map { step in
      let action =
        switch step.action {
        case .work: "work"
        case .call(let dependency): "call \(dependency)"
        case .together(let dependencies): "together \(dependencies.joined(separator: " "))"
        }
      return step.probability < 1 ? "\(action) \(Int((step.probability * 100).rounded()))%" : action
    }
    .joined(separator: " | ")
  }

  /// The medians of an endpoint's work steps in milliseconds, rounded to three decimals.
  func workMedians(_ path: String) -> [Double] {
    (endpoint(path)?.steps ?? []).compactMap { step in
      guard case .work(let work) = step.action else { return nil }
      return (work.distribution.quantile(0.5) * 1e6).rounded() / 1e3
    }
  }
}
