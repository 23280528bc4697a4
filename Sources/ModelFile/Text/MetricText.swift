import Model

extension ValueKind where Value == Metric {
  /// `availability(viewers) during faults`.
  static var metric: ValueKind {
    .scalar(.metric) { phrase, decoding in decoding.metric(phrase)?.metric(or: .run, .everyone) }
  }
}

/// A metric as far as its text says it.
struct MetricText {
  let quantity: Metric.Quantity
  let workload: String
  let period: Window.Period?
  let among: Window.Population?

  /// The metric, with what is to be assumed where the text is silent.
  func metric(or period: Window.Period, _ among: Window.Population) -> Metric {
    Metric(quantity, of: workload, in: Window(self.period ?? period, among: self.among ?? among))
  }
}

/// A hypothesis as far as its text says it: `availability(viewers) >= 99.9%`.
struct HypothesisText {
  let metric: MetricText
  let comparison: Expectation.Comparison
  let bound: Double
}

extension ValueKind where Value == HypothesisText {
  static var hypothesis: ValueKind {
    .scalar(.hypothesis) { phrase, decoding in decoding.hypothesis(phrase) }
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
  /// A quantity of a workload, optionally `during` a window and `among` some.
  func metric(_ phrase: Phrase) -> MetricText? {
    let characters = Array(phrase.text)
    guard let open = characters.firstIndex(of: "("), let close = characters.firstIndex(of: ")"), open < close else {
      report(
        .badMetric, at: phrase.location, "`\(phrase.text)` is not a metric",
        suggestion: "expected one such as `availability(viewers)`")
      return nil
    }
    let name = phrase.part(from: 0, count: open).trimmed
    let workload = phrase.part(from: open + 1, count: close - open - 1).trimmed
    let quantity = Metric.Quantity(rawValue: name.text)
    if quantity == nil {
      report(
        .badMetric, at: name.location, "`\(name.text)` is not a metric",
        suggestion: suggestion(for: name.text, among: Metric.Quantity.allCases.map(\.rawValue)))
    }
    let isKnown = checkWorkload(workload)
    var period: Window.Period?
    var among: Window.Population?
    var words = phrase.part(from: close + 1, count: characters.count - close - 1).words[...]
    while let word = words.popFirst() {
      switch word.text {
      case "during":
        guard let value = words.popFirst() else { return incomplete(word) }
        guard let parsed = self.period(value) else { return nil }
        period = parsed
      case "among":
        guard let value = words.popFirst() else { return incomplete(word) }
        guard let parsed = population(value) else { return nil }
        among = parsed
      default:
        report(
          .badMetric, at: word.location, "`\(word.text)` has no meaning here",
          suggestion: "expected `during` or `among`")
        return nil
      }
    }
    guard let quantity, isKnown else { return nil }
    return MetricText(quantity: quantity, workload: workload.text, period: period, among: among)
  }

  private func incomplete(_ word: Phrase) -> MetricText? {
    report(.badMetric, at: word.location, "`\(word.text)` what?")
    return nil
  }

  /// `run`, `faults`, `after-faults` or a span of time.
  func period(_ phrase: Phrase) -> Window.Period? {
    switch phrase.text {
    case "run": return .run
    case "faults": return .duringFaults
    case "after-faults": return .afterFaults
    default: break
    }
    let ends = phrase.text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2 else {
      report(
        .badMetric, at: phrase.location, "`\(phrase.text)` is not a window",
        suggestion: nearestName(to: phrase.text, among: ["run", "faults", "after-faults"])
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

  /// The value of a metric: a fraction, or a time in seconds.
  func bound(_ phrase: Phrase, of quantity: Metric.Quantity) -> Double? {
    quantity.isFraction ? fraction(phrase) : seconds(phrase, usual: "s")
  }

  func hypothesis(_ phrase: Phrase) -> HypothesisText? {
    let comparisons: [Expectation.Comparison] = [.atLeast, .atMost, .above, .below]
    for comparison in comparisons {
      guard let range = phrase.text.firstRange(of: comparison.rawValue) else { continue }
      let before = phrase.text.distance(from: phrase.text.startIndex, to: range.lowerBound)
      let after = before + comparison.rawValue.count
      let metric = metric(phrase.part(from: 0, count: before).trimmed)
      let boundPhrase = phrase.part(from: after, count: phrase.text.count - after).trimmed
      guard let metric, let bound = bound(boundPhrase, of: metric.quantity) else { return nil }
      return HypothesisText(metric: metric, comparison: comparison, bound: bound)
    }
    report(
      .badMetric, at: phrase.location, "`\(phrase.text)` compares nothing",
      suggestion: "expected one such as `availability(viewers) >= 99.9%`")
    return nil
  }

  func precision(_ phrase: Phrase) -> CampaignPlan.Precision? {
    for sign in ["+-", "±"] {
      guard let range = phrase.text.firstRange(of: sign) else { continue }
      let before = phrase.text.distance(from: phrase.text.startIndex, to: range.lowerBound)
      let after = before + sign.count
      let metric = metric(phrase.part(from: 0, count: before).trimmed)
      let widthPhrase = phrase.part(from: after, count: phrase.text.count - after).trimmed
      guard let metric, let width = bound(widthPhrase, of: metric.quantity) else { return nil }
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
