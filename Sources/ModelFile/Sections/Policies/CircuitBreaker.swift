import Model

extension CircuitBreaker {
  static let section = Section<CircuitBreaker>(
    "breaker",
    "A circuit breaker by resilience4j's rules, one per caller replica and dependency; it records the result of every "
      + "attempt, also timeouts and what a bulkhead refuses."
  ) { keys in
    let failureRate = keys.optional(
      "failure-rate", .positiveProbability, standard: "50%",
      "it opens when this part of the calls in the window failed, or more")
    let slowCallRate = keys.optional(
      "slow-call-rate", .positiveProbability, standard: "100%",
      "it opens when this part of the calls in the window was slow, or more")
    let slowCall = keys.optional(
      "slow-call", .positiveDuration(usual: "s"), standard: "60s", "a call is slow when it took longer than this")
    let window = keys.optional(
      "window", .breakerWindow, standard: "100 calls",
      "the last calls, `100 calls`, or the last whole seconds, `10s`, at most `1h`, over which the rates are computed")
    let minimumKey = keys.optional(
      "minimum", .calls, standard: "100 calls",
      "no rate is computed from fewer calls; a smaller window in calls is used in its place")
    let open = keys.optional(
      "open", .positiveDuration(usual: "s"), standard: "60s",
      "how long it stays open and refuses calls with `breaker-open`; the first call after that finds it half-open")
    let halfOpen = keys.optional(
      "half-open", .calls, standard: "10 calls",
      "how many calls are permitted while half-open; their rates decide whether it closes or opens again")
    return { fields in
      var minimum = fields[minimumKey]
      if case .calls(let size) = fields[window], minimum > size {
        if fields.isGiven(minimumKey) {
          fields.decoding.report(
            .minimumAboveWindow, severity: .warning, at: fields.location(minimumKey),
            "the minimum is above the window of \(size) calls, which is used instead")
        }
        minimum = size
        fields.decoding.explain("minimum", as: size == 1 ? "1 call" : "\(size) calls")
      }
      return CircuitBreaker(
        failureRate: fields[failureRate], slowCallRate: fields[slowCallRate], slowCall: fields[slowCall],
        window: fields[window], minimumCalls: minimum, open: fields[open], halfOpenCalls: fields[halfOpen])
    }
  }
}

extension ValueKind where Value == CircuitBreaker.Window {
  /// `100 calls`, or whole seconds.
  fileprivate static var breakerWindow: ValueKind {
    .scalar(.callsOrDuration) { phrase, decoding in
      if phrase.words.count > 1 || Int(phrase.text) != nil { return decoding.calls(phrase).map { .calls($0) } }
      guard let duration = decoding.duration(phrase, usual: "s") else { return nil }
      guard duration <= Limit.breakerWindow else {
        decoding.report(.outOfRange, at: phrase.location, "a window in time has to be at most 1h")
        return nil
      }
      if duration > .zero, duration.nanoseconds % 1_000_000_000 == 0 { return .time(duration) }
      decoding.report(.outOfRange, at: phrase.location, "a window in time has to be a number of whole seconds")
      return nil
    }
  }
}
