import Model

/// A rule of steering: an expression without commas and without colons followed by a blank, so that the whole is one
/// plain YAML scalar, in a flow mapping too.
///
///     value      = "if" condition "then" value "else" value | either
///     either     = both { "or" both }
///     both       = negation { "and" negation }
///     negation   = "not" negation | comparison
///     comparison = sum [ ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) sum ]
///     sum        = product { ( "+" | "-" ) product }
///     product    = sign { ( "*" | "/" ) sign }
///     sign       = "-" sign | operand
///     operand    = number [ unit ] | signal | cdn "." signal | function "(" value { value } ")" | "(" value ")"
///
/// Which of them are numbers and which conditions is checked while they are put together.
enum RuleText {
  /// The most characters of a rule.
  static let lengthLimit = 2000
  /// The deepest nesting of parentheses, signs, `not` and `if`.
  static let depthLimit = 32

  static let words = ["if", "then", "else", "and", "or", "not"]
  static let functions = ["min", "max", "abs", "clamp"] + SteeringRule.Summary.allCases.map(\.rawValue)
  static let signals = SteeringRule.Signal.allCases.map(\.rawValue)

  /// The first thing that keeps a rule from being understood.
  struct Problem: Error {
    let id: DiagnosticID
    let location: SourceLocation
    let message: String
    let suggestion: String?

    init(_ id: DiagnosticID = .badRule, at location: SourceLocation, _ message: String, suggestion: String? = nil) {
      self.id = id
      self.location = location
      self.message = message
      self.suggestion = suggestion
    }
  }
}

extension Decoding {
  /// The rule of a text; nil after having reported what is wrong.
  /// - Parameter cdns: the names of all CDNs that are steered among.
  func steeringRule(_ phrase: Phrase, cdns: [String]) -> SteeringRule? {
    guard phrase.text.count <= RuleText.lengthLimit else {
      report(.badRule, at: phrase.location, "a rule has at most \(RuleText.lengthLimit) characters")
      return nil
    }
    do {
      var parser = RuleParser(try RuleScanner(phrase, cdns: cdns).scanned(), of: phrase, cdns: cdns)
      let rule = Result { () throws(RuleText.Problem) in try parser.rule() }
      for problem in parser.problems { report(problem) }
      let weight = try rule.get()
      return parser.problems.isEmpty ? SteeringRule(weight, text: phrase.text) : nil
    } catch {
      report(error)
      return nil
    }
  }

  private func report(_ problem: RuleText.Problem) {
    report(problem.id, at: problem.location, problem.message, suggestion: problem.suggestion)
  }
}
