/// What a value of a file may look like: what decoding, overrides, the explanation and the JSON Schema share.
indirect enum Shape: Sendable {
  case scalar(ScalarShape)
  case section(SectionShape)
  /// A mapping from names that the user chooses.
  case named(Shape)
  case list(Shape, isEmptyAllowed: Bool)
  case oneOf([Shape])
  /// Whatever the place it is set at takes.
  case anything
}

/// A value that is written as one word or expression.
struct ScalarShape: Sendable {
  /// Its name among the definitions of the JSON Schema; nil where it is written out in place.
  let name: String?
  /// What is expected, as it reads in a message: `a duration such as 250ms`.
  let expectation: String
  let schema: JSON
}

/// A mapping with declared keys.
struct SectionShape: Sendable {
  let name: String
  let doc: String
  var keys: [KeyShape] = []
  /// Further keys that depend on the value of one key.
  var branches: Branches?
  /// Keys of the language that are refused for now.
  var later: [String: String] = [:]

  struct Branches: Sendable {
    let key: String
    let doc: String
    /// The word that is assumed where none is given.
    let standard: String?
    /// Each word, what it means, and the keys that stand beside it.
    let words: [(word: String, doc: String, keys: [KeyShape])]

    /// The word of a value: what stands before its parameters, where it has some.
    func word(of phrase: Phrase) -> Phrase {
      phrase.part(from: 0, count: phrase.text.prefix { $0 != "(" }.count).trimmed
    }
  }

  /// All keys that may occur, whatever the branch.
  var allKeys: [KeyShape] {
    var all = keys
    if let branches {
      if !branches.words.contains(where: { $0.keys.contains { $0.name == branches.key } }) {
        all.append(
          KeyShape(
            name: branches.key, shape: .scalar(.text), doc: branches.doc, isRequired: branches.standard == nil,
            standard: branches.standard))
      }
      for key in branches.words.flatMap(\.keys) where !all.contains(where: { $0.name == key.name }) {
        all.append(key)
      }
    }
    return all
  }
}

/// One key of a section.
struct KeyShape: Sendable {
  let name: String
  let shape: Shape
  /// One line about what it means.
  let doc: String
  let isRequired: Bool
  /// What is assumed where the key isn't given, as it would be written.
  let standard: String?
}
