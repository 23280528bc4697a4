import Model

/// What names mean, and whether a term is of the kind that is needed.
///
/// What is wrong is noted, and something harmless is put in its place, so that the rest is checked too.
extension RuleParser {
  mutating func number(_ term: Term) -> SteeringRule.Value {
    switch term.meaning {
    case .value(let value): return value
    case .condition:
      if !problems.contains(where: { $0.location == location(term.range) }) {
        problems.append(
          .init(
            at: location(term.range), "a number is needed here, and this is a condition",
            suggestion: "such as `(if … then 1 else 0)`"))
      }
      return .constant(0)
    }
  }

  mutating func condition(_ term: Term) -> SteeringRule.Condition {
    switch term.meaning {
    case .condition(let condition): return condition
    case .value:
      problems.append(
        .init(
          at: location(term.range), "a condition is needed here, and this is a number",
          suggestion: "such as `… > 5%`"))
      return .comparison(.constant(0), .equal, .constant(0))
    }
  }

  func location(_ range: Range<Int>) -> SourceLocation {
    phrase.part(from: range.lowerBound, count: range.count).location
  }

  mutating func signal(_ name: Phrase) -> SteeringRule.Signal {
    if let signal = SteeringRule.Signal(rawValue: name.text) { return signal }
    let isCDN = cdns.contains(name.text)
    problems.append(
      .init(
        at: name.location, isCDN ? "`\(name.text)` is a CDN: which of its signals?" : "unknown signal `\(name.text)`",
        suggestion: isCDN
          ? "such as `\(name.text).load`"
          : Self.difference(name.text).map { "did you mean `\($0)`?" }
            ?? nearestName(to: name.text, among: RuleText.signals).map { "did you mean `\($0)`?" }
            ?? "expected \(alternatives(RuleText.signals.sorted()))"))
    return .reports
  }

  /// A name that may be meant as a difference: a hyphen that is no part of a name needs blanks.
  private static func difference(_ name: String) -> String? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    for count in 1..<max(parts.count, 1) {
      let left = parts[..<count].joined(separator: "-")
      let right = parts[count...].joined(separator: "-")
      let isOperand = right.isEmpty || RuleText.signals.contains(right) || Double(right) != nil
      if RuleText.signals.contains(left), isOperand { return "\(left) - \(right.isEmpty ? "…" : right)" }
    }
    return nil
  }

  /// `alpha.load`.
  mutating func signalOfCDN(_ token: RuleToken) -> SteeringRule.Value {
    let parts = token.phrase.split(on: ".")
    if !cdns.contains(parts[0].text) {
      problems.append(
        .init(
          .unknownCDN, at: parts[0].location, "unknown CDN `\(parts[0].text)`",
          suggestion: suggestion(for: parts[0].text, among: cdns)))
    }
    return .signal(signal(parts[1]), of: parts[0].text)
  }

  mutating func expect(_ word: String, of start: RuleToken) throws(RuleText.Problem) {
    if next.isWord(word) {
      take()
    } else if next.kind == .end || next.isSign(")") || next.kind == .word {
      throw .init(
        at: start.phrase.location, "the `\(word)` of this `if` is missing",
        suggestion: "expected `if … then … else …`")
    } else {
      throw stray(next)
    }
  }

  /// A minus with a blank on one side alone may be meant as a sign or as a part of a name.
  func checkBlanks(around sign: RuleToken) throws(RuleText.Problem) {
    if sign.isAfterBlank, sign.isBeforeBlank { return }
    let before = index(of: sign).flatMap { $0 > 0 ? tokens[$0 - 1] : nil }
    if before?.text == ")", next.text == "(", !sign.isAfterBlank, !sign.isBeforeBlank { return }
    let value = next.kind == .end ? "…" : next.text
    throw .init(
      at: sign.phrase.location, "a minus needs a blank on both sides: hyphens belong to names",
      suggestion: "`… - \(value)`, or `(-\(value))` for a negative value")
  }

  private func index(of token: RuleToken) -> Int? { tokens.firstIndex { $0.range == token.range } }

  /// A token where an operator or the end was expected.
  func stray(_ token: RuleToken) -> RuleText.Problem {
    switch token.kind {
    case .sign where token.text == ")":
      .init(at: token.phrase.location, "this parenthesis closes nothing")
    case .word where token.text == "then" || token.text == "else":
      .init(at: token.phrase.location, "this `\(token.text)` belongs to no `if`")
    default:
      .init(at: token.phrase.location, "an operator is missing before `\(token.text)`")
    }
  }
}
