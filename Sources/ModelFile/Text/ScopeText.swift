import Model

extension ValueKind where Value == FaultScope {
  static var scope: ValueKind {
    .scalar(.scope) { phrase, decoding in decoding.scope(phrase) }
  }

  /// An end of a ramp: 0% and 100% are parts of the devices or requests like others.
  static var scopeOrNone: ValueKind {
    .scalar(.scope) { phrase, decoding in decoding.scope(phrase, isEnd: true) }
  }
}

extension Decoding {
  /// `100%`, `everything`, `5%`, `5% of devices`, `5% of requests`, `one device` or `2 replicas`.
  ///
  /// - Parameter isEnd: whether it is an end of a ramp.
  func scope(_ phrase: Phrase, isEnd: Bool = false) -> FaultScope? {
    let words = phrase.words
    let texts = words.map(\.text)
    if texts == ["everything"] { return .everything }
    if texts == ["one", "device"] { return .oneDevice }
    if texts.count == 2, ["replica", "replicas"].contains(texts[1]) {
      if let count = Int(texts[0]), count >= 1 { return .replicas(count) }
      report(.badScope, at: words[0].location, "`\(texts[0])` is not a number of replicas from 1")
      return nil
    }
    let isShare =
      texts.count == 1 || texts.count == 3 && texts[1] == "of" && ["devices", "requests"].contains(texts[2])
    guard isShare, let first = words.first, Quantity(first) != nil else {
      report(
        .badScope, at: phrase.location, "`\(phrase.text)` is not a scope",
        suggestion: "expected one such as `100%`, `5% of devices`, `5% of requests`, `one device` or `2 replicas`")
      return nil
    }
    guard let share = fraction(first) else { return nil }
    if share == 0, !isEnd {
      report(.outOfRange, at: first.location, "a scope has to be above zero")
      return nil
    }
    if share == 1, !isEnd { return .everything }
    return texts.last == "requests" ? .requests(Probability(share)) : .devices(Probability(share))
  }
}
