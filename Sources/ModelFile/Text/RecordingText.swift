import Model

/// One title as it was recorded.
struct TitleRecording: Sendable {
  let segment: SimulationDuration
  let ladder: [Bitrate]
  /// Bits by segment and rendition.
  let sizes: [[Int64]]
  /// Where each is told.
  let location: SourceLocation

  var duration: SimulationDuration {
    SimulationDuration(nanoseconds: segment.nanoseconds * Int64(sizes.count))
  }
}

/// Files of recorded networks and titles: JSON, which is read as the YAML that it is, so that places can be told.
extension Decoding {
  /// `{"segment_duration_ms": …, "bitrates_kbps": […], "segment_sizes_bits": [[…], …]}`.
  /// - Parameter path: relative to the file that names it.
  func recordedTitle(_ path: Phrase) -> TitleRecording? {
    guard let root = recording(path) else { return nil }
    guard root.entries != nil else {
      return refuse(root, "a recorded title is a mapping, and this is \(root.kindName)")
    }
    guard let segmentNode = part("segment_duration_ms", of: root, "the title"),
      let ladderNode = part("bitrates_kbps", of: root, "the title"),
      let sizesNode = part("segment_sizes_bits", of: root, "the title")
    else { return nil }
    let segment = number(segmentNode, "`segment_duration_ms`", above: true, limit: 1e9)
    var ladder: [Bitrate] = []
    for (index, node) in (ladderNode.items ?? []).enumerated() {
      guard let kbps = number(node, "entry \(index) of `bitrates_kbps`", above: true, limit: 1e12) else { return nil }
      let rate = Bitrate(bitsPerSecond: Int64((kbps * 1e3).rounded()))
      if let last = ladder.last, rate <= last {
        return refuse(node, "entry \(index) of `bitrates_kbps` does not rise above the one before it", .ladderNotRising)
      }
      ladder.append(rate)
    }
    guard !ladder.isEmpty else { return refuse(ladderNode, "`bitrates_kbps` is a list of at least one bit rate") }
    var sizes: [[Int64]] = []
    for (index, node) in (sizesNode.items ?? []).enumerated() {
      guard let items = node.items, items.count == ladder.count else {
        return refuse(node, "segment \(index) needs \(ladder.count) sizes, one for each bit rate")
      }
      let row = items.compactMap { number($0, "a size of segment \(index)", above: true, limit: 1e15) }
      guard row.count == items.count else { return nil }
      sizes.append(row.map { Int64($0.rounded()) })
    }
    guard !sizes.isEmpty else { return refuse(sizesNode, "`segment_sizes_bits` is a list of at least one segment") }
    guard let segment else { return nil }
    return TitleRecording(
      segment: SimulationDuration(nanoseconds: Int64((segment * 1e6).rounded())), ladder: ladder, sizes: sizes,
      location: root.location)
  }

  /// `[{"duration_ms": …, "bandwidth_kbps": …, "latency_ms": …}, …]`.
  /// - Parameter path: relative to the file that names it.
  func recordedNetwork(_ path: Phrase) -> NetworkRecording? {
    guard let root = recording(path) else { return nil }
    guard let items = root.items, !items.isEmpty else {
      return refuse(root, "a recorded network is a list of at least one period")
    }
    var periods: [NetworkRecording.Period] = []
    for (index, item) in items.enumerated() {
      guard item.entries != nil else {
        return refuse(item, "period \(index) is no mapping, but \(item.kindName)")
      }
      let what = "period \(index)"
      guard let durationNode = part("duration_ms", of: item, what),
        let bandwidthNode = part("bandwidth_kbps", of: item, what),
        let latencyNode = part("latency_ms", of: item, what),
        let duration = number(durationNode, "`duration_ms` of \(what)", above: true, limit: 1e12),
        let bandwidth = number(bandwidthNode, "`bandwidth_kbps` of \(what)", above: false, limit: 1e12),
        let latency = number(latencyNode, "`latency_ms` of \(what)", above: false, limit: 1e9)
      else { return nil }
      periods.append(
        NetworkRecording.Period(
          duration: SimulationDuration(nanoseconds: max(1, Int64((duration * 1e6).rounded()))),
          bandwidth: Bitrate(bitsPerSecond: Int64((bandwidth * 1e3).rounded())),
          latency: SimulationDuration(nanoseconds: Int64((latency * 1e6).rounded()))))
    }
    guard periods.contains(where: { $0.bandwidth.bitsPerSecond > 0 }) else {
      return refuse(root, "no period of this network has any bandwidth")
    }
    return NetworkRecording(file: path.text, periods: periods)
  }

  /// The tree of a file that the model names.
  private func recording(_ path: Phrase) -> Node? {
    let file: SourceFile
    do {
      file = try reader.read(relativePath(path.text, from: path.location.file.path), mentionedAt: path.location)
    } catch {
      for problem in error.diagnostics { report(problem.id, at: problem.location ?? path.location, problem.message) }
      return nil
    }
    if !sources.contains(where: { $0.path == file.path }) { sources.append(file) }
    var problems: [Diagnostic] = []
    let root = YAMLReader.read(file, diagnostics: &problems)
    report(problems)
    return problems.isEmpty ? root : nil
  }

  private func part(_ key: String, of node: Node, _ what: String) -> Node? {
    node[key] ?? refuse(node, "\(what) lacks `\(key)`")
  }

  /// A number, zero or more, or above zero.
  private func number(_ node: Node, _ what: String, above isAbove: Bool, limit: Double) -> Double? {
    guard let phrase = node.phrase, Quantity.lengthOfNumber(phrase.text) == phrase.text.count,
      let value = Double(phrase.text)
    else { return refuse(node, "\(what) is \(node.kindName), which is not a number") }
    guard value >= 0, !isAbove || value > 0 else {
      return refuse(node, "\(what) is \(phrase.text), and has to be \(isAbove ? "above zero" : "zero or more")")
    }
    return value <= limit ? value : refuse(node, "\(what) is \(phrase.text), which is too large")
  }

  private func refuse<Result>(_ node: Node, _ message: String, _ id: DiagnosticID = .badRecording) -> Result? {
    report(id, at: node.location, message)
    return nil
  }
}
