import Model

extension Retry {
  static let section = Section<Retry>(
    "retry",
    "Retries of a failed attempt, by resilience4j's defaults; each attempt chooses a replica, perhaps the same one."
  ) { keys in
    let attempts = keys.optional(
      "attempts", .count(1...1000), standard: "3", "how many attempts are made at most, the first one included")
    let backoff = keys.optional(
      "backoff", .backoff, standard: "500ms",
      "the pause before each retry, before jitter: a duration, or `exponential(base=50ms factor=2 max=1s)`")
    let jitter: Key<Retry.Jitter> = keys.optional(
      "jitter", .word(what: "jitter"), standard: "none",
      "how the pause b is spread: `none` b, `full` U(0, b), `equal` b/2 + U(0, b/2), `decorrelated` U(base, 3 x last)"
    )
    let retryOn: Key<[FailureReason]> = keys.optional(
      "retry-on", .list(.word(among: FailureReason.ofAttempts, what: "retry-on")),
      standard: "[timeout, rejected, error, unreachable]",
      "the reasons after which a further attempt is made; also `bulkhead-full` and `breaker-open` may be named")
    return { fields in
      Retry(
        attempts: fields[attempts], backoff: fields[backoff], jitter: fields[jitter], retryOn: Set(fields[retryOn]))
    }
  }
}

extension ValueKind where Value == Retry.Backoff {
  static var backoff: ValueKind {
    .scalar(.backoff) { phrase, decoding in decoding.backoff(phrase) }
  }
}

extension Decoding {
  /// A pause, or `exponential(base=50ms factor=2 max=1s)`.
  func backoff(_ phrase: Phrase) -> Retry.Backoff? {
    guard CallExpression.looksLike(phrase) else { return duration(phrase).map { .constant($0) } }
    guard phrase.text.hasPrefix("exponential(") else {
      report(
        .badExpression, at: phrase.location, "`\(phrase.text)` is not a pause",
        suggestion: "expected one such as `exponential(base=50ms factor=2 max=1s)`")
      return nil
    }
    guard let call = CallExpression(phrase, self),
      let (_, values) = call.parameters([["base", "factor", "max"]], self),
      let basePhrase = values["base"], let factorPhrase = values["factor"], let maxPhrase = values["max"]
    else { return nil }
    let base = duration(basePhrase)
    let factor = number(factorPhrase)
    let max = duration(maxPhrase)
    guard let base, let factor, let max else { return nil }
    guard factor >= 1 else {
      report(.badParameter, at: factorPhrase.location, "`factor` must be at least 1")
      return nil
    }
    guard max >= base else {
      report(.badParameter, at: maxPhrase.location, "`max` must be at least `base`")
      return nil
    }
    return .exponential(base: base, factor: factor, max: max)
  }
}
