import Model

/// A decoded model that can be decoded again with something else set in it.
struct ChangeableModel: Sendable {
  let model: SystemModel
  private let values: [String: Explanation.Entry]
  private let tree: Node
  private let reader: FileReader

  /// - Parameter tree: what it was decoded from, before policies are adopted.
  init(_ document: ModelDocument, tree: Node, reader: FileReader) {
    model = document.model
    values = Self.values(document.explanation.entries)
    self.tree = tree
    self.reader = reader
  }

  /// The model with another value.
  struct Changed: Sendable {
    let model: SystemModel
    /// The values that differ, those that are new or gone among them, in the order of their paths.
    let differences: [Explanation.Entry]
    /// The values at the path that was set, and below it.
    let covered: [Explanation.Entry]
  }

  /// Sets a value; nil after having reported what is wrong with it.
  func setting(_ override: OverrideText, _ decoding: Decoding) -> Changed? {
    var problems: [Diagnostic] = []
    let changed = OverrideApplication.apply([override], to: tree, of: SystemModel.section.shape, diagnostics: &problems)
    let expanded = OriginShorthand.expanded(in: changed)
    let root = ProfileAdoption.apply(to: PolicyAdoption.apply(to: expanded))
    let own = Decoding(names: Names(of: root), reader: reader)
    let model = problems.isEmpty ? SystemModel.section.decode(root, own) : nil
    if problems.isEmpty { own.checkCalls() }
    problems += own.diagnostics.filter { $0.severity == .error }
    guard problems.isEmpty, let model else {
      decoding.report(problems)
      return nil
    }
    let values = Self.values(own.explanation)
    let paths = Set(values.keys).union(self.values.keys).sorted()
    return Changed(
      model: model,
      differences: paths.filter { values[$0]?.value != self.values[$0]?.value }
        .compactMap { values[$0] ?? self.values[$0] },
      covered: paths.compactMap { values[$0] }.filter { $0.isAt(override.path.text) })
  }

  private static func values(_ entries: [Explanation.Entry]) -> [String: Explanation.Entry] {
    Dictionary(entries.map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
  }
}

extension Explanation.Entry {
  /// Whether it is at a path with `*` for any name, or below it.
  fileprivate func isAt(_ path: String) -> Bool {
    let wanted = path.split(separator: ".")
    let own = self.path.split(separator: ".")
    guard own.count >= wanted.count else { return false }
    return zip(own, wanted).allSatisfy { $0 == $1 || $1 == "*" }
  }
}
