/// The spans of one trace as trees, checked.
struct SpanForest {
  /// Deeper than this is a runaway recursion or a broken trace.
  static let maximumDepth = 500

  let traceID: String
  var spans: [Span]
  /// The spans under each span, by start.
  private(set) var children: [[Int]]
  private(set) var roots: [Int]

  /// nil where the trace makes no sense; `findings` then says why.
  init?(_ trace: Trace, findings: inout ImportFindings) {
    traceID = trace.id
    guard !trace.spans.isEmpty else {
      findings.add(.emptyTrace, at: "trace \(trace.id)")
      return nil
    }
    if let broken = trace.spans.first(where: { $0.duration < 0 }) {
      findings.add(.negativeDuration, at: "trace \(trace.id), span \(broken.id)")
      return nil
    }
    guard let (spans, parents) = Self.resolve(trace, findings: &findings) else { return nil }
    self.spans = spans
    children = Array(repeating: [], count: spans.count)
    roots = []
    var orphans: [Int] = []
    for (index, parent) in parents.enumerated() {
      switch parent {
      case .root: roots.append(index)
      case .missing: orphans.append(index)
      case .span(let parent): children[parent].append(index)
      }
    }
    guard check(from: roots + orphans, findings: &findings) else { return nil }
    if roots.isEmpty {
      findings.add(.rootless, at: "trace \(trace.id), span \(spans[orphans[0]].id)")
      roots = orphans
    } else {
      for orphan in orphans { findings.add(.orphan, at: "trace \(trace.id), span \(spans[orphan].id)") }
    }
    sortChildren()
  }

  /// Moves a span and all below it on the clock.
  mutating func shift(_ index: Int, by delta: Int64) {
    var pending = [index]
    while let next = pending.popLast() {
      spans[next] = spans[next].shifted(by: delta)
      pending += children[next]
    }
  }

  private enum ParentLink {
    case root, missing
    case span(Int)
  }

  /// The distinct spans and the parent of each.
  ///
  /// Where Zipkin's clients write, both sides of a call share an id: as in Jaeger's span id uniquifier, the server's
  /// span goes under the client's and keeps the children.
  private static func resolve(
    _ trace: Trace, findings: inout ImportFindings
  ) -> (spans: [Span], parents: [ParentLink])? {
    var spans: [Span] = []
    var byID: [String: Int] = [:]
    var clientOf: [Int: Int] = [:]
    for span in trace.spans {
      guard let other = byID[span.id] else {
        byID[span.id] = spans.count
        spans.append(span)
        continue
      }
      if spans[other] == span {
        findings.add(.duplicateSpan, at: "trace \(trace.id), span \(span.id)")
      } else if spans[other].kind == .client, span.kind == .server, clientOf[other] == nil {
        clientOf[spans.count] = other
        byID[span.id] = spans.count
        spans.append(span)
      } else if spans[other].kind == .server, span.kind == .client, clientOf[other] == nil {
        clientOf[other] = spans.count
        spans.append(span)
      } else {
        findings.add(.conflictingIDs, at: "trace \(trace.id), id \(span.id)")
        return nil
      }
    }
    let parents = spans.indices.map { index -> ParentLink in
      if let client = clientOf[index] { return .span(client) }
      guard let parent = spans[index].parent else { return .root }
      return byID[parent.span].map { .span($0) } ?? .missing
    }
    return (spans, parents)
  }

  /// Whether every span hangs under one of these, none too deep.
  private func check(from tops: [Int], findings: inout ImportFindings) -> Bool {
    var reached = 0
    var level = tops
    var depth = 0
    while !level.isEmpty {
      depth += 1
      reached += level.count
      if depth > Self.maximumDepth {
        findings.add(.tooDeep, at: "trace \(traceID)")
        return false
      }
      level = level.flatMap { children[$0] }
    }
    if reached < spans.count {
      findings.add(.cyclicParents, at: "trace \(traceID)")
      return false
    }
    return true
  }

  /// By start; the id decides where starts are equal.
  private mutating func sortChildren() {
    for index in children.indices {
      children[index].sort { (spans[$0].start, spans[$0].id) < (spans[$1].start, spans[$1].id) }
    }
  }
}

extension Span {
  var end: Int64 { start + duration }

  func shifted(by delta: Int64) -> Span {
    Span(
      id: id, parent: parent, service: service, operation: operation, process: process, host: host, kind: kind,
      peer: peer, start: start + delta, duration: duration, isError: isError, samplingProbability: samplingProbability)
  }
}
