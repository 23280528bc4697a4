import Model

/// Puts the tokens of a rule together, by recursive descent.
struct RuleParser {
  /// A number or a condition, and where it stands.
  struct Term {
    enum Meaning {
      case value(SteeringRule.Value)
      case condition(SteeringRule.Condition)
    }
    let meaning: Meaning
    let range: Range<Int>
  }

  let tokens: [RuleToken]
  let phrase: Phrase
  let cdns: [String]
  /// What is wrong with parts whose place in the whole is clear: the rest is still looked at.
  var problems: [RuleText.Problem] = []
  private var index = 0
  private var depth = 0

  init(_ tokens: [RuleToken], of phrase: Phrase, cdns: [String]) {
    self.tokens = tokens
    self.phrase = phrase
    self.cdns = cdns
  }

  var next: RuleToken { tokens[index] }

  /// The next token, which is left behind; never beyond the end.
  @discardableResult mutating func take() -> RuleToken {
    defer { index = min(index + 1, tokens.count - 1) }
    return tokens[index]
  }

  /// The whole text: a number.
  mutating func rule() throws(RuleText.Problem) -> SteeringRule.Value {
    let term = try expression()
    if next.kind != .end { throw stray(next) }
    if case .condition = term.meaning {
      problems.append(
        .init(
          at: location(term.range), "a rule gives a weight, which is a number, and this is a condition",
          suggestion: "such as `if … then 1 else 0`"))
    }
    return number(term)
  }

  /// An expression of any kind, `if` included.
  mutating func expression() throws(RuleText.Problem) -> Term {
    try nested { parser throws(RuleText.Problem) in
      guard parser.next.isWord("if") else { return try parser.either() }
      let start = parser.take()
      let condition = parser.condition(try parser.expression())
      try parser.expect("then", of: start)
      let then = parser.number(try parser.expression())
      try parser.expect("else", of: start)
      let last = try parser.expression()
      let value = SteeringRule.Value.choice(condition, then: then, else: parser.number(last))
      return Term(meaning: .value(value), range: start.range.lowerBound..<last.range.upperBound)
    }
  }

  private mutating func either() throws(RuleText.Problem) -> Term {
    var term = try both()
    while next.isWord("or") {
      take()
      let right = try both()
      term = Term(meaning: .condition(.or(condition(term), condition(right))), range: span(term, right))
    }
    return term
  }

  private mutating func both() throws(RuleText.Problem) -> Term {
    var term = try negation()
    while next.isWord("and") {
      take()
      let right = try negation()
      term = Term(meaning: .condition(.and(condition(term), condition(right))), range: span(term, right))
    }
    return term
  }

  private mutating func negation() throws(RuleText.Problem) -> Term {
    guard next.isWord("not") else { return try comparison() }
    return try nested { parser throws(RuleText.Problem) in
      let start = parser.take()
      let term = try parser.negation()
      return Term(
        meaning: .condition(.not(parser.condition(term))), range: start.range.lowerBound..<term.range.upperBound)
    }
  }

  private mutating func comparison() throws(RuleText.Problem) -> Term {
    let left = try sum()
    guard let comparison = next.kind == .sign ? SteeringRule.Comparison(rawValue: next.text) : nil else { return left }
    take()
    let right = try sum()
    if next.kind == .sign, SteeringRule.Comparison(rawValue: next.text) != nil {
      throw .init(
        at: next.phrase.location, "a comparison has two sides", suggestion: "join two of them with `and`")
    }
    return Term(
      meaning: .condition(.comparison(number(left), comparison, number(right))), range: span(left, right))
  }

  private mutating func sum() throws(RuleText.Problem) -> Term {
    var term = try product()
    while next.isSign("+") || next.isSign("-") {
      let sign = take()
      if sign.text == "-" { try checkBlanks(around: sign) }
      term = arithmetic(term, sign, try product())
    }
    return term
  }

  private mutating func product() throws(RuleText.Problem) -> Term {
    var term = try signed()
    while next.isSign("*") || next.isSign("/") { term = arithmetic(term, take(), try signed()) }
    return term
  }

  private mutating func signed() throws(RuleText.Problem) -> Term {
    guard next.isSign("-") else { return try operand() }
    return try nested { parser throws(RuleText.Problem) in
      let sign = parser.take()
      let term = try parser.signed()
      let value = SteeringRule.Value.negative(parser.number(term))
      return Term(meaning: .value(value), range: sign.range.lowerBound..<term.range.upperBound)
    }
  }

  private mutating func arithmetic(_ left: Term, _ sign: RuleToken, _ right: Term) -> Term {
    let values = (number(left), number(right))
    let operation = SteeringRule.Arithmetic(rawValue: sign.text)
    let value = operation.map { SteeringRule.Value.arithmetic(values.0, $0, values.1) } ?? values.0
    return Term(meaning: .value(value), range: span(left, right))
  }

  private func span(_ left: Term, _ right: Term) -> Range<Int> { left.range.lowerBound..<right.range.upperBound }

  private mutating func nested(
    _ body: (inout RuleParser) throws(RuleText.Problem) -> Term
  ) throws(RuleText.Problem) -> Term {
    depth += 1
    if depth > RuleText.depthLimit {
      throw .init(at: next.phrase.location, "this is nested more than \(RuleText.depthLimit) levels deep")
    }
    let term = try body(&self)
    depth -= 1
    return term
  }
}
