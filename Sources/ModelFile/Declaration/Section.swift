/// A mapping with declared keys: each is declared once, with its kind, its default and one line about it.
///
/// The declaration drives decoding, the defaults, the explanation, the paths of overrides and the JSON Schema.
///
/// ```swift
/// extension Pool {
///   static let section = Section<Pool>("pool", "The threads of one replica.") { keys in
///     let threads = keys.required("threads", .threads, "how many calls are served at once")
///     let queue = keys.optional("queue", .queueLimit, standard: "0", "how many calls may wait for a thread")
///     return { Pool(threads: $0[threads], queue: $0[queue]) }
///   }
/// }
/// ```
struct Section<Value>: Sendable {
  private let keys: Keys
  private let build: @Sendable (Fields) -> Value?

  init(
    _ name: String, _ doc: String,
    declare: (inout Keys) -> @Sendable (Fields) -> Value?
  ) {
    var keys = Keys(shape: SectionShape(name: name, doc: doc))
    build = declare(&keys)
    self.keys = keys
  }

  var shape: SectionShape { keys.shape }

  var keyNames: [String] { shape.allKeys.map(\.name) }

  func declares(_ key: String) -> Bool { keyNames.contains(key) }

  /// The value, or nil after having reported all that is wrong.
  @Sendable func decode(_ node: Node, _ decoding: Decoding) -> Value? {
    guard node.entries != nil else {
      decoding.report(
        .wrongKind, at: node.location,
        "expected a mapping with the keys of `\(shape.name)`, found \(node.kindName)")
      return nil
    }
    decoding.checkKeys(of: node, in: shape)
    return decodeKeys(of: node, decoding)
  }

  /// The value of those keys of a mapping that are declared here, whatever other keys it has.
  func decodeKeys(of node: Node, _ decoding: Decoding) -> Value? {
    let fields = Fields(node: node, values: keys.declared.map { $0.decode(node, decoding) }, decoding: decoding)
    let problems = keys.checks.flatMap { $0(fields) }
    decoding.report(problems)
    return fields.areComplete && problems.isEmpty ? build(fields) : nil
  }
}

/// A declared key whose value is a `Value`.
struct Key<Value>: Sendable {
  fileprivate let name: String
  fileprivate let index: Int
}

/// The keys of a section while they are being declared.
struct Keys: Sendable {
  fileprivate struct Declared: Sendable {
    /// The value held by a `Held`, or nil after having reported what is wrong.
    let decode: @Sendable (Node, Decoding) -> Any?
  }

  fileprivate(set) var shape: SectionShape
  fileprivate var declared: [Declared] = []
  fileprivate var checks: [@Sendable (Fields) -> [Diagnostic]] = []

  /// A key that has to be given.
  mutating func required<Value>(_ name: String, _ kind: ValueKind<Value>, _ doc: String) -> Key<Value> {
    add(KeyShape(name: name, shape: kind.shape, doc: doc, isRequired: true, standard: nil)) { node, decoding in
      guard let value = decoding.visit(name, of: node, as: kind) else {
        if node[name] == nil { decoding.reportMissing(key: name, doc, in: node) }
        return nil
      }
      return value
    }
  }

  /// A key with a default, written as it would be in a file.
  mutating func optional<Value>(
    _ name: String, _ kind: ValueKind<Value>, standard: String, _ doc: String
  ) -> Key<Value> {
    add(KeyShape(name: name, shape: kind.shape, doc: doc, isRequired: false, standard: standard)) { node, decoding in
      guard node[name] == nil else { return decoding.visit(name, of: node, as: kind) }
      return decoding.assume(name, standard, in: node, as: kind)
    }
  }

  /// A key whose absence means nothing is said: no default is assumed, none is explained.
  mutating func ifGiven<Value>(_ name: String, _ kind: ValueKind<Value>, _ doc: String) -> Key<Value?> {
    add(KeyShape(name: name, shape: kind.shape, doc: doc, isRequired: false, standard: nil)) { node, decoding in
      guard node[name] != nil else { return .some(nil) }
      return decoding.visit(name, of: node, as: kind).map { .some($0) }
    }
  }

  /// A key whose default depends on what was decoded before it; without one it says nothing, and is nil.
  mutating func derived<Value>(
    _ name: String, _ kind: ValueKind<Value>, _ doc: String,
    standard: @escaping @Sendable (Node, Decoding) -> Node?
  ) -> Key<Value?> {
    add(KeyShape(name: name, shape: kind.shape, doc: doc, isRequired: false, standard: nil)) { node, decoding in
      if node[name] != nil { return decoding.visit(name, of: node, as: kind).map { .some($0) } }
      guard let value = standard(node, decoding) else { return .some(nil) }
      return decoding.visit(name, value, at: decoding.holder ?? node.location, as: kind).map { .some($0) }
    }
  }

  /// A key whose expression's name decides which section declares it, and the keys that stand beside it.
  mutating func chosen<Value>(
    byNameIn name: String, from branches: [(word: String, section: Section<Value>)], _ doc: String
  ) -> Key<Value> {
    let choices = SectionShape.Branches(
      key: name, doc: doc, standard: nil,
      words: branches.map { ($0.word, $0.section.shape.doc, $0.section.shape.keys) })
    shape.branches = choices
    return add(nil) { node, decoding in
      guard let value = node[name] else {
        decoding.reportMissing(key: name, doc, in: node)
        return nil
      }
      guard let phrase = value.phrase else {
        decoding.report(.wrongKind, at: value.location, "expected \(doc), found \(value.kindName)")
        return nil
      }
      let word = choices.word(of: phrase)
      guard let branch = branches.first(where: { $0.word == word.text }) else {
        decoding.report(
          .unknownWord, at: word.location, "`\(word.text)` is not a value of `\(name)`",
          suggestion: suggestion(for: word.text, among: branches.map(\.word)))
        return nil
      }
      return branch.section.decodeKeys(of: node, decoding)
    }
  }

  /// A key whose word decides which section's keys stand beside it.
  mutating func chosen<Value>(
    by name: String, from branches: [(word: String, section: Section<Value>)],
    synonyms: [String: [String]] = [:], standard: String? = nil, _ doc: String
  ) -> Key<Value> {
    shape.branches = SectionShape.Branches(
      key: name, doc: doc, standard: standard,
      words: branches.map { ($0.word, $0.section.shape.doc, $0.section.shape.keys) })
    return add(nil) { node, decoding in
      let words = branches.map(\.word)
      guard let word = decoding.word(name, of: node, among: words, synonyms: synonyms, standard: standard, doc)
      else { return nil }
      return branches.first { $0.word == word }?.section.decodeKeys(of: node, decoding)
    }
  }

  /// What may be wrong between several keys. It is asked for where others are faulty too, so that all is told at once, and
  /// looks at what it needs by `Fields.decoded`. The section is made where all checks find nothing.
  mutating func check(_ problems: @escaping @Sendable (Fields) -> [Diagnostic]) { checks.append(problems) }

  /// Keys of the language that are refused for now.
  mutating func later(_ names: [String], _ reason: String) {
    for name in names { shape.later[name] = reason }
  }

  private mutating func add<Value>(
    _ key: KeyShape?, decode: @escaping @Sendable (Node, Decoding) -> Value?
  ) -> Key<Value> {
    if let key { shape.keys.append(key) }
    declared.append(Declared { node, decoding in decode(node, decoding).map(Held.init(value:)) })
    return Key(name: key?.name ?? shape.branches?.key ?? "", index: declared.count - 1)
  }
}

private struct Held<Value> {
  let value: Value
}

/// The decoded values of a section, and where they stand.
struct Fields {
  /// The mapping that is being decoded, keys of other sections in it included.
  let section: Node
  /// A `Held` for each key that was declared; nil where something is wrong with it.
  private let values: [Any?]
  let decoding: Decoding

  fileprivate init(node: Node, values: [Any?], decoding: Decoding) {
    section = node
    self.values = values
    self.decoding = decoding
  }

  fileprivate var areComplete: Bool { values.allSatisfy { $0 != nil } }

  subscript<Value>(_ key: Key<Value>) -> Value {
    guard let value = decoded(key) else { preconditionFailure("the key \(key.name) is faulty, which a check may see") }
    return value
  }

  /// The value of a key; nil where something is wrong with it, which has been reported.
  func decoded<Value>(_ key: Key<Value>) -> Value? {
    guard let value = values[key.index] else { return nil }
    guard let held = value as? Held<Value> else {
      preconditionFailure("the key \(key.name) was declared by another section")
    }
    return held.value
  }

  /// The name under which this section stands in the file.
  var name: String { decoding.path.last ?? "" }

  /// Where the value of a key stands, or the section where it isn't given.
  func location<Value>(_ key: Key<Value>) -> SourceLocation {
    section[key.name]?.location ?? decoding.holder ?? section.location
  }

  /// Where a key stands, or the section where it isn't given.
  func keyLocation<Value>(_ key: Key<Value>) -> SourceLocation {
    section.entries?.first { $0.key.text == key.name }?.key.location ?? decoding.holder ?? section.location
  }

  /// The node of a key's value, where it is given.
  func node<Value>(_ key: Key<Value>) -> Node? { section[key.name] }

  /// Whether the key is given, or adopted from a policy.
  func isGiven<Value>(_ key: Key<Value>) -> Bool { section[key.name] != nil }
}
