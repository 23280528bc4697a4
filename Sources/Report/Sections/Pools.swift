import Campaign
import Model

extension CampaignReport {
  /// How busy the services' threads were; those that never were short of any are told in one line.
  var poolsSection: [Block] {
    var names: [String] = []
    for summary in summaries {
      for service in summary.services where !names.contains(service.name) { names.append(service.name) }
    }
    guard !names.isEmpty, let window = outline.index(of: focus) else { return [] }
    let busy = names.filter { name in
      services(named: name).contains { $0.1.queueMax > 0 || $0.1.isFull(window) || $0.1.replicas != nil }
    }
    let groups = busy.map { name in
      Table.Group(name, services(named: name).map { [Phrase($0.0)] + PoolRow($0.1, window: window).cells })
    }
    let idle = names.filter { !busy.contains($0) }.map { name -> Phrase in
      let most = services(named: name).compactMap(\.1.utilisation?.value).max()
      let use = most.map { ", at most \(NumberText.text($0, .fraction)) in use on average" } ?? ""
      return Phrase("\(name): never full, nothing waited\(use)", .faint)
    }
    var blocks = [
      Block.heading("Pools", note: "full: all threads of a replica in use, \(focus); the rest over the run"),
      PoolRow.legend,
    ]
    if !groups.isEmpty { blocks.append(.table(Table([.left("variant")] + PoolRow.columns, groups: groups))) }
    if !idle.isEmpty { blocks.append(.list(idle)) }
    return blocks
  }

  /// A service in each variant that has it.
  private func services(named name: String) -> [(String, ServiceSummary)] {
    summaries.compactMap { summary in
      summary.services.first { $0.name == name }.map { (summary.name, $0) }
    }
  }
}

/// One service's pool as a row.
struct PoolRow {
  static let columns: [Table.Column] = [
    .right("utilisation"), .right("full for"), .right("queue, mean"), .right("longest"), .right("wait, mean"),
    .right("up"),
  ]
  /// What each column is taken over.
  static let legend = Block.list([
    Phrase(
      "queue, mean: all replicas together; longest: any one replica; full for and up: mean of replicas; up: not crashed",
      .faint)
  ])
  let cells: [Phrase]

  init(_ service: ServiceSummary, window: Int) {
    let full = service.fullSeconds.indices.contains(window) ? service.fullSeconds[window].value : 0
    let isAlwaysUp = service.up.value >= 1
    func text(_ value: Double?, _ kind: NumberText.Kind) -> String { value.map { NumberText.text($0, kind) } ?? "-" }
    cells = [
      Phrase(text(service.utilisation?.value, .fraction)), Phrase(text(full, .time), full > 0 ? .bad : .plain),
      Phrase(text(service.queueMean.value, .count)), Phrase(text(Double(service.queueMax), .count)),
      Phrase(text(service.wait.mean?.value, .time)),
      Phrase(text(service.up.value, .fraction), isAlwaysUp ? .plain : .doubtful),
    ]
  }
}

extension ServiceSummary {
  /// Whether all threads of a replica were in use at some time of a window.
  fileprivate func isFull(_ window: Int) -> Bool {
    fullSeconds.indices.contains(window) && fullSeconds[window].value > 0
  }
}
