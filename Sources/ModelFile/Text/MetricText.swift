import Model

extension ValueKind where Value == Metric {
  /// `availability(viewers) during faults`.
  static var metric: ValueKind {
    .scalar(.metric) { phrase, decoding in
      guard let metric = decoding.metric(phrase)?.metric(or: .run, .everyone),
        decoding.checkWindow(of: metric, at: phrase.location)
      else { return nil }
      return metric
    }
  }
}

/// A metric as far as its text says it.
struct MetricText {
  let quantity: Metric.Quantity
  /// Whose: see `Metric`.
  let workload: String
  let period: Window.Period?
  let among: Window.Population?

  /// The metric, with what is to be assumed where the text is silent.
  func metric(or period: Window.Period, _ among: Window.Population) -> Metric {
    Metric(quantity, of: workload, in: Window(self.period ?? period, among: self.among ?? among))
  }
}

extension ValueKind where Value == CampaignPlan.Precision {
  static var precision: ValueKind {
    .scalar(.precision) { phrase, decoding in decoding.precision(phrase) }
  }
}

extension ValueKind where Value == Window.Period {
  static var window: ValueKind {
    .scalar(.window) { phrase, decoding in decoding.period(phrase) }
  }
}

extension ValueKind where Value == Phrase {
  /// The value of a metric, whose unit depends on the metric.
  static var bound: ValueKind {
    .scalar(.bound) { phrase, _ in phrase }
  }
}

extension Decoding {
  /// A quantity of a workload, an endpoint, a service, of sessions or of a CDN, optionally `during` a window, or `after` a
  /// fault, and `among` some.
  ///
  /// Where a quantity of sessions names nobody, all sessions are meant.
  func metric(_ phrase: Phrase) -> MetricText? {
    let characters = Array(phrase.text)
    let words = phrase.words
    if !characters.contains("("), let first = words.first, let quantity = Metric.Quantity(rawValue: first.text),
      quantity.subject == .sessions
    {
      guard checkSubject(Phrase.allSessions(at: first), of: quantity) else { return nil }
      return metric(quantity, of: Metric.allSessions, words.dropFirst())
    }
    if !characters.contains("("), let first = words.first, let quantity = Metric.Quantity(rawValue: first.text) {
      report(
        .badMetric, at: first.location, "`\(quantity.rawValue)` does not say whose it is",
        suggestion: "expected its name in parentheses, such as `\(quantity.rawValue)(\(exampleSubject(of: quantity)))`")
      return nil
    }
    guard let open = characters.firstIndex(of: "("), let close = characters.firstIndex(of: ")"), open < close else {
      report(
        .badMetric, at: phrase.location, "`\(phrase.text)` is not a metric",
        suggestion: "expected one such as `availability(viewers)`")
      return nil
    }
    let name = phrase.part(from: 0, count: open).trimmed
    let subject = phrase.part(from: open + 1, count: close - open - 1).trimmed
    let quantity = Metric.Quantity(rawValue: name.text)
    if quantity == nil {
      report(
        .badMetric, at: name.location, "`\(name.text)` is not a metric",
        suggestion: Self.suggestion(forMetric: name.text))
    }
    let isKnown = checkSubject(subject, of: quantity)
    let rest = phrase.part(from: close + 1, count: characters.count - close - 1).words
    let metric = metric(quantity, of: subject.text, rest[...])
    return isKnown ? metric : nil
  }

  /// The nearest metric, also by the first of the words that its name is made of.
  private static func suggestion(forMetric text: String) -> String? {
    let names = Metric.Quantity.allCases.map(\.rawValue)
    let near =
      nearestName(to: text, among: names)
      ?? nearestName(to: text, among: names.map { String($0.prefix { $0 != "-" }) })
      .flatMap { word in names.first { $0.hasPrefix(word) } }
    return near.map { "did you mean `\($0)`?" }
  }

  /// - Parameters:
  ///   - quantity: nil where it was reported.
  ///   - rest: what follows the subject.
  private func metric(
    _ quantity: Metric.Quantity?, of subject: String, _ rest: ArraySlice<Phrase>
  ) -> MetricText? {
    var period: Window.Period?
    var among: Window.Population?
    var words = rest
    while let word = words.popFirst() {
      if word.text == "during" && period != nil || word.text == "among" && among != nil {
        report(.badMetric, at: word.location, "`\(word.text)` is given twice")
        return nil
      }
      if word.text == "after" && period != nil {
        report(.badMetric, at: word.location, "the window is given twice")
        return nil
      }
      switch word.text {
      case "during":
        guard let value = words.popFirst() else { return incomplete(word) }
        guard let parsed = self.period(value) else { return nil }
        period = parsed
      case "after":
        guard let value = words.popFirst() else { return incomplete(word) }
        guard let fault = faultName(value) else { return nil }
        period = .afterFault(fault)
      case "among":
        guard let value = words.popFirst() else { return incomplete(word) }
        guard let parsed = population(value),
          checkPopulation(parsed, of: quantity, named: subject, at: value.location)
        else {
          return nil
        }
        among = parsed
      default:
        report(
          .badMetric, at: word.location, "`\(word.text)` has no meaning here",
          suggestion: "expected `during`, `after` or `among`")
        return nil
      }
    }
    return quantity.map { MetricText(quantity: $0, workload: subject, period: period, among: among) }
  }

  /// Whether those whom a fault's scope picks can be looked at alone: it picks requests, and not what sessions and CDNs
  /// do later.
  func checkPopulation(
    _ among: Window.Population, of quantity: Metric.Quantity?, named subject: String,
    at location: @autoclosure () -> SourceLocation
  ) -> Bool {
    guard among == .scoped, let quantity else { return true }
    switch quantity.subject {
    case .workload, .twin, .several: return true
    case .requests, .latencies: if !subject.contains(".") { return true }
    case .service, .sessions, .cdn: break
    }
    report(
      .badMetric, at: location(), "`\(quantity.rawValue)` is not told of those whom a fault's scope picks",
      suggestion: "leave out `among scoped`")
    return false
  }

  private func incomplete(_ word: Phrase) -> MetricText? {
    report(.badMetric, at: word.location, "`\(word.text)` what?")
    return nil
  }

  /// Whether a metric is told in its window: the attempts at an endpoint are counted in the whole run alone.
  func checkWindow(of metric: Metric, at location: @autoclosure () -> SourceLocation) -> Bool {
    guard [.requests, .latencies].contains(metric.quantity.subject), metric.workload.contains("."),
      metric.window.period != .run
    else {
      return true
    }
    report(
      .badMetric, at: location(), "what an endpoint's attempts come to is told of the whole run alone",
      suggestion: "leave out the window, or ask a workload")
    return false
  }

  /// Whether something is broken, for what can't be told of a scenario that breaks nothing.
  func checkBroken(_ metric: Metric, isCompared: Bool, at location: @autoclosure () -> SourceLocation) -> Bool {
    let isOfFaults =
      metric.window.period == .duringFaults || metric.window.period == .afterFaults || metric.quantity == .recovery
    let isOfTwin = isCompared || [.twin, .several].contains(metric.quantity.subject)
    if isOfFaults, faults == [] {
      report(
        .badMetric, at: location(),
        "the scenario injects no fault at a stated time, so no replication can tell how it is then, or afterwards",
        suggestion: "give it `faults`")
      return false
    }
    if isOfTwin, isUnbroken {
      report(
        .badMetric, at: location(), "the scenario breaks nothing, so no replication can tell what that changes",
        suggestion: "give it `faults` or `failures`")
      return false
    }
    return true
  }

  /// `run`, `faults`, `after-faults`, the name of a fault or a span of time.
  func period(_ phrase: Phrase) -> Window.Period? {
    switch phrase.text {
    case "run": return .run
    case "faults": return .duringFaults
    case "after-faults": return .afterFaults
    default: if faults?.contains(phrase.text) == true { return .duringFault(phrase.text) }
    }
    let ends = phrase.text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2 else {
      report(
        .badMetric, at: phrase.location, "`\(phrase.text)` is not a window",
        suggestion: nearestName(to: phrase.text, among: Window.words + (faults ?? []))
          .map { "did you mean `\($0)`?" } ?? "expected \(ScalarShape.window.expectation)")
      return nil
    }
    let from = duration(phrase.part(from: 0, count: ends[0].count), usual: "min")
    let to = duration(phrase.part(from: ends[0].count + 2, count: ends[1].count), usual: "min")
    guard let from, let to else { return nil }
    guard from < to else {
      report(.outOfRange, at: phrase.location, "this window ends before it begins")
      return nil
    }
    if let horizon, from >= horizon {
      report(.outOfRange, at: phrase.location, "this window begins at or after the horizon of \(horizon.text)")
      return nil
    }
    return .between(from, to)
  }

  private func population(_ phrase: Phrase) -> Window.Population? {
    if let population = Window.Population(rawValue: phrase.text) { return population }
    report(
      .badMetric, at: phrase.location, "`\(phrase.text)` is neither `everyone` nor `scoped`")
    return nil
  }

  func precision(_ phrase: Phrase) -> CampaignPlan.Precision? {
    for sign in ["+-", "±"] {
      guard let range = phrase.text.firstRange(of: sign) else { continue }
      let before = phrase.text.distance(from: phrase.text.startIndex, to: range.lowerBound)
      let after = before + sign.count
      let metric = metric(phrase.part(from: 0, count: before).trimmed)
      let widthPhrase = phrase.part(from: after, count: phrase.text.count - after).trimmed
      guard let metric, checkWindow(of: metric.metric(or: .run, .everyone), at: phrase.location),
        let width = bound(widthPhrase, of: metric.metric(or: .run, .everyone))
      else { return nil }
      guard width > 0 else {
        report(.outOfRange, at: widthPhrase.location, "a precision has to be above zero")
        return nil
      }
      return CampaignPlan.Precision(metric: metric.metric(or: .run, .everyone), halfWidth: width)
    }
    report(
      .badMetric, at: phrase.location, "`\(phrase.text)` states no precision",
      suggestion: "expected one such as `availability(viewers) +- 0.05%`")
    return nil
  }
}
