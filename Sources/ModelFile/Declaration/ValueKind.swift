/// How a value is written and what it becomes.
struct ValueKind<Value>: Sendable {
  let shape: Shape
  /// The value, or nil after having reported what is wrong.
  let decode: @Sendable (Node, Decoding) -> Value?

  /// A value written as one word or expression.
  static func scalar(
    _ shape: ScalarShape, decode: @escaping @Sendable (Phrase, Decoding) -> Value?
  ) -> ValueKind {
    ValueKind(shape: .scalar(shape)) { node, decoding in
      guard let phrase = node.phrase, !phrase.text.isEmpty else {
        decoding.report(
          .wrongKind, at: node.location, "expected \(shape.expectation), found \(node.kindName)")
        return nil
      }
      return decode(phrase, decoding)
    }
  }

  /// A mapping with declared keys.
  static func section(_ section: Section<Value>) -> ValueKind {
    ValueKind(shape: .section(section.shape), decode: section.decode)
  }

  /// Another section for each key that only one of them has; the first one that is there decides.
  static func section(by choices: [(key: String, section: Section<Value>)]) -> ValueKind {
    ValueKind(shape: .oneOf(choices.map { .section($0.section.shape) })) { node, decoding in
      let keys = choices.map(\.key)
      guard let entries = node.entries else {
        decoding.report(
          .wrongKind, at: node.location,
          "expected a mapping with \(alternatives(keys)), found \(node.kindName)")
        return nil
      }
      if let choice = choices.first(where: { node[$0.key] != nil }) {
        return choice.section.decode(node, decoding)
      }
      guard let entry = entries.first(where: { entry in !choices.contains { $0.section.declares(entry.key.text) } })
      else {
        decoding.report(
          .missingKey, at: decoding.holder ?? node.location, "one of \(alternatives(keys)) is missing")
        return nil
      }
      decoding.reportUnknown(key: entry.key, among: choices.flatMap { $0.section.keyNames }, later: [:])
      return nil
    }
  }

  /// The same, or the word `none`.
  func orNone() -> ValueKind<Value?> {
    ValueKind<Value?>(shape: .oneOf([shape, .scalar(.none)])) { node, decoding in
      if node.isNone { return .some(nil) }
      return decode(node, decoding).map { .some($0) }
    }
  }

  /// One of two ways to write it, told apart by whether it is a mapping.
  static func either(mapping: ValueKind, else other: ValueKind) -> ValueKind {
    ValueKind(shape: .oneOf([other.shape, mapping.shape])) { node, decoding in
      node.entries == nil ? other.decode(node, decoding) : mapping.decode(node, decoding)
    }
  }

  /// One of two ways to write it, told apart by whether it is a list.
  static func either(list: ValueKind, else other: ValueKind) -> ValueKind {
    ValueKind(shape: .oneOf([list.shape, other.shape])) { node, decoding in
      node.items == nil ? other.decode(node, decoding) : list.decode(node, decoding)
    }
  }

  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> ValueKind<Other> {
    ValueKind<Other>(shape: shape) { node, decoding in decode(node, decoding).map(transform) }
  }
}

extension ValueKind {
  /// A mapping from names that the user chooses, in the order of the file.
  static func named<Element>(_ kind: ValueKind<Element>) -> ValueKind where Value == [Element] {
    ValueKind(shape: .named(kind.shape)) { node, decoding in
      guard let entries = node.entries else {
        let found = node.kindName
        decoding.report(.wrongKind, at: node.location, "expected a mapping from names, found \(found)")
        return nil
      }
      var elements: [Element] = []
      for entry in entries {
        let isName = decoding.checkName(entry.key)
        let element = decoding.visit(entry.key.text, entry.value, at: entry.key.location, as: kind, isChosen: true)
        if isName, let element { elements.append(element) }
      }
      return elements.count == entries.count ? elements : nil
    }
  }

  /// A list.
  static func list<Element>(_ kind: ValueKind<Element>, isEmptyAllowed: Bool = true) -> ValueKind
  where Value == [Element] {
    ValueKind(shape: .list(kind.shape, isEmptyAllowed: isEmptyAllowed)) { node, decoding in
      guard let items = node.items else {
        decoding.report(
          .wrongKind, at: node.location, "expected a list such as `[a, b]`, found \(node.kindName)")
        return nil
      }
      if items.isEmpty, !isEmptyAllowed {
        decoding.report(.outOfRange, at: node.location, "this list may not be empty")
        return nil
      }
      // A list of scalars alone is explained as a whole.
      let isExplained = items.contains { $0.phrase == nil }
      let elements = items.enumerated().compactMap { index, item in
        decoding.visit(
          String(index), item, at: item.location, as: kind, isChosen: true, isExplained: isExplained)
      }
      return elements.count == items.count ? elements : nil
    }
  }
}
