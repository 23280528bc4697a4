extension SpanForest {
  /// Moves what other processes recorded into the time of the span that called them, where the clocks plainly disagree.
  ///
  /// All children of one span in one process are moved by one amount, so that their order and overlap stay. Under a
  /// client's span the child is centred, as Jaeger's clock skew adjuster does (both ways of the network take the same
  /// time); under another span it is moved as little as will do. Less than 10 us is left: clocks are read, and rounded,
  /// at both ends. A child that starts after its parent has ended is asynchronous, not skewed, unless the parent is a
  /// client's span; one that is longer than its parent never fits.
  mutating func removeClockSkew(findings: inout ImportFindings) {
    var pending = roots
    while let parent = pending.popLast() {
      let byProcess = Dictionary(grouping: children[parent]) { spans[$0].process }
      for (process, group) in byProcess.sorted(by: { $0.key < $1.key }) where process != spans[parent].process {
        guard let delta = skew(of: group, under: parent), delta != 0 else { continue }
        for child in group { shift(child, by: delta) }
        findings.add(.clockSkew, at: "trace \(traceID), span \(spans[group[0]].id)")
      }
      pending += children[parent]
    }
  }

  /// Nanoseconds by which times of one clock may be off.
  static let clockError: Int64 = 10_000

  private func skew(of group: [Int], under index: Int) -> Int64? {
    let parent = spans[index]
    let waited = group.filter { !isAsynchronous($0) }
    guard let start = waited.map({ spans[$0].start }).min(), let end = waited.map({ spans[$0].end }).max() else {
      return nil
    }
    if start >= parent.start - Self.clockError && end <= parent.end + Self.clockError { return nil }
    let isClient =
      parent.kind == .client
      || (parent.kind == nil && children[index].count == 1 && spans[group[0]].service != parent.service)
    if end - start > parent.duration { return start < parent.start ? parent.start - start : nil }
    if isClient { return parent.start + (parent.duration - (end - start)) / 2 - start }
    if start >= parent.end { return nil }
    return start < parent.start ? parent.start - start : parent.end - end
  }

  /// Whether the parent does not wait for this span, by what the span itself says.
  func isAsynchronous(_ index: Int) -> Bool {
    spans[index].parent?.relation == .followsFrom || spans[index].kind == .consumer
  }
}
