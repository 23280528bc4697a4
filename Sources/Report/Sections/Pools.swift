import Campaign
import Model

extension CampaignReport {
  /// How busy the services' threads were.
  var poolsSection: [Block] {
    var names: [String] = []
    for summary in summaries {
      for service in summary.services where !names.contains(service.name) { names.append(service.name) }
    }
    guard !names.isEmpty, let window = outline.index(of: focus) else { return [] }
    let groups = names.map { name in
      Table.Group(
        name,
        summaries.compactMap { summary in
          summary.services.first { $0.name == name }.map {
            [Phrase(summary.name)] + PoolRow($0, window: window).cells
          }
        })
    }
    return [
      .heading("Pools", note: "full: all threads of a replica in use, \(focus); the rest over the run"),
      .table(Table([.left("variant")] + PoolRow.columns, groups: groups)),
    ]
  }
}

/// One service's pool as a row.
struct PoolRow {
  static let columns: [Table.Column] = [
    .right("utilisation"), .right("full for"), .right("queue, mean"), .right("longest"), .right("wait, mean"),
    .right("up"),
  ]
  let cells: [Phrase]

  init(_ service: ServiceSummary, window: Int) {
    let full = service.fullSeconds.indices.contains(window) ? service.fullSeconds[window] : nil
    let isEverFull = (full?.value ?? 0) > 0
    let isAlwaysUp = service.up.value >= 1
    cells = [
      Phrase(NumberText.value(service.utilisation, .fraction)),
      Phrase(NumberText.value(full, .time), isEverFull ? .bad : .plain),
      Phrase(NumberText.value(service.queueMean, .count)), Phrase(NumberText.text(Double(service.queueMax), .count)),
      Phrase(NumberText.value(service.wait.mean, .time)),
      Phrase(NumberText.value(service.up, .fraction), isAlwaysUp ? .plain : .doubtful),
    ]
  }
}
