import Model
import Sampling

extension ValueKind where Value == String {
  static var text: ValueKind {
    ValueKind(shape: .scalar(.text)) { node, decoding in
      if let phrase = node.phrase { return phrase.text }
      decoding.report(.wrongKind, at: node.location, "expected a text, found \(node.kindName)")
      return nil
    }
  }

  /// One of a few words.
  ///
  /// - Parameter synonyms: by words that others use, those that are meant.
  static func word(among words: [String], synonyms: [String: [String]] = [:], what: String) -> ValueKind {
    .scalar(.word(words, what: what)) { phrase, decoding in
      if words.contains(phrase.text) { return phrase.text }
      let meant = (synonyms[phrase.text] ?? []).filter(words.contains)
      decoding.report(
        .unknownWord, at: phrase.location, "`\(phrase.text)` is not a value of `\(what)`",
        suggestion: meant.isEmpty
          ? suggestion(for: phrase.text, among: words) ?? "expected \(alternatives(words.sorted()))"
          : "it is called \(alternatives(meant)) here")
      return nil
    }
  }

  /// A name that the file gives itself.
  static var name: ValueKind {
    .scalar(.name) { phrase, decoding in decoding.checkName(phrase) ? phrase.text : nil }
  }
}

extension ValueKind where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One of the words of a closed list.
  static func word(what: String) -> ValueKind { word(among: Array(Value.allCases), what: what) }

  /// One of some of the words of a closed list.
  static func word(among values: [Value], what: String) -> ValueKind {
    ValueKind<String>.word(among: values.map(\.rawValue), what: what).compactMap { Value(rawValue: $0) }
  }
}

extension ValueKind {
  func compactMap<Other>(_ transform: @escaping @Sendable (Value) -> Other?) -> ValueKind<Other> {
    ValueKind<Other>(shape: shape) { node, decoding in decode(node, decoding).flatMap(transform) }
  }
}

extension ValueKind where Value == Int {
  /// A whole number in a range.
  static func count(_ range: ClosedRange<Int>) -> ValueKind {
    .scalar(.count(range)) { phrase, decoding in decoding.count(phrase, in: range) }
  }

  /// Threads of a pool: a whole number from 1, or `unbounded`.
  static var threads: ValueKind {
    .scalar(.countOrUnbounded(1...Limit.threads)) { phrase, decoding in
      phrase.text == "unbounded" ? Int(Int32.max) : decoding.count(phrase, in: 1...Limit.threads)
    }
  }

  /// A number of calls: `100 calls`.
  static var calls: ValueKind {
    .scalar(.calls) { phrase, decoding in decoding.calls(phrase) }
  }
}

/// The largest numbers of the language: beyond them a typing error is more likely than a wish.
enum Limit {
  static let replicas = 100_000
  static let threads = 1_000_000
  static let queue = 100_000_000
  static let calls = 1_000_000
  static let phases = 100_000_000
  static let devices = 10_000_000_000
  static let clients = 10_000_000
  static let replications = 10_000_000
  static let occurrences = 10_000
  /// How many times as often a surge may ask.
  static let surge = 1_000_000.0
  /// The shortest mean time, in seconds, of what comes again and again by itself: more often is no failure of a system, and
  /// a thousand events a second of every part of it.
  static let shortestLife = 0.001
  static let titles = 100_000_000
  static let channels = 100_000
  static let sites = 100_000
  /// A session keeps its order of CDNs in eight bytes.
  static let cdns = 8
  /// An object's name has six bits for its rendition.
  static let renditions = 60
  /// The steps of a start, and what one of them does at once: a session counts both in a byte.
  static let startActions = 100
  /// Every breaker keeps the results of each second of its window.
  static let breakerWindow = SimulationDuration.seconds(3600)
}

extension ValueKind where Value == QueueLimit {
  static var queueLimit: ValueKind {
    .scalar(.countOrUnbounded(0...Limit.queue)) { phrase, decoding in
      phrase.text == "unbounded"
        ? .unbounded : decoding.count(phrase, in: 0...Limit.queue).map { .bounded($0) }
    }
  }
}

extension ValueKind where Value == SimulationDuration {
  /// - Parameter usual: the unit that is suggested where there is none.
  static func duration(usual: String) -> ValueKind {
    .scalar(.duration) { phrase, decoding in decoding.duration(phrase, usual: usual) }
  }

  /// A duration above zero.
  static func positiveDuration(usual: String) -> ValueKind {
    .scalar(.duration) { phrase, decoding in
      guard let duration = decoding.duration(phrase, usual: usual) else { return nil }
      if duration > .zero { return duration }
      decoding.report(.outOfRange, at: phrase.location, "this duration has to be above zero")
      return nil
    }
  }

  /// A time of day, as a length since midnight.
  static var timeOfDay: ValueKind {
    .scalar(.timeOfDay) { phrase, decoding in decoding.timeOfDay(phrase) }
  }
}

extension ValueKind where Value == Probability {
  static var probability: ValueKind {
    .scalar(.fraction) { phrase, decoding in decoding.fraction(phrase).map { Probability($0) } }
  }

  /// A fraction above zero.
  static var positiveProbability: ValueKind {
    .scalar(.fraction) { phrase, decoding in
      guard let value = decoding.fraction(phrase) else { return nil }
      if value > 0 { return Probability(value) }
      decoding.report(.outOfRange, at: phrase.location, "this fraction has to be above zero")
      return nil
    }
  }
}

extension ValueKind where Value == Double {
  /// The level of an interval.
  static var confidence: ValueKind {
    .scalar(.fraction) { phrase, decoding in
      guard let value = decoding.fraction(phrase) else { return nil }
      if value >= 0.5, value < 1 { return value }
      decoding.report(.outOfRange, at: phrase.location, "a confidence is at least 50% and below 100%")
      return nil
    }
  }

  /// A factor, written `x3` or `3`.
  static func factor(above bound: Double, orEqual: Bool) -> ValueKind {
    .scalar(.factor) { phrase, decoding in
      guard let value = decoding.factor(phrase) else { return nil }
      if value > bound || orEqual && value == bound { return value }
      let word = orEqual ? "at least" : "above"
      decoding.report(.outOfRange, at: phrase.location, "this factor has to be \(word) \(Int(bound))")
      return nil
    }
  }
}

extension Decoding {
  /// A number of calls from 1, written `100 calls`.
  func calls(_ phrase: Phrase) -> Int? {
    let words = phrase.words
    if words.count == 1, let first = words.first, Int(first.text) != nil {
      report(
        .missingUnit, at: phrase.location, "a number of calls needs its unit",
        suggestion: "did you mean `\(first.text) calls`?")
      return nil
    }
    guard words.count == 2, ["call", "calls"].contains(words[1].text) else {
      let place = words.count == 2 ? words[1].location : phrase.location
      report(.wrongUnit, at: place, "expected a number of calls", suggestion: "such as `100 calls`")
      return nil
    }
    return count(words[0], in: 1...Limit.calls)
  }

  /// A time of day as a length since midnight, written `19:00` or `19:00:30`.
  func timeOfDay(_ phrase: Phrase) -> SimulationDuration? {
    let parts = phrase.split(on: ":").map { part in
      (1...2).contains(part.text.count) && part.text.allSatisfy({ $0.isASCII && $0.isNumber }) ? Int64(part.text) : nil
    }
    let limits: [Int64] = [24, 60, 60]
    guard (2...3).contains(parts.count),
      zip(parts, limits).allSatisfy({ part, limit in part.map { $0 < limit } ?? false })
    else {
      report(
        .badTime, at: phrase.location, "`\(phrase.text)` is not a time of day",
        suggestion: "expected one such as `19:00`")
      return nil
    }
    let numbers = parts.compactMap { $0 } + [0]
    return .seconds(numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
  }
}
