import Campaign
import Model
import Statistics

extension StabilityMapReport {
  var headerSection: [Block] {
    let count = design.replications
    let trigger =
      switch design.measure {
      case .duration: "how long the faults last"
      case .scope: "the part of the devices or requests that the faults reach"
      case .probability: "how likely the errors of the faults are"
      }
    var lines = [
      Phrase(
        "seed \(design.seed), \(count) \(count == 1 ? "replication" : "replications") a cell on common random numbers, "
          + "\(NumberText.stated(design.confidence)) confidence, ratchet \(toolVersion)"),
      Phrase("load: a factor on all arrivals; trigger: \(trigger)"),
      Phrase(
        "metastable: still outside the band of the same run without the trigger, with no sign of an end, at least 1 min "
          + "and three times the trigger's length after it"),
      Phrase(
        "overloaded: more than \(NumberText.stated(design.tolerance)) of the requests are not served without a trigger"),
    ]
    if !map.isComplete { lines.append(Phrase("interrupted: runs are missing", .doubtful)) }
    return [.title("Stability of \(design.model.name), scenario \(design.scenario.name)"), .list(lines)]
  }

  /// Loads from left to right, triggers from large to small.
  var gridSection: [Block] {
    let columns = [Table.Column.right("trigger")] + map.columns.map { .right(load($0.load)) }
    let rows = design.sizes.indices.reversed().map { place in
      [Phrase(size(design.sizes[place]))] + map.columns.map { symbol(of: $0, at: place) }
    }
    let alone =
      [Phrase("none")]
      + map.columns.map { column -> Phrase in
        column.unserved.map { _ in
          let healthy = column.degradedAlone == 0
          return healthy ? Phrase(".") : Phrase(Self.share(column.degradedAlone, of: design.replications, "x"), .bad)
        } ?? Phrase("?", .doubtful)
      }
    return [
      .heading("Map", note: "load from left to right, trigger from below"),
      .table(Table(columns, rows + [alone])),
      .list([
        Phrase(
          "#: stays degraded in all replications, 3#: in about 3 of 10, .: recovers in all, ~: does not tell in all; "
            + "x: degraded without a trigger", .faint)
      ]),
    ]
  }

  private func symbol(of column: StabilityMap.Column, at place: Int) -> Phrase {
    if column.stability == .overloaded { return Phrase("x", .bad) }
    guard column.cells.indices.contains(place), let share = column.cells[place].share else {
      return Phrase("?", .doubtful)
    }
    let cell = column.cells[place]
    if share.count > 0 { return Phrase(Self.share(share.count, of: share.trials, "#"), .bad) }
    return cell.count(.recovered) == share.trials ? Phrase(".", .good) : Phrase("~", .doubtful)
  }

  /// `#` for all of them, else how many of ten, at least one and at most nine.
  private static func share(_ count: Int, of trials: Int, _ symbol: String) -> String {
    if count == trials { return symbol }
    return "\(min(9, max(1, Int((10 * Double(count) / Double(trials)).rounded()))))\(symbol)"
  }

  /// For each load what it is, and the trigger from which on it stays degraded.
  var boundarySection: [Block] {
    let rows = map.columns.map { column -> [Phrase] in
      [Phrase(load(column.load)), phrase(of: column.stability)] + boundary(of: column)
    }
    let resolution = NumberText.stated(design.resolution)
    return [
      .heading(
        "Boundary",
        note:
          "the trigger that leaves half of the replications degraded, halved until two sizes are \(resolution) apart"),
      .table(
        Table(
          [
            .right("load"), .left(""), .left("critical trigger"), .left("interval"), .right("ever degraded"),
            .left("interval"),
          ], rows)),
      .heading(
        "Boundary along the load",
        note: "the load from which on half of the replications stay degraded, halved in the same way"),
      .table(Table([.right("trigger"), .left("critical load"), .left("interval")], map.rows.map(cells))),
    ] + budgetNote
  }

  private func cells(_ row: StabilityMap.Row) -> [Phrase] {
    let critical =
      switch row.boundary {
      case .between(let above, let atMost): above == 0 ? "\(load(atMost)) or less" : "\(load(above)) to \(load(atMost))"
      case nil, .some(.none):
        row.criticalLoads.isEmpty ? "not known" : "above \(load(design.loads[design.loads.count - 1]))"
      }
    let range = row.boundaryInterval(confidence: design.confidence)
    let interval = range.map { range -> String in
      func end(_ value: Double) -> String { value.isInfinite ? "beyond the map" : load(value) }
      if range.low.isInfinite { return "" }
      return range.low == range.high ? "all the same" : "\(end(range.low)) to \(end(range.high))"
    }
    return [Phrase(row.size.map(size) ?? "none"), Phrase(critical), Phrase(interval ?? "", .faint)]
  }

  /// That the boundary is not as close as was asked for.
  private var budgetNote: [Block] {
    if map.unresolved == 0 { return [] }
    return [
      .list([
        Phrase(
          "the budget of \(design.budget) runs did not suffice: of \(map.unresolved) replications' sizes and loads the "
            + "ends are farther apart", .doubtful)
      ])
    ]
  }

  private func phrase(of stability: StabilityMap.Stability?) -> Phrase {
    switch stability {
    case .stable: Phrase("stable", .good)
    case .vulnerable: Phrase("vulnerable", .bad)
    case .overloaded: Phrase("overloaded", .bad)
    case nil: Phrase("not known", .doubtful)
    }
  }

  private func boundary(of column: StabilityMap.Column) -> [Phrase] {
    guard column.stability != .overloaded, column.stability != nil, !column.criticalSizes.isEmpty else {
      return ["", "", "", ""]
    }
    let share = Proportion(column.vulnerable, of: column.criticalSizes.count)
    let interval = share.wilson(confidence: design.confidence)
    let critical: String
    switch column.boundary {
    case .between(let above, let atMost): critical = "\(above == 0 ? "0" : size(above)) to \(size(atMost))"
    case nil, .some(.none): critical = "above \(size(design.sizes[design.sizes.count - 1]))"
    }
    let range = column.boundaryInterval(confidence: design.confidence)
    return [
      Phrase(critical), Phrase(range.map(text) ?? "", .faint), Phrase("\(share.count) of \(share.trials)"),
      Phrase("\(NumberText.text(interval.low, .fraction)) to \(NumberText.text(interval.high, .fraction))", .faint),
    ]
  }

  private func text(_ range: Interval) -> String {
    if range.low.isInfinite { return "" }
    if range.low == range.high { return "all the same" }
    return "\(size(range.low)) to \(size(range.high))"
  }

  /// Where larger triggers do less harm than smaller ones, and what does not tell.
  var remarksSection: [Block] {
    let broken = map.columns.filter { $0.nonMonotone > 0 }.map { column in
      Phrase(
        "at load \(load(column.load)), in \(column.nonMonotone) of \(column.criticalSizes.count) replications a larger "
          + "trigger than one that leaves it degraded does not: the boundary there is the least such trigger of the grid",
        .doubtful)
    }
    let waiting = map.columns.flatMap { column in
      column.cells.filter { $0.count(.recovering) + $0.count(.tooShort) > 0 }.map { cell in
        Phrase(
          "at load \(load(column.load)) and trigger \(size(cell.size)) "
            + "\(cell.count(.recovering) + cell.count(.tooShort)) of \(cell.verdicts.count) had not come back by the "
            + "horizon and were on their way", .doubtful)
      }
    }
    let all = broken + waiting
    return all.isEmpty ? [] : [.heading("Remarks", note: nil), .list(all)]
  }
}
