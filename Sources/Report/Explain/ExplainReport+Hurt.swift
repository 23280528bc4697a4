import Campaign
import Model

extension ExplainReport {
  /// By workload and cohort, and by whether a fault's scope picks them.
  var hurtSection: [Block] {
    let rows = comparison.groups.flatMap { group -> [[Phrase]] in
      let isSplit = group.inScope.both > 0 && group.outside.both > 0
      let whole = isSplit || group.inScope.both > 0 ? "all" : "outside"
      let parts = isSplit ? [("in scope", group.inScope), ("outside", group.outside)] : []
      return row(group.name, whole, group.all) + parts.flatMap { row("", $0.0, $0.1) }
    }
    let columns: [Table.Column] = [
      .left("workload or cohort"), .left("of"), .right("compared"), .right("hurt"), .right("share"),
      .right("not struck"), .right("helped"), .right("now failed"), .right("now degraded"), .right("worse play"),
      .right("slower"),
      .right("unfinished"), .right("no twin"),
    ]
    return [
      .heading(
        "Hurt",
        note: "whose outcome is worse than in the same replication without the faults; not struck: by way of others; "
          + "worse play: stalled, left in a stall, or failed, after a start as good"),
      .table(Table(columns, rows)),
    ]
  }

  private func row(_ name: String, _ of: String, _ counts: TwinCounts) -> [[Phrase]] {
    func number(_ value: Int, _ tone: Tone = .plain) -> Phrase { Phrase(count(value), value == 0 ? .plain : tone) }
    let failed = counts.count(from: .success, to: .failed) + counts.count(from: .degraded, to: .failed)
    return [
      [
        Phrase(name), Phrase(of), number(counts.compared), number(counts.hurt, .bad),
        Phrase(counts.hurtShare.map { NumberText.text($0, .fraction) } ?? "-"), number(counts.hurtUnstruck, .bad),
        number(counts.helped, .good), number(failed, .bad),
        number(counts.count(from: .success, to: .degraded), .doubtful), number(counts.hurtInPlay, .bad),
        number(counts.slower), number(counts.unfinished, .doubtful), number(counts.onlyInRun),
      ]
    ]
  }

  var hurtMembers: [JSONValue.Member] {
    let slowdown: JSONValue =
      comparison.slowdown.map {
        [
          "count": .integer($0.count), "p50": .number($0.p50), "p90": .number($0.p90), "p99": .number($0.p99),
          "max": .number($0.longest),
        ]
      } ?? .null
    return [
      .init("total", json(comparison.total)),
      .init(
        "groups",
        .array(
          comparison.groups.map { group in
            [
              "name": .string(group.name), "isSessions": .bool(group.isSessions), "all": json(group.all),
              "inScope": json(group.inScope), "outside": json(group.outside),
            ]
          })),
      .init("slowdown", slowdown),
    ]
  }

  private func json(_ counts: TwinCounts) -> JSONValue {
    let endings = TwinCounts.Ending.allCases
    return [
      "both": .integer(counts.both), "compared": .integer(counts.compared), "hurt": .integer(counts.hurt),
      "helped": .integer(counts.helped), "same": .integer(counts.same), "unfinished": .integer(counts.unfinished),
      "hurtShare": JSONValue(counts.hurtShare), "struck": .integer(counts.struck),
      "hurtNotStruck": .integer(counts.hurtUnstruck), "hurtInPlay": .integer(counts.hurtInPlay),
      "slower": .integer(counts.slower),
      "faster": .integer(counts.faster), "onlyInRun": .integer(counts.onlyInRun),
      "addedBySurge": .integer(counts.added), "onlyInTwin": .integer(counts.onlyInTwin),
      "inRun": .map(endings) { (key($0), .integer(counts.total(inRun: $0))) },
      "inTwin": .map(endings) { (key($0), .integer(counts.total(inTwin: $0))) },
      "transitions": .array(
        endings.flatMap { twin in
          endings.filter { counts.count(from: twin, to: $0) > 0 }.map { run in
            [
              "inTwin": .string(key(twin)), "inRun": .string(key(run)),
              "count": .integer(counts.count(from: twin, to: run)),
            ]
          }
        }),
    ]
  }

  private func key(_ ending: TwinCounts.Ending) -> String {
    switch ending {
    case .success: "success"
    case .degraded: "degraded"
    case .failed: "failed"
    case .inFlight: "inFlight"
    }
  }
}
