import Model

/// A hypothesis as far as its text says it: `availability(viewers) >= 99.9%`.
struct HypothesisText {
  let metric: MetricText
  let comparison: Expectation.Comparison
  let bound: BoundText
  /// The share of the runs that has to keep to the bound; nil where their mean has to.
  let share: Double?
}

/// What a metric is compared with: a value, `twin - 0.1%` or `1.5 x twin`.
struct BoundText {
  /// In the unit of the metric's quantity; what is added to the twin's value where there is a factor.
  let value: Double
  let twinFactor: Double?
}

extension ValueKind where Value == HypothesisText {
  static var hypothesis: ValueKind {
    .scalar(.hypothesis) { phrase, decoding in decoding.hypothesis(phrase) }
  }
}

extension Decoding {
  /// A metric, a comparison and a bound, perhaps `in 99% of runs`.
  func hypothesis(_ phrase: Phrase) -> HypothesisText? {
    let comparisons: [Expectation.Comparison] = [.atLeast, .atMost, .above, .below]
    for comparison in comparisons {
      guard let range = phrase.text.firstRange(of: comparison.rawValue) else { continue }
      let before = phrase.text.distance(from: phrase.text.startIndex, to: range.lowerBound)
      let after = before + comparison.rawValue.count
      let metric = metric(phrase.part(from: 0, count: before).trimmed)
      let rest = phrase.part(from: after, count: phrase.text.count - after)
      let words = rest.words
      let boundWords = words.prefix { $0.text != "in" }
      guard let metric, let bound = bound(boundWords, of: metric, in: rest) else { return nil }
      if boundWords.count == words.count {
        return HypothesisText(metric: metric, comparison: comparison, bound: bound, share: nil)
      }
      guard let word = words.dropFirst(boundWords.count).first,
        let share = share(words.dropFirst(boundWords.count), from: word)
      else { return nil }
      return HypothesisText(metric: metric, comparison: comparison, bound: bound, share: share)
    }
    let isCut = phrase.text.contains("(") && !phrase.text.contains(")")
    report(
      .badMetric, at: phrase.location, "`\(phrase.text)` compares nothing",
      suggestion: isCut
        ? "within braces a comma ends a value: quote it, 'collateral(a, b) <= 1%'"
        : "expected one such as `availability(viewers) >= 99.9%`")
    return nil
  }

  /// - Parameter words: `in`, and what follows it.
  private func share(_ words: ArraySlice<Phrase>, from first: Phrase) -> Double? {
    let texts = words.map(\.text)
    guard texts.count == 4, texts[2] == "of", texts[3] == "runs", let written = words.dropFirst().first else {
      report(
        .badMetric, at: first.joined(to: words.last ?? first),
        "`\(texts.joined(separator: " "))` has no meaning here", suggestion: "expected one such as `in 99% of runs`")
      return nil
    }
    guard let share = fraction(written) else { return nil }
    if share > 0, share < 1 { return share }
    report(
      .outOfRange, at: written.location, "no number of runs shows what happens in \(written.text) of them",
      suggestion: share == 1 ? "say how many, such as `99%`" : "a share of the runs is above 0%")
    return nil
  }

  /// - Parameter rest: the phrase that the words are of.
  private func bound(_ words: ArraySlice<Phrase>, of text: MetricText, in rest: Phrase) -> BoundText? {
    let metric = text.metric(or: .run, .everyone)
    guard let place = words.firstIndex(where: { $0.text == "twin" }) else {
      let whole = words.isEmpty ? rest.trimmed : joined(words, in: rest)
      return bound(whole, of: metric).map { BoundText(value: $0, twinFactor: nil) }
    }
    if metric.quantity == .recovery {
      report(
        .badMetric, at: words[place].location,
        "`recovery` is not told of the twin, which has no faults to recover from",
        suggestion: "compare it with a time, such as `2min`")
      return nil
    }
    guard let factor = factor(before: words[..<place], twin: words[place]) else { return nil }
    let after = words[(place + 1)...]
    guard let first = after.first else { return BoundText(value: 0, twinFactor: factor) }
    guard let sign = first.text.first, sign == "+" || sign == "-" else {
      report(
        .badMetric, at: first.location, "`\(first.text)` has no meaning after `twin`",
        suggestion: "expected `+` or `-` and a value, such as `twin - 0.1%`")
      return nil
    }
    let amount = joined(after, in: rest)
    guard let value = bound(amount.part(from: 1, count: amount.text.count - 1).trimmed, of: metric) else { return nil }
    return BoundText(value: sign == "-" ? -value : value, twinFactor: factor)
  }

  /// The factor of `1.5 x twin`; 1 without one.
  private func factor(before words: ArraySlice<Phrase>, twin: Phrase) -> Double? {
    guard let first = words.first else { return 1 }
    guard words.count == 2, words.last?.text == "x" else {
      report(
        .badMetric, at: first.joined(to: words.last ?? first),
        "`\(words.map(\.text).joined(separator: " "))` has no "
          + "meaning before `twin`", suggestion: "expected a factor, such as `1.5 x twin`")
      return nil
    }
    guard let factor = number(first) else { return nil }
    if factor > 0 { return factor }
    report(.outOfRange, at: first.location, "a multiple of the twin's value has to be above zero")
    return nil
  }

  /// The part of a phrase from the first to the last of some of its words.
  private func joined(_ words: ArraySlice<Phrase>, in rest: Phrase) -> Phrase {
    guard let first = words.first, let last = words.last else { return rest.trimmed }
    if rest.isVerbatim, rest.text.allSatisfy(\.isASCII) {
      let start = first.location.column - rest.location.column
      return rest.part(from: start, count: last.location.column + last.location.length - first.location.column)
    }
    let text = words.map(\.text).joined(separator: " ")
    return Phrase(text: text, location: first.joined(to: last), isVerbatim: false)
  }
}
