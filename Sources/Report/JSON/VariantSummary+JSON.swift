import Campaign
import Model

extension VariantSummary {
  /// A variant, or a single run, as JSON; times in seconds, fractions as fractions.
  ///
  /// - Parameters:
  ///   - fingerprint: as 16 hexadecimal digits.
  ///   - outline: the one that the summary was made with.
  func json(fingerprint: String, outline: CampaignOutline) -> JSONValue {
    let format = EstimateFormat(replications: replications)
    let streamed = streaming.map { [JSONValue.Member("streaming", format.json($0, windows: outline.windows))] } ?? []
    let lasting =
      metastability.isEmpty
      ? [] : [JSONValue.Member("metastability", .map(metastability) { ($0.workload, $0.json) })]
    return JSONValue.object([
      .init("schema", 1),
      .init("model", .string(variant.model)),
      .init("scenario", JSONValue(variant.scenario)),
      .init("overrides", .array(variant.overrides.map(JSONValue.init))),
      .init("seed", .unsigned(outline.seed)),
      .init("replications", .integer(replications)),
      .init("fingerprint", .string(fingerprint)),
      .init("tablesFingerprint", .string(Fingerprint.text(variant.tablesFingerprint))),
      .init("outcomes", .map(outcomes) { ($0.metric.description, format.json($0)) }),
      .init(
        "workloads",
        .map(workloads) { workload in
          let tallies = zip(outline.windows, workload.windows).map { ($0.description, $1) }
          let whole = tallies.first.map { format.json($0.1, arrivalsKey: "requests") } ?? [:]
          let others = JSONValue.map(Array(tallies.dropFirst())) { ($0.0, format.json($0.1, arrivalsKey: "requests")) }
          return (workload.name, whole.adding([.init("windows", others)]))
        }),
      .init(
        "endpoints",
        .map(endpoints) { ($0.name, format.json($0.tally, arrivalsKey: "arrivals")) }),
      .init("services", .map(services) { ($0.name, format.json($0, windows: outline.windows)) }),
      .init("timeline", timeline.map(JSONValue.init) ?? .null),
      .init("expectations", .map(expectations) { ($0.expectation.name, format.json($0)) }),
      .init("objectives", .map(objectives) { ($0.objective.name, format.json($0)) }),
      .init(
        "warnings",
        .array(warnings.map(JSONValue.init))),
    ]).adding(lasting + streamed)
  }
}

extension EstimateFormat {
  fileprivate func json(_ service: ServiceSummary, windows: [Window]) -> JSONValue {
    let replicas = service.replicas.map { [JSONValue.Member("replicas", ["mean": json($0)])] } ?? []
    let whole: JSONValue = [
      "utilisation": json(service.utilisation),
      "wait": json(service.wait),
      "queue": ["mean": json(service.queueMean), "max": .integer(service.queueMax)],
      "inService": ["mean": json(service.inServiceMean)],
      "idle": json(service.idle),
      "up": json(service.up),
      "windows": .map(Array(zip(windows, service.windows))) { ($0.description, json($1)) },
      "poolFull": .map(Array(zip(windows, service.fullSeconds))) { ($0.description, json($1)) },
    ]
    return whole.adding(replicas)
  }

  private func json(_ window: ServiceSummary.WindowSummary) -> JSONValue {
    [
      "queueMax": json(window.queueMax), "queueMean": json(window.queueMean), "poolUse": json(window.poolUse),
      "poolFull": json(window.poolFull),
    ]
  }

  func json(_ result: ExpectationResult) -> JSONValue {
    let expectation = result.expectation
    return [
      "metric": .string(expectation.metric.description),
      "comparison": .string(expectation.comparison.rawValue), "bound": .number(expectation.bound),
      "twinFactor": JSONValue(expectation.twinFactor), "share": JSONValue(expectation.share),
      "verdict": isSingle ? .null : .string(result.verdict.rawValue),
      "doubt": isSingle ? .null : result.doubt.map { JSONValue($0) } ?? .null,
      "judged": isSingle ? .null : json(result.judged), "method": .string(result.method.rawValue),
      "limit": isSingle ? .null : JSONValue(result.limit), "unseenShare": .number(result.unseenShare),
      "keeping": result.keeping.map { ["count": .integer($0.count), "of": .integer($0.trials)] } ?? .null,
      "twin": JSONValue(result.twin), "estimate": json(result.estimate.estimate),
    ]
  }

  fileprivate func json(_ result: ObjectiveResult) -> JSONValue {
    [
      "indicator": .string(result.objective.indicator.description), "target": .number(result.objective.target),
      "status": .string(result.status.rawValue), "estimate": json(result.estimate.estimate),
    ]
  }
}

extension JSONValue {
  init(_ override: CampaignPlan.Override) {
    self = ["path": .string(override.path), "value": .string(override.value)]
  }

  init(_ warning: CampaignWarning) {
    self = ["id": .string(warning.id), "message": .string(warning.description)]
  }

  init(_ doubt: ExpectationResult.Doubt) {
    self = ["id": .string(doubt.id), "message": .string(doubt.description)]
  }

  init(_ precision: PrecisionResult) {
    self = [
      "metric": .string(precision.asked.metric.description), "halfWidth": .number(precision.asked.halfWidth),
      "reached": .bool(precision.isReached), "widestHalfWidth": JSONValue(precision.widest),
    ]
  }

  fileprivate init(_ timeline: MeanTimeline) {
    self = [
      "binWidth": .number(timeline.binWidth.seconds),
      "series": .array(
        timeline.series.map {
          [
            "kind": .string($0.kind.rawValue), "name": .string($0.name), "measure": .string($0.measure.rawValue),
            "values": .array($0.values.map { .number($0) }),
          ]
        }),
    ]
  }
}
