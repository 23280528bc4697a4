import Campaign
import Model
import Statistics

extension RampReport {
  public var json: JSONValue {
    [
      "schema": 1, "tool": .string(toolVersion), "scenario": .string(scenario),
      "model": JSONValue(steps.first?.trial.result.outline.variants[0].model), "seed": .unsigned(seed),
      "maximum": .integer(maximum), "status": .string(isInterrupted ? "interrupted" : "complete"),
      "scopes": .array(ramp.steps.map { .string($0.scope.text) }), "assumed": .bool(ramp.isAssumed),
      "faults": .array(ramp.faults.map { .string($0) }), "verdict": .string(verdict.rawValue),
      "refutedAt": JSONValue(refutation?.scope.text), "notRun": .array(notRun.map { .string($0.text) }),
      "steps": .array(steps.map { json($0) }),
    ]
  }

  private func json(_ step: Step) -> JSONValue {
    let format = EstimateFormat.withIntervals
    return [
      "scope": .string(step.scope.text), "replications": .integer(step.trial.replications),
      "fingerprint": .string(Fingerprint.text(step.trial.result.fingerprint)),
      "availability": .map(subjects) { subject in
        (
          subject,
          .map(Window.Population.allCases) {
            ($0.rawValue, format.json(step.trial.sequence(of: Self.availability(of: subject, among: $0))))
          }
        )
      },
      "hypotheses": .map(step.trial.expectations) { ($0.expectation.name, format.json($0)) },
      "warnings": .array(step.trial.summary.warnings.map { JSONValue($0) }),
    ]
  }

  /// For each scope one row a subject and population, with its availability while faults are active, then one row a
  /// hypothesis, with its verdict.
  public var rows: Rows {
    var rows = Rows(columns: [
      "scenario", "scope", "kind", "name", "among", "value", "low", "high", "confidence", "replications", "verdict",
    ])
    for step in steps {
      let confidence = Rows.number(step.trial.result.outline.confidence)
      func append(_ kind: String, _ name: String, _ among: String, _ estimate: Estimate?, _ verdict: String) {
        rows.append([
          scenario, step.scope.text, kind, name, among, Rows.number(estimate?.value), Rows.number(estimate?.low),
          Rows.number(estimate?.high), confidence, String(estimate?.replications ?? 0), verdict,
        ])
      }
      for subject in subjects {
        for population in Window.Population.allCases {
          let estimate = step.trial.sequence(of: Self.availability(of: subject, among: population))
          append("availability", subject, population.rawValue, estimate, "")
        }
      }
      for result in step.trial.expectations {
        append(
          "hypothesis", result.expectation.name, result.expectation.metric.window.among.rawValue, result.judged,
          result.verdict.rawValue)
      }
    }
    return rows
  }
}
