/// Sets values in a document's tree, by the paths that the declarations know.
struct OverrideApplication {
  private let root: Node
  private let shape: SectionShape
  private(set) var diagnostics: [Diagnostic] = []

  /// The tree with all overrides applied.
  static func apply(
    _ overrides: [OverrideText], to root: Node, of shape: SectionShape, diagnostics: inout [Diagnostic]
  ) -> Node {
    var root = root
    let ranked = overrides.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
    for (_, override) in ranked {
      var application = OverrideApplication(root: root, shape: shape)
      if let changed = application.apply(override) { root = changed }
      diagnostics += application.diagnostics
    }
    return root
  }

  private init(root: Node, shape: SectionShape) {
    self.root = root
    self.shape = shape
  }

  private mutating func apply(_ override: OverrideText) -> Node? {
    let parts = override.path.split(on: ".")
    let value = override.value.from(.override)
    let walk = Walk(value: value, hasWildcard: false)
    guard let (changed, matches) = set(parts[...], in: root, .section(shape), walk) else { return nil }
    if matches == 0, diagnostics.isEmpty {
      diagnostics.append(Diagnostic(.noMatch, at: override.path.location, "`\(override.path.text)` matches nothing"))
      return nil
    }
    return changed
  }

  private struct Walk {
    let value: Node
    /// Whether a `*` was passed, after which a name may be missing here and there.
    var hasWildcard: Bool
  }

  /// The node with the value set at the path that remains, and how often it was set; nil after an error.
  private mutating func set(
    _ parts: ArraySlice<Phrase>, in node: Node?, _ shape: Shape, _ walk: Walk
  ) -> (Node, Int)? {
    guard let part = parts.first else { return (walk.value, 1) }
    switch shape {
    case .section(let section): return setKey(part, parts, in: node, section, walk)
    case .named(let element): return setName(part, parts, in: node, element, walk)
    case .list(let element, _): return setItem(part, parts, in: node, element, walk)
    case .oneOf(let shapes):
      let flat = shapes.flatMap(\.alternatives)
      if let shape = flat.first(where: { $0.accepts(part.text) }) { return set(parts, in: node, shape, walk) }
      let known = flat.flatMap(\.keyNames)
      if known.isEmpty { return refuse(part, "`\(part.text)` is a part of nothing") }
      return refuse(part, "there is no key `\(part.text)` here", suggestion(for: part.text, among: Set(known)))
    case .scalar, .anything:
      return refuse(part, "`\(part.text)` is a part of nothing")
    }
  }

  private mutating func setKey(
    _ part: Phrase, _ parts: ArraySlice<Phrase>, in node: Node?, _ section: SectionShape, _ walk: Walk
  ) -> (Node, Int)? {
    if part.text == "*" {
      return refuse(
        part, "`*` stands for a name, and here a key is needed", suggestion(for: "", among: section.allKeys.map(\.name))
      )
    }
    guard let key = section.allKeys.first(where: { $0.name == part.text }) else {
      if let reason = section.later[part.text] {
        diagnostics.append(
          Diagnostic(.notSupportedYet, at: part.location, "`\(part.text)` is not supported yet: \(reason)"))
        return nil
      }
      return refuse(
        part, "there is no key `\(part.text)` here", suggestion(for: part.text, among: section.allKeys.map(\.name)))
    }
    var mapping = node ?? Node(content: .mapping([]), location: part.location, provenance: .override)
    if mapping.entries == nil { mapping = Node(content: .mapping([]), location: part.location, provenance: .override) }
    var child = mapping[part.text]
    if child == nil, parts.count > 1, let policy = mapping["policy"]?.phrase?.text {
      child = root["policies"]?[policy]?[part.text]?.from(.policy(policy))
    }
    guard let (changed, matches) = set(parts.dropFirst(), in: child, key.shape, walk) else { return nil }
    if matches > 0 { mapping.set(part, to: changed) }
    return (mapping, matches)
  }

  private mutating func setName(
    _ part: Phrase, _ parts: ArraySlice<Phrase>, in node: Node?, _ element: Shape, _ walk: Walk
  ) -> (Node, Int)? {
    guard var mapping = node, let entries = mapping.entries, !entries.isEmpty else {
      if walk.hasWildcard { return (node ?? walk.value, 0) }
      return part.text == "*" ? (node ?? walk.value, 0) : refuse(part, "there is nothing named `\(part.text)`")
    }
    var walk = walk
    if part.text == "*" { walk.hasWildcard = true }
    let chosen = entries.filter { part.text == "*" || $0.key.text == part.text }
    if chosen.isEmpty {
      if walk.hasWildcard { return (mapping, 0) }
      return refuse(
        part, "there is nothing named `\(part.text)`", suggestion(for: part.text, among: entries.map(\.key.text)))
    }
    var matches = 0
    for entry in chosen {
      guard let (changed, count) = set(parts.dropFirst(), in: entry.value, element, walk) else { return nil }
      if count > 0 { mapping.set(entry.key, to: changed) }
      matches += count
    }
    return (mapping, matches)
  }

  /// Sets something in an item of a list: by its number, from 0, or by a key that only one item has.
  private mutating func setItem(
    _ part: Phrase, _ parts: ArraySlice<Phrase>, in node: Node?, _ element: Shape, _ walk: Walk
  ) -> (Node, Int)? {
    guard var list = node, var items = list.items else { return refuse(part, "there is no list here") }
    let index: Int
    var rest = parts
    if let number = Int(part.text) {
      guard items.indices.contains(number) else {
        return walk.hasWildcard ? (list, 0) : refuse(part, "there are \(items.count) items, numbered from 0")
      }
      index = number
      rest = parts.dropFirst()
    } else {
      let having = items.indices.filter { items[$0][part.text] != nil }
      guard having.count == 1 else {
        if having.isEmpty, walk.hasWildcard { return (list, 0) }
        return refuse(
          part, having.isEmpty ? "no item here has `\(part.text)`" : "several items here have `\(part.text)`",
          having.first.map { "say which by its number, from 0: `\($0).\(part.text)`" }
            ?? suggestion(for: part.text, among: Set(items.flatMap { $0.entries?.map(\.key.text) ?? [] })))
      }
      index = having[0]
    }
    guard let (changed, matches) = set(rest, in: items[index], element, walk) else { return nil }
    items[index] = changed
    list.content = .sequence(items)
    return (list, matches)
  }

  private mutating func refuse(_ part: Phrase, _ message: String, _ suggestion: String? = nil) -> (Node, Int)? {
    diagnostics.append(Diagnostic(.badPath, at: part.location, message, suggestion: suggestion))
    return nil
  }
}

extension Shape {
  /// The shapes of which this is one.
  fileprivate var alternatives: [Shape] {
    if case .oneOf(let shapes) = self { shapes.flatMap(\.alternatives) } else { [self] }
  }

  /// Whether a path can go on with this part.
  fileprivate func accepts(_ part: String) -> Bool {
    switch self {
    case .section(let section): section.allKeys.contains { $0.name == part }
    case .named: true
    case .list(let element, _): Int(part) != nil || element.alternatives.contains { $0.accepts(part) }
    case .oneOf(let shapes): shapes.contains { $0.accepts(part) }
    case .scalar, .anything: false
    }
  }

  fileprivate var keyNames: [String] {
    if case .section(let section) = self { section.allKeys.map(\.name) } else { [] }
  }
}
