import Campaign
import Model

/// A CDN in a window as a row.
struct CDNRow {
  static let columns: [Table.Column] = [
    .right("requests"), .right("hits"), .right("shield hits"), .right("collapsed"), .right("to origin"),
    .right("offload"), .right("egress"), .right("errors"), .right("timeouts"), .right("cost"),
  ]
  /// What the columns are.
  static let legend = Block.list([
    Phrase(
      "requests: delivered, errors and timeouts, as players saw them; hits: fresh, stale and collapsed, of those that "
        + "reached a cache; offload: 1 - bytes from the origin / bytes to players", .faint)
  ])
  let cells: [Phrase]

  init(_ tally: SubjectSummary<CDNCount>, currency: String?) {
    func count(_ count: CDNCount, _ tone: Tone = .plain) -> Phrase {
      let estimate = tally.count(count)
      return Phrase(NumberText.value(estimate, .count), estimate.value > 0 ? tone : .plain)
    }
    func metric(_ quantity: Metric.Quantity) -> Phrase { Phrase(NumberText.value(tally[quantity], quantity.kind)) }
    /// What players asked for and saw the end of, whether it reached a cache or not.
    func requests(_ tally: SubjectSummary<CDNCount>) -> String {
      let ends = [CDNCount.delivered, .errors, .timeouts].map(tally.count)
      // The half-width tells how many digits to show; that of a sum is at most the sum.
      let halfWidths = ends.compactMap(\.halfWidth)
      return NumberText.text(
        ends.reduce(0) { $0 + $1.value }, .count,
        halfWidth: halfWidths.count == ends.count ? halfWidths.reduce(0, +) : nil)
    }
    let cost = tally[.cost] == nil ? "-" : metric(.cost).text + (currency.map { " \($0)" } ?? "")
    cells = [
      Phrase(requests(tally)), metric(.hitRatio), metric(.shieldHitRatio), count(.collapsed), metric(.originRate),
      metric(.offload), metric(.egress), count(.errors, .bad), count(.timeouts, .bad), Phrase(cost),
    ]
  }
}

extension CampaignReport {
  /// What the CDNs delivered in each variant.
  var cdnsSection: [Block] {
    guard let window = outline.index(of: focus) else { return [] }
    var names: [String] = []
    for cdn in summaries.flatMap({ $0.streaming?.cdns ?? [] }) where !names.contains(cdn.name) {
      names.append(cdn.name)
    }
    guard !names.isEmpty else { return [] }
    let groups = names.map { name in
      Table.Group(
        name,
        summaries.compactMap { summary -> [Phrase]? in
          guard let cdn = summary.streaming?.cdns.first(where: { $0.name == name }),
            cdn.windows.indices.contains(window)
          else { return nil }
          return [Phrase(summary.name)] + CDNRow(cdn.windows[window], currency: cdn.currency).cells
        })
    }
    return [
      .heading("CDNs \(focus)", note: "mean over replications"), CDNRow.legend,
      .table(Table([.left("variant")] + CDNRow.columns, groups: groups)),
    ]
  }
}
