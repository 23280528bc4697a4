import Campaign
import Model
import Statistics

extension CheckReport {
  /// Without times, so that it is the same with any number of jobs.
  public var json: JSONValue {
    [
      "schema": 1, "tool": .string(toolVersion), "seed": .unsigned(seed), "maximum": .integer(maximum),
      "status": .string(isInterrupted ? "interrupted" : "complete"), "verdict": .string(verdict.rawValue),
      "skipped": [
        "models": .integer(skipped.models), "campaigns": .integer(skipped.campaigns),
        "incidents": .integer(skipped.incidents), "withoutExpectations": .integer(skipped.withoutExpectations),
        "others": .integer(skipped.others),
      ],
      "notRun": .integer(notRun.count),
      "scenarios": .array(scenarios.map(\.json)),
      "findings": .array(
        findings.map {
          JSONValue($0.place).adding([
            .init("rule", .string($0.rule)), .init("severity", .string($0.severity.rawValue)),
            .init("title", .string($0.title)), .init("message", .string($0.message)),
          ])
        }),
    ]
  }

  /// One row a hypothesis, those of sabotages too.
  public var rows: Rows {
    var rows = Rows(columns: [
      "file", "line", "column", "scenario", "sabotage", "hypothesis", "metric", "comparison", "bound", "expected",
      "verdict", "value", "low", "high", "confidence", "replications",
    ])
    func append(
      _ scenario: ScenarioCheck, _ sabotage: String, _ result: ExpectationResult, _ place: Place, of trial: Trial
    ) {
      let expectation = result.expectation
      rows.append([
        place.path, place.line.map(String.init) ?? "", place.column.map(String.init) ?? "", scenario.name, sabotage,
        expectation.name, expectation.metric.description, expectation.comparison.rawValue,
        Rows.number(expectation.bound), sabotage.isEmpty ? "supported" : "refuted", result.verdict.rawValue,
        Rows.number(result.judged?.value), Rows.number(result.judged?.low), Rows.number(result.judged?.high),
        Rows.number(trial.result.outline.variants[0].expectationConfidence), String(trial.replications),
      ])
    }
    for scenario in scenarios {
      for (result, place) in scenario.hypotheses { append(scenario, "", result, place, of: scenario.trial) }
      for sabotage in scenario.sabotages {
        for result in sabotage.trial.expectations {
          append(scenario, sabotage.name, result, sabotage.place, of: sabotage.trial)
        }
      }
    }
    return rows
  }
}

extension ScenarioCheck {
  fileprivate var json: JSONValue {
    JSONValue(place).adding([
      .init("scenario", .string(name)), .init("model", .string(trial.result.outline.variants[0].model)),
      .init("replications", .integer(trial.replications)),
      .init("fingerprint", .string(Fingerprint.text(trial.result.fingerprint))),
      .init(
        "hypotheses",
        .map(hypotheses) { result, place in
          let own = JSONValue(place).adding(EstimateFormat.withIntervals.json(result).members)
          let mean = withoutFaults[result.expectation.name]
          return (result.expectation.name, mean.map { own.adding([.init("withoutFaults", .number($0))]) } ?? own)
        }),
      .init("warnings", .array(trial.summary.warnings.map { JSONValue($0) })),
      .init("sabotages", .map(sabotages) { ($0.name, $0.json) }),
      .init("skippedSabotages", .array(skippedSabotages.map { .string($0) })),
    ])
  }
}

extension SabotageCheck {
  fileprivate var json: JSONValue {
    JSONValue(place).adding([
      .init("overrides", .array(overrides.map { JSONValue($0) })), .init("turned", .bool(isTurned)),
      .init("replications", .integer(trial.replications)),
      .init("fingerprint", .string(Fingerprint.text(trial.result.fingerprint))),
      .init(
        "hypotheses",
        .map(trial.expectations) { ($0.expectation.name, EstimateFormat.withIntervals.json($0)) }),
    ])
  }
}

extension EstimateFormat {
  /// With intervals and verdicts, also of a single replication.
  static let withIntervals = EstimateFormat(replications: 0)
}

extension JSONValue {
  fileprivate init(_ place: CheckReport.Place) {
    self = [
      "file": .string(place.path), "line": place.line.map { .integer($0) } ?? .null,
      "column": place.column.map { .integer($0) } ?? .null,
    ]
  }
}
