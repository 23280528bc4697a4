import Campaign
import Model

extension ExplainReport {
  /// Why the hurt are worse off.
  var causesSection: [Block] {
    guard !comparison.causes.isEmpty else { return [] }
    let hurt = comparison.total.hurt
    let rows = comparison.causes.map { cause -> [Phrase] in
      [
        Phrase(cause.cause.text), Phrase(cause.cause.component ?? "-"), Phrase(count(cause.count)),
        Phrase(NumberText.text(Double(cause.count) / Double(hurt), .fraction)),
      ]
    }
    return [
      .heading("Why", note: "what became of those who were hurt, and where that arose"),
      .table(Table([.left("what"), .left("at"), .right("hurt"), .right("share of them")], rows)),
    ]
  }

  var causesMembers: [JSONValue.Member] {
    [
      .init(
        "causes",
        .array(
          comparison.causes.map {
            [
              "cause": .string($0.cause.text), "component": JSONValue($0.cause.component), "count": .integer($0.count),
            ]
          }))
    ]
  }

  /// What the servers saw.
  var endpointsSection: [Block] {
    let differing = comparison.endpoints.filter(\.differs)
    let note = "attempts as the server saw them, with the faults and without"
    guard !differing.isEmpty else {
      return [.heading("Endpoints", note: note), .list([Phrase("all \(comparison.endpoints.count) the same", .good)])]
    }
    let rows = differing.map { endpoint -> [Phrase] in
      [
        Phrase(endpoint.name), Phrase(endpoint.isTargeted ? "yes" : "no", endpoint.isTargeted ? .plain : .bad),
        Phrase(count(endpoint.attempts)), Phrase(count(endpoint.attemptsInTwin)), Phrase(count(endpoint.failed)),
        Phrase(count(endpoint.failedInTwin)), Phrase(count(endpoint.degraded)), Phrase(count(endpoint.degradedInTwin)),
      ]
    }
    let same = comparison.endpoints.count - differing.count
    let table = Table(
      [
        .left("endpoint"), .left("a fault acts here"), .right("attempts"), .right("without"), .right("failed"),
        .right("without"), .right("degraded"), .right("without"),
      ], rows)
    let rest: [Block] = same == 0 ? [] : [.paragraph(Phrase("At \(same) other endpoints all is the same.", .faint))]
    return [.heading("Endpoints", note: note), .table(table)] + rest
  }

  var endpointsMembers: [JSONValue.Member] {
    [
      .init(
        "endpoints",
        .array(
          comparison.endpoints.map {
            [
              "name": .string($0.name), "isTargeted": .bool($0.isTargeted), "differs": .bool($0.differs),
              "attempts": .integer($0.attempts), "attemptsInTwin": .integer($0.attemptsInTwin),
              "failed": .integer($0.failed), "failedInTwin": .integer($0.failedInTwin),
              "degraded": .integer($0.degraded), "degradedInTwin": .integer($0.degradedInTwin),
            ]
          })),
      .init(
        "collateralServices", .array(Set(comparison.collateralEndpoints.map(\.service)).sorted().map { .string($0) })),
    ]
  }

  /// When it began and when it was worst.
  var minutesSection: [Block] {
    guard let first = comparison.firstMinute, let worst = comparison.worstMinute else { return [] }
    func line(_ words: String, _ minute: TwinComparison.Minute) -> Phrase {
      let time = ClockText(minute.start, start: subject.time.start).text
      return Phrase("\(words) minute, from \(time): \(part(minute.hurt, of: minute.compared)) hurt")
    }
    return [
      .heading("When", note: "by the minute in which the request arrived"),
      .list(
        first == worst
          ? [line("the first and the worst", first)] : [line("the first", first), line("the worst", worst)]
      ),
    ]
  }

  var minutesMembers: [JSONValue.Member] {
    [
      .init(
        "minutes",
        .array(
          comparison.minutes.map {
            [
              "start": .number($0.start.seconds), "compared": .integer($0.compared), "hurt": .integer($0.hurt),
              "helped": .integer($0.helped),
            ]
          }))
    ]
  }
}
