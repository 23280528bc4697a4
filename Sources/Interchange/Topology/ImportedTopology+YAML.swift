import Model

extension ImportedTopology {
  /// The model in Ratchet's language, with the origin of every number beside it.
  public var yaml: String {
    var text = ModelText()
    func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
    text.line(
      0, "",
      comment: "Imported from \(counted(traceCount, "trace")) with \(counted(spanCount, "span")) of "
        + "\(counted(services.count, "service")).")
    text.line(0, "", comment: "Traces cannot tell what is marked \"assumed\": replace it by what you know.")
    text.line(
      0, "", comment: "The work of an endpoint is its time outside the longest call of each step: the network is in it."
    )
    for note in notes { text.line(0, "", comment: "Note: \(note).") }
    text.line(0, "model: \(name)")
    text.line(
      0, "time: {warmup: \(assumedTime.warmup.text), horizon: \(assumedTime.horizon.text)}", comment: "assumed")
    text.blank()
    text.line(0, "policies:")
    text.line(1, "assumed:", comment: "traces show no policies: no retries, breaker, bulkhead or fallback is assumed")
    text.line(2, "timeout: \(assumedTimeout.text)", comment: "assumed: at least 10 x the longest request in the traces")
    text.blank()
    text.line(0, "workloads:")
    for workload in workloads { write(workload, to: &text) }
    text.blank()
    text.line(0, "services:")
    for service in services { write(service, to: &text) }
    return text.text
  }

  private func write(_ workload: ImportedWorkload, to text: inout ModelText) {
    let asynchronous = workload.isAsynchronous ? "; started by calls that did not wait for it" : ""
    let median = QuantityText.duration(seconds: workload.tracedMedian)
    text.line(
      1, "\(workload.name):",
      comment: "\(workload.originalOperation): traced median \(median) of \(workload.requests)\(asynchronous)")
    text.line(
      2, "arrivals: poisson(\(QuantityText.rate(perSecond: workload.rate.perSecond)))", comment: workload.rateOrigin)
    text.line(2, "call: \(workload.endpoint)")
  }

  private func write(_ service: ImportedService, to text: inout ModelText) {
    let original = service.originalName == service.name ? "" : service.originalName
    let inferred = service.isInferred ? "seen by its callers only" : ""
    text.line(1, "\(service.name):", comment: [original, inferred].filter { !$0.isEmpty }.joined(separator: "; "))
    text.line(
      2, "replicas: \(service.replicas)",
      comment: service.areReplicasAssumed ? "assumed" : "hosts in the traces; there may be more")
    text.line(
      2, "pool: {threads: \(service.assumedThreads), queue: \(service.assumedThreads)}",
      comment: "assumed: ample for the \(QuantityText.number(service.load)) calls in progress on average")
    if !service.dependencies.isEmpty {
      text.line(2, "dependencies:")
      for dependency in service.dependencies {
        text.line(3, "\(dependency.name): {call: \(dependency.target), policy: assumed}")
      }
    }
    text.line(2, "endpoints:")
    for endpoint in service.endpoints { write(endpoint, to: &text) }
  }

  private func write(_ endpoint: ImportedEndpoint, to text: inout ModelText) {
    switch endpoint.origin {
    case .traced(let operation, let runs, let median):
      let duration = QuantityText.duration(seconds: median)
      text.line(3, "\(endpoint.name):", comment: "\(operation): traced median \(duration) of \(runs)")
    case .branch(let whole):
      text.line(3, "\(endpoint.name):", comment: "the part of \(whole) that only some of its runs have")
    }
    if endpoint.steps.isEmpty { text.line(4, "- work: 1us", comment: "too short for the traces' clock") }
    for step in endpoint.steps {
      switch step.action {
      case .work(let work): text.line(4, "- work: \(work.text)", comment: work.origin)
      case .call(let dependency): text.line(4, "- call: \(dependency)")
      case .together(let dependencies):
        text.line(4, "- together: [\(dependencies.joined(separator: ", "))]", comment: "their spans overlap")
      }
      if step.probability < 1 {
        text.line(
          5, "probability: \(QuantityText.percentage(step.probability))",
          comment: "\(Int((step.probability * Double(step.runs)).rounded())) of \(step.runs)")
      }
    }
  }
}

/// Lines of YAML with comments in a column.
private struct ModelText {
  private(set) var text = ""
  private static let commentColumn = 56

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }

  mutating func blank() { text += "\n" }

  mutating func line(_ depth: Int, _ content: String, comment: String = "") {
    var line = content.isEmpty ? "" : String(repeating: "  ", count: depth) + content
    if !comment.isEmpty {
      if !content.isEmpty {
        line += String(repeating: " ", count: max(2, Self.commentColumn - line.count))
      }
      // A name from a trace must not end the comment.
      line +=
        "# " + String(comment.map { $0.isNewline || $0.unicodeScalars.contains(where: Self.isControl) ? " " : $0 })
    }
    text += line + "\n"
  }
}
