/// One word, number or sign of a rule.
struct RuleToken {
  enum Kind: Hashable {
    case number
    /// A signal or a function.
    case name
    /// `alpha.load`.
    case signalOfCDN
    /// `if`, `then`, `else`, `and`, `or` or `not`.
    case word
    case sign
    case end
  }
  let kind: Kind
  let phrase: Phrase
  /// Its place among the characters of the rule.
  let range: Range<Int>
  let isAfterBlank: Bool
  let isBeforeBlank: Bool

  var text: String { phrase.text }

  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
  func isWord(_ word: String) -> Bool { kind == .word && text == word }
}

/// Cuts a rule into tokens.
struct RuleScanner {
  private let phrase: Phrase
  private let characters: [Character]
  private let cdns: Set<String>
  private var tokens: [RuleToken] = []
  private var index = 0

  init(_ phrase: Phrase, cdns: [String]) {
    self.phrase = phrase
    characters = Array(phrase.text)
    self.cdns = Set(cdns)
  }

  /// What people write elsewhere.
  private static let foreign = [
    "&&": "and", "||": "or", "&": "and", "|": "or", "!": "not", "=": "==", "=<": "<=", "=>": ">=", "<>": "!=",
    "===": "==", "!==": "!=", "?": "if … then … else …", "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/",
    "−": "-", "–": "-",
  ]

  /// The tokens, the last of which is the end.
  consuming func scanned() throws(RuleText.Problem) -> [RuleToken] {
    while index < characters.count {
      let character = characters[index]
      if character.isWhitespace {
        index += 1
      } else if character.isNamePart, character != "-" {
        word()
      } else {
        try sign()
      }
    }
    add(.end, upTo: index)
    return tokens
  }

  /// A number with its unit, a name, or a word of the language. A name with a point after it is that of a CDN, whatever
  /// it looks like.
  private mutating func word() {
    let end = endOfName(from: index)
    let name = String(characters[index..<end])
    let hasPoint = end + 1 < characters.count && characters[end] == "." && characters[end + 1].isNamePart
    if hasPoint, cdns.contains(name) || !characters[index].isNumber {
      add(.signalOfCDN, upTo: endOfName(from: end + 1))
    } else if characters[index].isNumber {
      let count = Quantity.lengthOfNumber(String(characters[index...]))
      var end = index + count
      while end < characters.count, characters[end].isLetter || characters[end] == "%" { end += 1 }
      add(.number, upTo: end)
    } else {
      add(RuleText.words.contains(name) ? .word : .name, upTo: end)
    }
  }

  private func endOfName(from start: Int) -> Int {
    var end = start
    while end < characters.count, characters[end].isNamePart { end += 1 }
    return end
  }

  private mutating func sign() throws(RuleText.Problem) {
    if "+-*/()".contains(characters[index]) {
      if characters[index] != "*" || index + 1 == characters.count || characters[index + 1] != "*" {
        return add(.sign, upTo: index + 1)
      }
    }
    var end = index
    while end < characters.count, "<>=!&|".contains(characters[end]) { end += 1 }
    end = max(end, index + 1)
    let text = String(characters[index..<end])
    if ["<", "<=", ">", ">=", "==", "!="].contains(text) { return add(.sign, upTo: end) }
    let location = phrase.part(from: index, count: end - index).location
    if text == "," {
      throw RuleText.Problem(at: location, "values are separated by blanks, not by commas")
    }
    throw RuleText.Problem(
      at: location, "`\(text)` has no meaning in a rule", suggestion: Self.foreign[text].map { "did you mean `\($0)`?" }
    )
  }

  private mutating func add(_ kind: RuleToken.Kind, upTo end: Int) {
    tokens.append(
      RuleToken(
        kind: kind, phrase: phrase.part(from: index, count: end - index), range: index..<end,
        isAfterBlank: index == 0 || characters[index - 1].isWhitespace,
        isBeforeBlank: end >= characters.count || characters[end].isWhitespace))
    index = end
  }
}
