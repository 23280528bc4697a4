/// A part of a YAML document, with its place.
struct Node: Sendable {
  indirect enum Content: Sendable {
    case scalar(Phrase)
    case sequence([Node])
    case mapping([Entry])
  }

  /// A key and its value, in the order of the file.
  struct Entry: Sendable {
    let key: Phrase
    var value: Node
  }

  /// Where a value comes from, when it isn't where it stands.
  enum Provenance: Hashable, Sendable {
    case given
    /// Adopted from the policy of this name.
    case policy(String)
    /// What the player of this name does unless a cohort says otherwise.
    case profile(String)
    case override
    /// A default.
    case assumed
  }

  var content: Content
  let location: SourceLocation
  var provenance = Provenance.given

  var phrase: Phrase? {
    if case .scalar(let phrase) = content { phrase } else { nil }
  }

  var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  var items: [Node]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// Whether it is the word `none`.
  var isNone: Bool { phrase?.text == "none" }

  /// The value of a key of a mapping.
  subscript(key: String) -> Node? {
    entries?.first { $0.key.text == key }?.value
  }

  /// Replaces or adds the value of a key of a mapping.
  mutating func set(_ key: Phrase, to value: Node) {
    guard var entries else { return }
    if let index = entries.firstIndex(where: { $0.key.text == key.text }) {
      entries[index].value = value
    } else {
      entries.append(Entry(key: key, value: value))
    }
    content = .mapping(entries)
  }

  /// The same with everything in it marked as coming from `provenance`.
  func from(_ provenance: Provenance) -> Node {
    var copy = self
    copy.provenance = provenance
    switch content {
    case .scalar: break
    case .sequence(let items): copy.content = .sequence(items.map { $0.from(provenance) })
    case .mapping(let entries):
      copy.content = .mapping(
        entries.map { Entry(key: $0.key, value: $0.value.from(provenance)) })
    }
    return copy
  }

  /// The value on one line, as in YAML's flow style.
  var flowText: String {
    switch content {
    case .scalar(let phrase): phrase.text
    case .sequence(let items): "[\(items.map(\.flowText).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.text): \($0.value.flowText)" }.joined(separator: ", "))}"
    }
  }

  /// What it is, for a message.
  var kindName: String {
    switch content {
    case .scalar(let phrase): phrase.text.isEmpty ? "nothing" : "`\(phrase.text)`"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
