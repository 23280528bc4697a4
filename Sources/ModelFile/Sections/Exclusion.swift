import Model

extension Expectation {
  /// `no-collateral: {excludes: [browsing, entitlement]}`: that the faults hurt nobody there.
  static let exclusion = Section<Expectation>(
    "exclusion",
    "A hypothesis that faults spare what they are not aimed at, by comparison with the same run without them."
  ) { keys in
    let excludesKey = keys.required(
      "excludes", .list(.spared, isEmptyAllowed: false),
      "the workloads, cohorts, services and endpoints that are spared, or `sessions`")
    let tolerance = keys.optional(
      "tolerance", .probability, standard: "0%",
      "the part of the requests of each that may be hurt; of a service or an endpoint, the failed attempts beyond those "
        + "without faults, as a part of all attempts")
    let duringKey = keys.ifGiven(
      "during", .window,
      "the window the requests, or the attempts, arrived in: `run`, `faults`, `after-faults` or `3min..6min`; the run where not given"
    )
    let amongKey: Key<Window.Population?> = keys.ifGiven(
      "among", .word(what: "among"),
      "`everyone`, or only those whom a fault's scope picks, `scoped`; everyone where not given")
    return { fields in
      let names = fields[excludesKey]
      let window = Window(fields[duringKey] ?? .run, among: fields[amongKey] ?? .everyone)
      let decoding = fields.decoding
      if window.among == .scoped, let attempts = names.first(where: { decoding.isOfAttempts($0) }) {
        decoding.report(
          .badMetric, at: fields.location(amongKey),
          "attempts at `\(attempts)` are counted whoever made them",
          suggestion: "leave `among` out, or exclude workloads")
        return nil
      }
      let metric = Metric(.collateral, of: names.joined(separator: ", "), in: window)
      guard decoding.checkBroken(metric, isCompared: true, at: fields.location(excludesKey)) else { return nil }
      return Expectation(
        name: fields.name, metric: metric, comparison: .atMost, bound: fields[tolerance].value)
    }
  }
}

extension ValueKind where Value == String {
  /// What faults are to spare.
  static var spared: ValueKind {
    .scalar(.spared) { phrase, decoding in decoding.checkSpared(phrase) ? phrase.text : nil }
  }
}

extension ScalarShape {
  static let spared = ScalarShape(
    name: "spared", expectation: "a workload, a cohort, `sessions`, a service or an endpoint such as `payments.charge`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.spared)$")])
}

extension Pattern {
  static let spared = "\(name)(\\.\(name))?"
}

extension Decoding {
  /// Whether it is the name of one workload, cohort, service or endpoint, or all sessions.
  func checkSpared(_ name: Phrase) -> Bool {
    if name.text.contains(".") { return endpointPath(name) != nil }
    let askers = sessionBearers(of: name.text) + (names.workloads[name.text] == nil ? [] : ["a workload"])
    let bearers = askers + (names.services[name.text] == nil ? [] : ["a service"])
    if !bearers.isEmpty { return checkUnique(name, bearers) }
    report(
      .badMetric, at: name.location, "`\(name.text)` is neither a workload nor a cohort, a service or an endpoint",
      suggestion: suggestion(for: name.text, among: Array(names.workloads.keys) + sessionNames + names.services.keys))
    return false
  }

  /// Whether it is told of by attempts, as the server sees them: a service or an endpoint.
  fileprivate func isOfAttempts(_ name: String) -> Bool {
    names.workloads[name] == nil && sessionBearers(of: name).isEmpty
  }
}
