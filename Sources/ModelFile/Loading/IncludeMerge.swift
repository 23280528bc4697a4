/// Merges the files that a model includes into one tree.
struct IncludeMerge {
  struct Include {
    let path: String
    let location: SourceLocation
    /// The files from the model to the one that includes this one.
    let trail: [String]
  }

  private(set) var root: Node
  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<String> = []

  init(root: Node) { self.root = root }

  /// The keys under which parts give names.
  private static let namedKeys = [
    "regions", "policies", "workloads", "services", "objectives", "players", "cdns", "failures",
  ]

  /// The files that a part includes, by their paths as they are opened.
  func includes(of part: Node, path: String, trail: [String]) -> [Include] {
    (part["include"]?.items ?? []).compactMap(\.phrase).map { phrase in
      Include(path: relativePath(phrase.text, from: path), location: phrase.location, trail: trail)
    }
  }

  /// Whether a file is still to be read: a cycle is an error, a second mention is not.
  mutating func admits(_ include: Include) -> Bool {
    if include.trail.contains(include.path) {
      let cycle = (include.trail + [include.path]).joined(separator: " -> ")
      diagnostics.append(Diagnostic(.includeCycle, at: include.location, "files include each other: \(cycle)"))
      return false
    }
    return seen.insert(include.path).inserted
  }

  /// Adds a part, and returns what it includes itself.
  mutating func add(_ part: Node, of include: Include) -> [Include] {
    if let kind = ["campaign", "scenario"].first(where: { part[$0] != nil }) {
      diagnostics.append(
        Diagnostic(.badInclude, at: include.location, "`\(include.path)` is a \(kind), which no model can include"))
      return []
    }
    for entry in part.entries ?? [] {
      let key = entry.key.text
      if key == "include" { continue }
      if ["model", "description", "time"].contains(key) {
        diagnostics.append(
          Diagnostic(
            .badInclude, at: entry.key.location, "`\(key)` belongs into the file that includes this one"))
      } else if let entries = entry.value.entries, Self.namedKeys.contains(key) {
        add(entries, under: entry.key)
      } else if let first = root.entries?.first(where: { $0.key.text == key }) {
        diagnostics.append(
          Diagnostic(
            .duplicateName, at: entry.key.location,
            "`\(key)` is declared twice, first in \(first.key.location.shortDescription)"))
      } else {
        root.set(entry.key, to: entry.value)
      }
    }
    return includes(of: part, path: include.path, trail: include.trail + [include.path])
  }

  private mutating func add(_ entries: [Node.Entry], under key: Phrase) {
    var all = root[key.text]?.entries ?? []
    let places = Dictionary(all.map { ($0.key.text, $0.key.location) }, uniquingKeysWith: { first, _ in first })
    for entry in entries {
      if let first = places[entry.key.text] {
        diagnostics.append(
          Diagnostic(
            .duplicateName, at: entry.key.location,
            "`\(entry.key.text)` is declared twice, first in \(first.shortDescription)"))
      } else {
        all.append(entry)
      }
    }
    root.set(key, to: Node(content: .mapping(all), location: root[key.text]?.location ?? key.location))
  }
}
