/// A name with parameters in parentheses, separated by spaces: `lognormal(p50=12ms p99=80ms)`.
struct CallExpression {
  struct Argument {
    /// The part before `=`; nil for a bare value.
    let name: Phrase?
    let value: Phrase
    let whole: Phrase
  }

  /// The deepest nesting of parentheses.
  static let depthLimit = 8

  let whole: Phrase
  let name: Phrase
  let arguments: [Argument]

  /// Whether a text is meant as such an expression.
  static func looksLike(_ phrase: Phrase) -> Bool {
    phrase.text.first?.isLetter ?? false
  }

  /// Parses an expression, or reports what is wrong with it.
  init?(_ phrase: Phrase, _ decoding: Decoding) {
    let characters = Array(phrase.text)
    guard let open = characters.firstIndex(of: "("), characters.last == ")" else {
      let opened = characters.contains("(")
      decoding.report(
        .badExpression, at: phrase.location,
        opened ? "a closing parenthesis is missing at the end" : "`\(phrase.text)` needs its parameters in parentheses")
      return nil
    }
    var depth = 0
    for (index, character) in characters.enumerated() {
      switch character {
      case "(":
        depth += 1
        if depth > Self.depthLimit {
          decoding.report(
            .badExpression, at: phrase.part(from: index, count: 1).location,
            "this is nested more than \(Self.depthLimit) levels deep")
          return nil
        }
      case ")":
        depth -= 1
        if depth == 0, index < characters.count - 1 || depth < 0 {
          decoding.report(
            .badExpression, at: phrase.part(from: index, count: 1).location, "this parenthesis closes too early")
          return nil
        }
      case ",":
        decoding.report(
          .commaInDistribution, at: phrase.part(from: index, count: 1).location,
          "parameters are separated by spaces, not by commas")
        return nil
      default: break
      }
    }
    guard depth == 0 else {
      decoding.report(.badExpression, at: phrase.location, "a closing parenthesis is missing")
      return nil
    }
    let arguments = Self.arguments(of: phrase.part(from: open + 1, count: characters.count - open - 2))
    for (before, unit) in zip(arguments, arguments.dropFirst()) where unit.isUnit(of: before) {
      decoding.report(
        .badExpression, at: before.value.joined(to: unit.whole), "a blank stands between a number and its unit",
        suggestion: "did you mean `\(before.value.text)\(unit.whole.text)`?")
      return nil
    }
    whole = phrase
    name = phrase.part(from: 0, count: open).trimmed
    self.arguments = arguments
  }

  private static func arguments(of phrase: Phrase) -> [Argument] {
    var arguments: [Argument] = []
    let characters = Array(phrase.text)
    var depth = 0
    var start: Int?
    var equals: Int?
    func finish(at end: Int) {
      guard let first = start else { return }
      let whole = phrase.part(from: first, count: end - first)
      if let equals {
        arguments.append(
          Argument(
            name: phrase.part(from: first, count: equals - first),
            value: phrase.part(from: equals + 1, count: end - equals - 1), whole: whole))
      } else {
        arguments.append(Argument(name: nil, value: whole, whole: whole))
      }
      start = nil
      equals = nil
    }
    for (index, character) in characters.enumerated() {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "=" where depth == 0 && equals == nil && start != nil: equals = index
      default: break
      }
      if character.isWhitespace, depth == 0 {
        finish(at: index)
      } else if start == nil {
        start = index
      }
    }
    finish(at: characters.count)
    return arguments
  }
}

extension CallExpression.Argument {
  /// Whether it is but the unit of the number before it.
  fileprivate func isUnit(of before: Self) -> Bool {
    guard name == nil, let quantity = Quantity(before.value), quantity.unit.text.isEmpty else { return false }
    let text = whole.text.hasPrefix("/") ? whole.text.dropFirst() : whole.text[...]
    return TimeUnit(likely: text) != nil
  }
}

extension CallExpression {
  /// The values of named parameters, in the order of one of the lists of names that are allowed.
  ///
  /// Reports unknown and missing ones. Names in `optional` may be left out of any list.
  func parameters(
    _ choices: [[String]], optional: [String] = [], _ decoding: Decoding
  ) -> (choice: Int, values: [String: Phrase])? {
    var values: [String: Phrase] = [:]
    let known = Array(Set(choices.flatMap { $0 } + optional))
    guard isWithoutDuplicates(decoding) else { return nil }
    let given = Set(arguments.compactMap(\.name?.text))
    var isComplete = true
    for argument in arguments {
      guard let name = argument.name else {
        decoding.report(
          .unknownParameter, at: argument.whole.location, "`\(argument.whole.text)` needs the name of its parameter",
          suggestion: "expected `\(usage(choices[0]))`")
        isComplete = false
        continue
      }
      guard known.contains(name.text) else {
        decoding.report(
          .unknownParameter, at: name.location, "`\(self.name.text)` has no parameter `\(name.text)`",
          suggestion: suggestion(for: name.text, among: known.filter { !given.contains($0) }))
        isComplete = false
        continue
      }
      values[name.text] = argument.value
    }
    guard isComplete else { return nil }
    let named = Set(values.keys).subtracting(optional)
    if let choice = choices.firstIndex(where: { Set($0) == named }) { return (choice, values) }
    let all = choices.map { "`\(usage($0))`" }.joined(separator: " or ")
    decoding.report(.missingParameter, at: whole.location, "`\(self.name.text)` is written \(all)")
    return nil
  }

  private func isWithoutDuplicates(_ decoding: Decoding) -> Bool {
    var seen: Set<String> = []
    for name in arguments.compactMap(\.name) where !seen.insert(name.text).inserted {
      decoding.report(.duplicateParameter, at: name.location, "the parameter `\(name.text)` is given twice")
      return false
    }
    return true
  }

  private func usage(_ names: [String]) -> String {
    "\(name.text)(\(names.map { "\($0)=…" }.joined(separator: " ")))"
  }

  /// The one value without a name, with optional named ones beside it.
  func single(_ what: String, named: [String] = [], _ decoding: Decoding) -> (value: Phrase, values: [String: Phrase])?
  {
    guard isWithoutDuplicates(decoding) else { return nil }
    let bare = arguments.filter { $0.name == nil }
    var values: [String: Phrase] = [:]
    for argument in arguments {
      guard let name = argument.name else { continue }
      guard named.contains(name.text) else {
        decoding.report(
          .unknownParameter, at: name.location, "`\(self.name.text)` has no parameter `\(name.text)`",
          suggestion: suggestion(for: name.text, among: named))
        return nil
      }
      values[name.text] = argument.value
    }
    guard bare.count == 1 else {
      decoding.report(
        .missingParameter, at: whole.location, "`\(self.name.text)` takes \(what)")
      return nil
    }
    return (bare[0].value, values)
  }
}
