import Model

/// A value that is there from the beginning, or one that moves to where it stays.
struct Moving<Value: Sendable>: Sendable {
  let value: Value
  /// Where it starts, and how long it moves; nil where it does not.
  let start: (value: Value, over: SimulationDuration)?

  /// The ramp of a magnitude; nil where it does not move.
  func ramp(_ number: (Value) -> Double?) -> MagnitudeRamp? {
    guard let start, let first = number(start.value) else { return nil }
    return MagnitudeRamp(start: first, over: start.over)
  }
}

extension ValueKind where Value: Sendable {
  /// The same, or `from A to B over 5min`.
  ///
  /// - Parameter ends: how the ends of a ramp are written, where they may be what a value that stays may not, such as 0%.
  func orRamp(ends: ValueKind? = nil) -> ValueKind<Moving<Value>> {
    let end = ends ?? self
    return ValueKind<Moving<Value>>(shape: .oneOf([shape, .scalar(.ramp)])) { node, decoding in
      guard let phrase = node.phrase, phrase.isRamp else {
        return decode(node, decoding).map { Moving(value: $0, start: nil) }
      }
      guard let parts = phrase.rampParts else {
        decoding.report(
          .badRamp, at: phrase.location, "`\(phrase.text)` is not a ramp",
          suggestion: "expected one such as `from 0% to 30% over 10min`")
        return nil
      }
      func decoded(_ part: Phrase) -> Value? {
        end.decode(Node(content: .scalar(part), location: part.location), decoding)
      }
      guard let first = decoded(parts.start), let last = decoded(parts.end),
        let over = ValueKind<SimulationDuration>.positiveDuration(usual: "min")
          .decode(Node(content: .scalar(parts.over), location: parts.over.location), decoding)
      else { return nil }
      return Moving(value: last, start: (first, over))
    }
  }
}

extension Phrase {
  /// Whether it begins as a ramp does.
  var isRamp: Bool { words.first?.text == "from" }

  /// What stands in `from A to B over C`.
  var rampParts: (start: Phrase, end: Phrase, over: Phrase)? {
    guard isRamp, let from = text.firstRange(of: "from"),
      let to = text[from.upperBound...].firstRange(of: " to "),
      let over = text[to.upperBound...].firstRange(of: " over ")
    else { return nil }
    func piece(_ lower: String.Index, _ upper: String.Index) -> Phrase {
      let start = text.distance(from: text.startIndex, to: lower)
      return part(from: start, count: text.distance(from: lower, to: upper)).trimmed
    }
    let parts = (
      piece(from.upperBound, to.lowerBound), piece(to.upperBound, over.lowerBound),
      piece(over.upperBound, text.endIndex)
    )
    return parts.0.text.isEmpty || parts.1.text.isEmpty || parts.2.text.isEmpty ? nil : parts
  }
}

extension Fields {
  /// Reports a ramp both of whose ends are the same, or neither of which is anything.
  ///
  /// - Parameter least: what does nothing.
  func checkRamp<Value>(_ key: Key<Moving<Value>>, least: Double, _ number: (Value) -> Double?) -> Bool {
    checkRamp(self[key], at: location(key), least: least, number)
  }

  /// The same of a key that need not be given.
  func checkRamp<Value>(_ key: Key<Moving<Value>?>, of moving: Moving<Value>, _ number: (Value) -> Double) -> Bool {
    checkRamp(moving, at: location(key), least: 0, number)
  }

  private func checkRamp<Value>(
    _ moving: Moving<Value>, at location: SourceLocation, least: Double, _ number: (Value) -> Double?
  ) -> Bool {
    guard let start = moving.start, let first = number(start.value), let last = number(moving.value) else {
      return true
    }
    if first != last, max(first, last) > least { return true }
    decoding.report(
      .badRamp, at: location,
      first == last ? "both ends of this ramp are the same" : "neither end of this ramp does anything")
    return false
  }
}
