import Campaign
import Model

extension ExplainReport {
  /// A few of the requests themselves.
  var requestsSection: [Block] {
    list("Some who were hurt", .hurt, note: "of each reason the first ones")
      + list("Some who were helped", .helped, note: nil)
  }

  private func list(_ title: String, _ effect: TwinEffect, note: String?) -> [Block] {
    let examples = comparison.examples(effect, most: most)
    guard !examples.isEmpty else { return [] }
    let rows = examples.map { difference -> [Phrase] in
      [
        Phrase(clock(difference.arrived)), Phrase(difference.workload),
        Phrase(difference.key, .faint),
        Phrase(difference.inTwin), Phrase(difference.inRun), Phrase(difference.cause.text),
        Phrase(difference.cause.component ?? "-"), Phrase(NumberText.text(difference.latencyInTwin, .time)),
        Phrase(NumberText.text(difference.latencyInRun, .time)), Phrase(difference.isStruck ? "yes" : "no"),
      ]
    }
    let columns: [Table.Column] = [
      .right("arrived"), .left("of"), .left("key"), .left("without faults"), .left("with them"), .left("why"),
      .left("at"), .right("took without"), .right("with"), .left("struck"),
    ]
    return [.heading(title, note: note), .table(Table(columns, rows))]
  }

  private func clock(_ time: SimulationTime) -> String {
    ClockText(time, start: subject.time.start, hasMilliseconds: true).text
  }

  var requestsMembers: [JSONValue.Member] {
    [.init("differences", .array(comparison.differences.map(json)))]
  }

  private func json(_ difference: TwinDifference) -> JSONValue {
    [
      "key": .string(difference.key), "workload": .string(difference.workload),
      "isSession": .bool(difference.isSession), "arrived": .number(difference.arrived.seconds),
      "effect": .string(difference.effect.rawValue), "inScope": .bool(difference.isInScope),
      "struck": .bool(difference.isStruck), "inTwin": .string(difference.inTwin), "inRun": .string(difference.inRun),
      "cause": .string(difference.cause.text), "component": JSONValue(difference.cause.component),
      "latencyInTwin": .number(difference.latencyInTwin), "latencyInRun": .number(difference.latencyInRun),
    ]
  }

  /// One row a request that was hurt or helped, in the order in which they arrived; times in seconds.
  public var differenceRows: Rows {
    var rows = Rows(columns: [
      "key", "workload", "is_session", "arrived", "effect", "in_scope", "struck", "in_twin", "in_run", "cause",
      "component", "latency_in_twin", "latency_in_run",
    ])
    for difference in comparison.differences {
      rows.append([
        difference.key, difference.workload, String(difference.isSession), Rows.number(difference.arrived.seconds),
        difference.effect.rawValue, String(difference.isInScope), String(difference.isStruck), difference.inTwin,
        difference.inRun, difference.cause.text, difference.cause.component ?? "",
        Rows.number(difference.latencyInTwin), Rows.number(difference.latencyInRun),
      ])
    }
    return rows
  }

  /// One row a workload or cohort, part of it and measure.
  public var rows: Rows {
    var rows = Rows(columns: ["workload", "of", "measure", "value"])
    for group in comparison.groups {
      for (part, counts) in [("all", group.all), ("in scope", group.inScope), ("outside", group.outside)] {
        let measures = [
          ("both", counts.both), ("compared", counts.compared), ("hurt", counts.hurt), ("helped", counts.helped),
          ("same", counts.same), ("unfinished", counts.unfinished), ("struck", counts.struck),
          ("hurt_not_struck", counts.hurtUnstruck), ("hurt_in_play", counts.hurtInPlay), ("slower", counts.slower),
          ("faster", counts.faster),
          ("only_in_run", counts.onlyInRun), ("added_by_surge", counts.added), ("only_in_twin", counts.onlyInTwin),
        ]
        for (measure, value) in measures { rows.append([group.name, part, measure, String(value)]) }
      }
    }
    return rows
  }
}
