import Model

/// Reads files, follows what they name, and gathers all that is wrong.
struct Loader {
  let reader: FileReader
  private(set) var sources: [SourceFile] = []
  var diagnostics: [Diagnostic] = []
  /// Those of the scenario that was decoded last.
  var sabotages: [SabotageText] = []

  init(reader: FileReader) { self.reader = reader }

  mutating func load(_ path: String, overrides: [CampaignPlan.Override]) throws(DiagnosticList) -> Document {
    let root = try tree(of: path)
    let overrides = texts(of: overrides)
    if let incident = root.entries?.first(where: { $0.key.text == "incident" }) {
      diagnostics.append(
        Diagnostic(
          .notSupportedYet, at: incident.key.location,
          "`incident` is not supported yet: incidents come with a later version"))
      throw failure()
    }
    switch kind(of: root) {
    case .campaign:
      return .campaign(try campaign(root, path: path, overrides: overrides))
    case .scenario:
      let base = modelTree(namedBy: root, key: "model", from: path)
      return .scenario(try scenario(root, base: base, overrides: overrides))
    case .model:
      let tree = withIncludes(root, path: path)
      let document = model(tree, overrides: overrides)
      return .model(try finished(document))
    case nil:
      diagnostics.append(
        Diagnostic(
          .wrongDocument, at: root.location, "this is neither a model nor a scenario nor a campaign",
          suggestion: "expected a key `model`, `scenario` or `campaign`"))
      throw failure()
    }
  }

  mutating func load(
    model modelPath: String, scenario path: String, overrides: [CampaignPlan.Override]
  ) throws(DiagnosticList) -> ScenarioDocument {
    let root = try tree(of: path)
    expect(.scenario, root, of: path, mentionedAt: nil)
    let overrides = texts(of: overrides)
    return try scenario(root, base: modelTree(at: modelPath, mentionedAt: nil), overrides: overrides)
  }

  enum Kind: String {
    case model, scenario, campaign
  }

  func kind(of root: Node) -> Kind? {
    if root["campaign"] != nil { return .campaign }
    if root["scenario"] != nil { return .scenario }
    return root["model"] == nil ? nil : .model
  }

  /// Reports a file that is of another kind than the place where it is named needs.
  @discardableResult
  mutating func expect(_ wanted: Kind, _ root: Node, of path: String, mentionedAt place: SourceLocation?) -> Bool {
    let found = kind(of: root)
    if found == wanted { return true }
    let what = found.map { "a \($0.rawValue)" } ?? "only a part of a model"
    diagnostics.append(
      Diagnostic(
        .wrongDocument, at: place ?? root.location,
        "a \(wanted.rawValue) is needed here, and `\(path)` is \(what)"))
    return false
  }

  private mutating func texts(of overrides: [CampaignPlan.Override]) -> [OverrideText] {
    overrides.compactMap { OverrideText($0, diagnostics: &diagnostics) }
  }

  /// The tree of a file, or all that is wrong with it.
  private mutating func tree(of path: String, mentionedAt place: SourceLocation? = nil) throws(DiagnosticList) -> Node {
    let file = try reader.read(path, mentionedAt: place)
    if !sources.contains(where: { $0.path == path }) { sources.append(file) }
    var found: [Diagnostic] = []
    let root = YAMLReader.read(file, diagnostics: &found)
    diagnostics += found
    guard let root else { throw failure() }
    guard root.entries != nil else {
      diagnostics.append(
        Diagnostic(.wrongKind, at: root.location, "expected a mapping with keys, found \(root.kindName)"))
      throw failure()
    }
    return root
  }

  /// The tree of a file that another one names; nil after having noted what is wrong.
  private mutating func treeIfReadable(_ path: String, mentionedAt place: SourceLocation?) -> Node? {
    let noted = diagnostics
    do {
      return try tree(of: path, mentionedAt: place)
    } catch {
      diagnostics = noted + error.diagnostics.filter { !noted.contains($0) }
      return nil
    }
  }

  /// The tree of the model, includes written in; nil after having noted what is wrong.
  mutating func modelTree(at path: String, mentionedAt place: SourceLocation?) -> Node? {
    guard let root = treeIfReadable(path, mentionedAt: place),
      expect(.model, root, of: path, mentionedAt: place)
    else { return nil }
    return withIncludes(root, path: path)
  }

  mutating func modelTree(namedBy root: Node, key: String, from path: String) -> Node? {
    guard let node = root[key] else {
      diagnostics.append(Diagnostic(.missingKey, at: root.location, "the file lacks the key `\(key)`"))
      return nil
    }
    guard let phrase = node.phrase, !phrase.text.isEmpty else {
      diagnostics.append(
        Diagnostic(.wrongKind, at: node.location, "expected the path of a file, found \(node.kindName)"))
      return nil
    }
    return modelTree(at: relativePath(phrase.text, from: path), mentionedAt: phrase.location)
  }

  mutating func scenarioTree(namedBy root: Node, from path: String) -> Node? {
    guard let phrase = root["scenario"]?.phrase, !phrase.text.isEmpty else { return nil }
    let path = relativePath(phrase.text, from: path)
    guard let tree = treeIfReadable(path, mentionedAt: phrase.location),
      expect(.scenario, tree, of: path, mentionedAt: phrase.location)
    else { return nil }
    return tree
  }

  private mutating func withIncludes(_ root: Node, path: String) -> Node {
    var merge = IncludeMerge(root: root)
    var pending = merge.includes(of: root, path: path, trail: [path])
    while !pending.isEmpty {
      let include = pending.removeFirst()
      guard merge.admits(include),
        let part = treeIfReadable(include.path, mentionedAt: include.location)
      else { continue }
      pending = merge.add(part, of: include) + pending
    }
    diagnostics += merge.diagnostics
    return merge.root
  }

  /// The document, or all that is wrong.
  func finished<Result>(_ document: Result?) throws(DiagnosticList) -> Result {
    guard let document, !diagnostics.contains(where: { $0.severity == .error }) else { throw failure() }
    return document
  }

  /// What has been noted, each once, in the order of the files and of their lines.
  func failure() -> DiagnosticList { DiagnosticList(sorted) }

  var sorted: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let files = sources.map(\.path)
    func position(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
      (
        files.firstIndex(of: diagnostic.path) ?? -1, diagnostic.location?.line ?? 0,
        diagnostic.location?.column ?? 0
      )
    }
    return diagnostics.filter { seen.insert($0).inserted }.enumerated()
      .sorted { a, b in
        let (left, right) = (position(a.element), position(b.element))
        return left == right ? a.offset < b.offset : left < right
      }
      .map(\.element)
  }

  var warnings: [Diagnostic] { sorted.filter { $0.severity == .warning } }
}
