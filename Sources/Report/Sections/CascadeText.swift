import Campaign
import Model

extension Cascade {
  /// The most ways that are told from a fault to its last effects, and the most chains of failed requests.
  private static var mostWays: Int { 6 }
  private static var mostChains: Int { 12 }
  private static var mostFaults: Int { 8 }

  /// What left its normal band and in which order, who passed it on, and what failed for it, for a report.
  public var section: [Block] {
    if isEmpty && chains.isEmpty {
      return [.heading("Cascade", note: nil), .list([Phrase("nothing left its normal band", .good)])]
    }
    let width = TimeText(binWidth.seconds).text
    return [
      .heading(
        "Cascade", note: "the first bin of \(width) outside the band of the twin, and the first one inside again"),
      .list(ways.prefix(Self.mostWays).map { Phrase(story($0)) } + further(ways.count - Self.mostWays, "ways")),
      .table(departureTable),
    ] + chainBlocks
  }

  /// A line that tells how many more there are.
  private func further(_ count: Int, _ what: String) -> [Phrase] {
    count > 0 ? [Phrase("\(count) further \(what)", .faint)] : []
  }

  /// The same as text without tables: one line a way from a fault to a last effect, in which a time stands where it is
  /// another than that of the step before, and a component where it is.
  public var story: String { ways.map { story($0) + "\n" }.joined() }

  // MARK: Ways

  /// The ways by first causes to the nodes that are nobody's first cause: those by which most requests failed come first,
  /// then those that end with players and workloads, the most in a bin first, then the longest.
  private var ways: [[Int]] {
    var parent = [Int?](repeating: nil, count: nodes.count)
    var hasEffect = [Bool](repeating: false, count: nodes.count)
    for edge in edges where edge.isFirst {
      if case .node(let cause) = edge.from {
        parent[edge.to] = cause
        hasEffect[cause] = true
      }
    }
    let ends = nodes.indices.filter { !hasEffect[$0] && nodes[$0].depth != nil }
    let all = ends.map { end -> [Int] in
      var way = [end]
      while let cause = parent[way[way.count - 1]] { way.append(cause) }
      return way.reversed()
    }
    let harms = all.map { harm(of: $0) }
    return all.indices.sorted { one, other in
      (harms[other].failures, harms[other].seen, all[other].count, one)
        < (harms[one].failures, harms[one].seen, all[one].count, other)
    }.map { all[$0] }
  }

  /// How many requests failed by a way, wherever on it the reason arose, and what is seen of it at its end.
  private func harm(of way: [Int]) -> (failures: Int, seen: Double) {
    let failures = chains.reduce(0) { sum, chain in
      guard case .fault(let nodes, _) = chain.origin, let arose = nodes.first, way.contains(arose) else { return sum }
      return sum + chain.count
    }
    guard let end = way.last.map({ nodes[$0] }) else { return (failures, 0) }
    switch end.component.kind {
    case .workload, .cohort: return (failures, end.peak - end.normal)
    case .service, .edge, .cdn: return (failures, 0)
    }
  }

  private func story(_ way: [Int]) -> String {
    guard let first = way.first, let root = firstRoot(of: first) else { return "" }
    var text = "\(clock(roots[root].from)) \(roots[root].phrase)"
    var time = roots[root].from
    for (place, index) in way.enumerated() {
      let node = nodes[index]
      let isSameTime = node.from == time
      let isSamePlace = place > 0 && nodes[way[place - 1]].component == node.component
      text += isSameTime && isSamePlace ? ", \(node.what)" : " → \(node.phrase)"
      if !isSameTime { text += " at \(clock(node.from))" }
      time = node.from
    }
    return text
  }

  private func firstRoot(of node: Int) -> Int? {
    for edge in edges where edge.to == node && edge.isFirst {
      if case .root(let root) = edge.from { return root }
    }
    return nil
  }

  // MARK: Tables

  private var departureTable: Table {
    let shown = roots.sorted { ($0.from, $0.to) < ($1.from, $1.to) }.prefix(Self.mostFaults)
    let left = roots.count - shown.count
    let faults =
      shown.map { root -> [Phrase] in
        [
          Phrase(clock(root.from)), Phrase(root.target), Phrase(root.effect, .bad), "",
          Phrase("fault \(root.fault)"), Phrase(clock(root.to)),
        ]
      } + (left > 0 ? [["", Phrase("\(left) further times", .faint), "", "", "", ""]] : [])
    let rows = nodes.indices.map { index -> [Phrase] in
      let node = nodes[index]
      return [
        Phrase(clock(node.from)), Phrase(node.name), Phrase(node.mechanism.rawValue, .bad), Phrase(node.size),
        cause(of: index), node.to.map { Phrase(clock($0)) } ?? Phrase("never", .bad),
      ]
    }
    return Table(
      [.left("at"), .left("what"), .left("how"), .right("at worst"), .left("from"), .left("until")],
      groups: [Table.Group("faults", faults), Table.Group("departures", rows)])
  }

  private func cause(of node: Int) -> Phrase {
    for edge in edges where edge.to == node && edge.isFirst {
      switch edge.from {
      case .root(let root): return Phrase(roots[root].phrase)
      case .node(let cause): return Phrase("\(nodes[cause].phrase) (\(edge.carrier))")
      }
    }
    return Phrase("no way from a fault was found", .doubtful)
  }

  private var chainBlocks: [Block] {
    if chains.isEmpty { return [] }
    let total = chains.reduce(0) { $0 + $1.count }
    let rows = chains.prefix(Self.mostChains).map { chain -> [Phrase] in
      [
        Phrase(NumberText.text(Double(chain.count), .count)),
        Phrase(NumberText.fraction(Double(chain.count) / Double(total))), Phrase(text(of: chain)),
      ]
    }
    let rest = chains.dropFirst(Self.mostChains)
    let others: [[Phrase]] =
      rest.isEmpty
      ? []
      : [
        [
          Phrase(NumberText.text(Double(rest.reduce(0) { $0 + $1.count }), .count)), "",
          Phrase("\(rest.count) further chains", .faint),
        ]
      ]
    return [
      .heading("Failed requests by chain", note: "from what the asker saw back to the fault"),
      .table(Table([.right("failures"), .right("share"), .left("chain")], rows + others)),
    ]
  }

  /// `viewers: timeout at edge -> history <- history pool full <- hang of history (fault down)`
  public func text(of chain: Chain) -> String {
    let reason = "\(chain.workload): \(chain.reason.rawValue) at \(chain.component)"
    switch chain.origin {
    case .alsoWithoutFaults: return "\(reason), as without faults"
    case .unknown: return "\(reason), not explained by the faults"
    case .fault(let way, let root):
      return ([reason] + way.map { nodes[$0].phrase } + ["\(roots[root].phrase) (fault \(roots[root].fault))"])
        .joined(separator: " <- ")
    }
  }

  // MARK: Times

  /// The time of day, with a fraction where bins are shorter than a second or do not begin with one.
  func clock(_ time: SimulationTime) -> String { ClockText(time, start: start).text }
}

extension Cascade.Root {
  /// `hang of history`
  var phrase: String { "\(effect) of \(target)" }
}

extension Cascade.Node {
  /// `origin timeouts`, `edge -> origin retries x3.0`
  var phrase: String { "\(name) \(what)" }

  /// `timeouts`, `retries x3.0`: a factor that is told as 1 is left out.
  fileprivate var what: String {
    guard let amplification, amplification >= 1.005 else { return mechanism.rawValue }
    return "\(mechanism.rawValue) x\(NumberText.text(amplification, .count))"
  }

  /// The greatest value in a bin.
  var size: String {
    switch mechanism {
    case .poolFull, .down, .scaledIn, .breakerOpen, .atCapacity: NumberText.text(peak, .fraction)
    case .slow: NumberText.text(peak, .time)
    case .load, .queueGrows, .rejecting, .unreachable, .errors, .failsBelow, .deadWork, .timeouts, .attemptsFail,
      .retries, .bulkheadFull, .callsFail, .fallback, .requests, .misses, .originFails, .answersFail, .playersTimeOut,
      .startsFail, .exits, .stalls, .abandonments, .playbackFails, .requestsFail, .degraded:
      NumberText.text(peak, .count)
    }
  }
}
