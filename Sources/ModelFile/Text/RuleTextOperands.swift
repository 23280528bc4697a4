import Model

/// Numbers, signals, functions and parentheses.
extension RuleParser {
  mutating func operand() throws(RuleText.Problem) -> Term {
    let token = take()
    switch token.kind {
    case .number: return Term(meaning: .value(.constant(try quantity(token.phrase))), range: token.range)
    case .signalOfCDN: return Term(meaning: .value(signalOfCDN(token)), range: token.range)
    case .name:
      let isFunction = RuleText.functions.contains(token.text)
      if next.isSign("("), isFunction || !next.isAfterBlank { return try call(token) }
      if isFunction {
        throw .init(
          at: token.phrase.location, "`\(token.text)` needs its values in parentheses",
          suggestion: "such as `\(token.text)(…)`")
      }
      return Term(meaning: .value(.signal(signal(token.phrase), of: nil)), range: token.range)
    case .sign where token.text == "(":
      let inner = try expression()
      let last = try close(token)
      return Term(meaning: inner.meaning, range: token.range.lowerBound..<last.range.upperBound)
    case .word where token.text == "if":
      throw .init(
        at: token.phrase.location, "an `if` within an expression needs parentheses around it",
        suggestion: "such as `2 * (if … then … else …)`")
    case .word where token.text == "not":
      throw .init(
        at: token.phrase.location, "`not` begins a condition, and a value is needed here",
        suggestion: "such as `(not a > b)`")
    case .end: throw .init(at: phrase.location, "the rule ends where a value is missing")
    case .word, .sign:
      throw .init(at: token.phrase.location, "a value is missing before `\(token.text)`")
    }
  }

  /// The parenthesis that closes `open`.
  private mutating func close(_ open: RuleToken) throws(RuleText.Problem) -> RuleToken {
    if next.isSign(")") { return take() }
    if next.kind == .end {
      throw .init(at: open.phrase.location, "the parenthesis that closes this one is missing")
    }
    throw stray(next)
  }

  /// A function and its values between blanks.
  private mutating func call(_ name: RuleToken) throws(RuleText.Problem) -> Term {
    let open = take()
    var values: [SteeringRule.Value] = []
    while !next.isSign(")"), next.kind != .end {
      if !values.isEmpty, !next.isAfterBlank, next.kind == .sign, next.text != "(" { throw stray(next) }
      let term = try expression()
      values.append(number(term))
    }
    let last = try close(open)
    let range = name.range.lowerBound..<last.range.upperBound
    guard RuleText.functions.contains(name.text) else {
      problems.append(
        .init(
          at: name.phrase.location, "`\(name.text)` is not a function of rules",
          suggestion: suggestion(for: name.text, among: RuleText.functions)))
      return Term(meaning: .value(.constant(0)), range: range)
    }
    guard let value = Self.value(of: name.text, values) else {
      problems.append(
        .init(at: location(range), "`\(name.text)` is written \(Self.usage(of: name.text))"))
      return Term(meaning: .value(.constant(0)), range: range)
    }
    return Term(meaning: .value(value), range: range)
  }

  /// nil where the number of values isn't the function's.
  private static func value(of name: String, _ values: [SteeringRule.Value]) -> SteeringRule.Value? {
    func joined(by operation: SteeringRule.Arithmetic) -> SteeringRule.Value? {
      guard values.count > 1, let first = values.first else { return nil }
      return values.dropFirst().reduce(first) { .arithmetic($0, operation, $1) }
    }
    switch name {
    case "min": return joined(by: .lesser)
    case "max": return joined(by: .greater)
    case "abs": return values.count == 1 ? .magnitude(values[0]) : nil
    case "clamp":
      guard values.count == 3 else { return nil }
      return .arithmetic(.arithmetic(values[0], .greater, values[1]), .lesser, values[2])
    default:
      guard let summary = SteeringRule.Summary(rawValue: name), values.count == 1 else { return nil }
      return .overall(summary, values[0])
    }
  }

  private static func usage(of name: String) -> String {
    switch name {
    case "min", "max": "`\(name)(a b)`, with two values or more"
    case "clamp": "`clamp(value from to)`"
    default: "`\(name)(a)`, with one value"
    }
  }
}
