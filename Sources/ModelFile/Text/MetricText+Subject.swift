import Model

extension Phrase {
  /// All sessions, where a metric names nobody.
  static func allSessions(at phrase: Phrase) -> Phrase {
    Phrase(text: Metric.allSessions, location: phrase.location, isVerbatim: false)
  }
}

extension Decoding {
  /// Something in the model that a quantity is told of.
  func exampleSubject(of quantity: Metric.Quantity) -> String {
    let known: [String] =
      switch quantity.subject {
      case .workload, .requests, .latencies, .twin, .several: Array(names.workloads.keys)
      case .service: Array(names.services.keys)
      case .sessions: [Metric.allSessions]
      case .cdn: names.cdns
      }
    return known.min() ?? Metric.allSessions
  }

  /// Whether a quantity can be told of what bears this name, and nothing else bears it that it can be told of.
  ///
  /// - Parameter quantity: nil where it was reported; then anything that has metrics will do.
  func checkSubject(_ name: Phrase, of quantity: Metric.Quantity?) -> Bool {
    guard let quantity else {
      let isOther = isSession(name.text) || names.cdns.contains(name.text) || names.services[name.text] != nil
      return isOther || (name.text.contains(".") ? endpointPath(name) != nil : checkWorkload(name))
    }
    switch quantity.subject {
    case .workload:
      guard names.workloads[name.text] == nil, isSession(name.text) else { return checkWorkload(name) }
      report(.badMetric, at: name.location, "`\(quantity.rawValue)` is told of workloads, and not of sessions")
      return false
    case .several: return name.split(on: ",").map(\.trimmed).allSatisfy { checkSpared($0) }
    case .service: return checkService(name)
    case .requests, .twin:
      if quantity.subject == .requests, name.text.contains(".") { return endpointPath(name) != nil }
      let bearers = requestBearers(of: name.text)
      if bearers.isEmpty, names.cdns.contains(name.text) || names.hasSessions && names.regions[name.text] != nil {
        let what = names.cdns.contains(name.text) ? "a CDN" : "a region"
        report(
          .badMetric, at: name.location,
          "`\(name.text)` is \(what), and `\(quantity.rawValue)` is told of workloads, `sessions` and cohorts",
          suggestion: names.hasSessions ? "expected \(alternatives(sessionNames))" : nil)
        return false
      }
      if bearers.isEmpty, let service = names.services[name.text] {
        report(
          .badMetric, at: name.location,
          "`\(name.text)` is a service, and `\(quantity.rawValue)` is told of workloads and endpoints",
          suggestion: service.endpoints.isEmpty
            ? nil : "expected \(alternatives(service.endpoints.sorted().map { "\(name.text).\($0)" }))")
        return false
      }
      return checkKnown(name, bearers, among: Array(names.workloads.keys) + sessionNames)
    case .latencies:
      if name.text.contains(".") { return endpointPath(name) != nil }
      let others = names.hasSessions ? Array(names.regions.keys) + names.cdns : []
      return checkKnown(
        name, requestBearers(of: name.text) + placeBearers(of: name.text),
        among: Array(names.workloads.keys) + sessionNames + others)
    case .sessions: return checkStreaming(quantity, at: name.location) && checkSessions(name)
    case .cdn: return checkStreaming(quantity, at: name.location) && checkCDN(name, of: quantity)
    }
  }

  private func checkStreaming(_ quantity: Metric.Quantity, at location: SourceLocation) -> Bool {
    if names.hasSessions { return true }
    report(.badMetric, at: location, "`\(quantity.rawValue)` needs sessions, and the model has none")
    return false
  }

  private func checkSessions(_ name: Phrase) -> Bool {
    let bearers = sessionBearers(of: name.text) + placeBearers(of: name.text)
    if bearers.isEmpty {
      report(
        .badMetric, at: name.location, "`\(name.text)` is neither `sessions` nor a cohort, a region or a CDN",
        suggestion: suggestion(for: name.text, among: sessionNames + names.regions.keys + names.cdns))
      return false
    }
    return checkUnique(name, bearers)
  }

  /// Whether there is such a CDN, and what it delivers has a price where money is asked for.
  private func checkCDN(_ name: Phrase, of quantity: Metric.Quantity) -> Bool {
    guard names.cdns.contains(name.text) else {
      report(
        .unknownCDN, at: name.location, "unknown CDN `\(name.text)`",
        suggestion: suggestion(for: name.text, among: names.cdns))
      return false
    }
    if quantity.unit != .money || names.currencies[name.text] != nil { return true }
    report(
      .badMetric, at: name.location, "`\(quantity.rawValue)` needs a price, and the CDN `\(name.text)` has none",
      suggestion: "give it one, such as `price: 0.02 USD/GB`")
    return false
  }

  /// Whether exactly one thing bears a name that requests, or latencies, are told of.
  private func checkKnown(_ name: Phrase, _ bearers: [String], among known: [String]) -> Bool {
    if !bearers.isEmpty { return checkUnique(name, bearers) }
    report(
      .unknownWorkload, at: name.location, "unknown workload `\(name.text)`",
      suggestion: suggestion(for: name.text, among: known))
    return false
  }

  func checkUnique(_ name: Phrase, _ bearers: [String]) -> Bool {
    if bearers.count == 1 { return true }
    report(
      .badMetric, at: name.location, "`\(name.text)` may be \(alternatives(bearers))",
      suggestion: "give one another name")
    return false
  }

  func sessionBearers(of name: String) -> [String] {
    guard names.hasSessions else { return [] }
    return (name == Metric.allSessions ? ["all sessions"] : []) + (names.cohorts.contains(name) ? ["a cohort"] : [])
  }

  private func requestBearers(of name: String) -> [String] {
    sessionBearers(of: name) + (names.workloads[name] == nil ? [] : ["a workload"])
  }

  /// By where sessions are, and by what serves them.
  private func placeBearers(of name: String) -> [String] {
    guard names.hasSessions else { return [] }
    return (names.regions[name] == nil ? [] : ["a region"]) + (names.cdns.contains(name) ? ["a CDN"] : [])
  }

  private func isSession(_ name: String) -> Bool { !sessionBearers(of: name).isEmpty }

  /// `sessions` and the cohorts, where there are any.
  var sessionNames: [String] { names.hasSessions ? [Metric.allSessions] + names.cohorts : [] }
}
