extension SpanForest {
  /// The requests of this trace: one for each root, and one for each span that nobody waited for.
  func rootCalls(findings: inout ImportFindings) -> [RootCall] {
    let weight = 1 / (roots.compactMap { spans[$0].samplingProbability }.min() ?? 1)
    var pending = roots.map { (index: $0, isAsynchronous: false) }
    var found: [RootCall] = []
    while !pending.isEmpty {
      let (index, isAsynchronous) = pending.removeFirst()
      var detached: [Int] = []
      let call = call(of: index, asked: nil, detached: &detached, findings: &findings)
      found.append(RootCall(call: call, isAsynchronous: isAsynchronous, weight: weight))
      pending += detached.map { ($0, true) }
    }
    return found
  }

  private func call(
    of index: Int, asked: Interval?, detached: inout [Int], findings: inout ImportFindings
  ) -> Call {
    let span = spans[index]
    if span.isError { findings.add(.markedAsError, at: "trace \(traceID), span \(span.id)") }
    let served = Interval(start: span.start, end: span.end)
    var calls: [Call] = []
    gather(under: index, within: served, asked: nil, into: &calls, detached: &detached, findings: &findings)
    return Call(
      operation: Operation(service: span.service, name: span.operation), served: served, asked: asked ?? served,
      calls: calls, isInferred: false, host: span.host)
  }

  /// Collects the calls below a span: spans of the same service are its own work, and are looked through.
  ///
  /// - Parameters:
  ///   - whole: the time of the endpoint that waits.
  ///   - asked: the innermost span of the caller around what is found, as long as that is a single call.
  private func gather(
    under index: Int, within whole: Interval, asked: Interval?, into calls: inout [Call],
    detached: inout [Int], findings: inout ImportFindings
  ) {
    let parent = spans[index]
    let isSingle = children[index].count == 1
    for child in children[index] {
      let span = spans[child]
      let asked = isSingle ? asked : nil
      if isAsynchronous(child) {
        findings.add(.followsFrom, at: "trace \(traceID), span \(span.id)")
        detached.append(child)
      } else if outlives(span, whole) {
        findings.add(.outlivesCaller, at: "trace \(traceID), span \(span.id)")
        detached.append(child)
      } else if isRemote(span, from: parent) {
        calls.append(call(of: child, asked: asked, detached: &detached, findings: &findings))
      } else if span.kind == .client, let peer = span.peer, children[child].isEmpty {
        if span.isError { findings.add(.markedAsError, at: "trace \(traceID), span \(span.id)") }
        let interval = Interval(start: span.start, end: span.end)
        calls.append(
          Call(
            operation: Operation(service: peer, name: span.operation), served: interval, asked: interval, calls: [],
            isInferred: true, host: nil))
      } else {
        if span.isError { findings.add(.markedAsError, at: "trace \(traceID), span \(span.id)") }
        gather(
          under: child, within: whole, asked: Interval(start: span.start, end: span.end), into: &calls,
          detached: &detached, findings: &findings)
      }
    }
  }

  /// Whether a network lies between: another service, the server's side of a call, or another host of the same service.
  private func isRemote(_ span: Span, from parent: Span) -> Bool {
    if span.service != parent.service || span.kind == .server { return true }
    guard let host = span.host, let other = parent.host else { return false }
    return host != other
  }

  /// Whether a span goes on after the endpoint that it belongs to: by more than 1%, which may be rounding and clock
  /// drift.
  private func outlives(_ span: Span, _ whole: Interval) -> Bool {
    span.end > whole.end + max(Self.clockError, whole.duration / 100)
  }
}
