import Yams

/// Reads one YAML document into a tree whose every part knows its place.
struct YAMLReader {
  /// The deepest nesting of a document.
  static let depthLimit = 64
  /// The most parts a document may have once its aliases are written out.
  static let partLimit = 100_000

  /// The most duplicate keys that are told apart in one go.
  private static let duplicateLimit = 10

  private let file: SourceFile
  private var parts = 0
  private var renamed: Renamed
  private(set) var diagnostics: [Diagnostic] = []

  /// Duplicate keys that were renamed, so that the parser, which stops at the first of them, goes on.
  private struct Renamed {
    var text: String
    /// The original first letter, by line and column.
    var letters: [[Int]: Unicode.Scalar] = [:]
  }

  /// The document, or nothing where the file isn't one; what is wrong is added to `diagnostics`.
  /// - Parameter yaml: what is parsed instead of the file's text, its places being the same.
  static func read(_ file: SourceFile, yaml: String? = nil, diagnostics: inout [Diagnostic]) -> Node? {
    var reader = YAMLReader(file: file, renamed: Renamed(text: yaml ?? file.text))
    defer { diagnostics += reader.diagnostics }
    if let offence = AliasScan(file).offence {
      reader.diagnostics.append(
        Diagnostic(
          .aliasLimit, at: offence,
          "a file may have at most \(AliasScan.limit) aliases, and none in a key",
          suggestion: "say it once in `policies`, or write it out"))
      return nil
    }
    guard let root = reader.compose() else { return nil }
    return reader.convert(root, depth: 0)
  }

  private mutating func compose() -> Yams.Node? {
    for _ in 0..<Self.duplicateLimit {
      do {
        let root = try Yams.compose(yaml: renamed.text, .basic, .default, .utf8)
        if let root, root.scalar?.string != "" { return root }
        diagnostics.append(Diagnostic(.emptyFile, path: file.path, "there is nothing in this file"))
        return nil
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        if rename(at: context.mark) { continue }
        diagnostics.append(
          Diagnostic(
            .duplicateKey, at: location(context.mark),
            "the key `\(keys.first ?? "")` is given twice"))
        return nil
      } catch {
        diagnostics.append(diagnostic(for: error))
        return nil
      }
    }
    diagnostics.append(Diagnostic(.duplicateKey, path: file.path, "there are too many keys that are given twice"))
    return nil
  }

  /// Replaces the first letter of a key by one that occurs in no text.
  private mutating func rename(at mark: Mark) -> Bool {
    var line = 1
    var column = 1
    var afterReturn = false
    let text = renamed.text.unicodeScalars
    for index in text.indices {
      let scalar = text[index]
      if line == mark.line, column >= mark.column {
        if column == mark.column, scalar == "\"" || scalar == "'" {
          column += 1
          continue
        }
        guard scalar.properties.isAlphabetic,
          let stand = Unicode.Scalar(0xE000 + UInt32(renamed.letters.count))
        else { return false }
        renamed.letters[[mark.line, mark.column]] = scalar
        renamed.text.unicodeScalars.replaceSubrange(index...index, with: [stand])
        return true
      }
      switch scalar {
      case "\n" where afterReturn: afterReturn = false
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}":
        line += 1
        column = 1
        afterReturn = scalar == "\r"
      default:
        column += 1
        afterReturn = false
      }
    }
    return false
  }

  private mutating func convert(_ node: Yams.Node, depth: Int) -> Node? {
    let place = node.mark.map(location) ?? SourceLocation(file: file, line: 1, column: 1)
    parts += 1
    if depth > Self.depthLimit {
      report(.tooDeep, at: place, "this is nested more than \(Self.depthLimit) levels deep")
      return nil
    }
    if parts > Self.partLimit {
      report(.tooManyParts, at: place, "the document has more than \(Self.partLimit) parts")
      return nil
    }
    switch node {
    case .scalar(let scalar):
      let phrase = phrase(scalar)
      return Node(content: .scalar(phrase), location: phrase.location)
    case .sequence(let sequence):
      var items: [Node] = []
      for item in sequence {
        guard let item = convert(item, depth: depth + 1) else { return nil }
        items.append(item)
      }
      return Node(content: .sequence(items), location: place)
    case .mapping(let mapping):
      return convert(mapping, at: place, depth: depth)
    case .alias:
      return nil
    }
  }

  private mutating func convert(_ mapping: Yams.Node.Mapping, at place: SourceLocation, depth: Int) -> Node? {
    var entries: [Node.Entry] = []
    var lines: [String: Int] = [:]
    for (key, value) in mapping {
      guard let scalar = key.scalar else {
        report(.wrongKind, at: key.mark.map(location) ?? place, "a key has to be a name")
        continue
      }
      let name = phrase(scalar)
      guard let value = convert(value, depth: depth + 1) else { return nil }
      if let line = lines[name.text] {
        report(
          .duplicateKey, at: name.location, "the key `\(name.text)` is given twice, first in line \(line)")
      } else {
        lines[name.text] = name.location.line
        entries.append(Node.Entry(key: name, value: value))
      }
    }
    return Node(content: .mapping(entries), location: place)
  }

  /// The scalar with its place, and with its original first letter.
  private func phrase(_ scalar: Yams.Node.Scalar) -> Phrase {
    guard let mark = scalar.mark else {
      return Phrase(
        text: scalar.string, location: SourceLocation(file: file, line: 1, column: 1), isVerbatim: false)
    }
    var text = scalar.string
    if let letter = renamed.letters[[mark.line, mark.column]], !text.isEmpty {
      text.unicodeScalars.replaceSubrange(
        text.unicodeScalars.startIndex...text.unicodeScalars.startIndex, with: [letter])
    }
    let wanted = Array(text.unicodeScalars)
    let line = file.line(mark.line)
    for offset in [0, 1] where scalar.style != .literal && scalar.style != .folded {
      let rest = line.dropFirst(mark.column - 1 + offset)
      guard rest.starts(with: wanted) else { continue }
      let place = SourceLocation(
        file: file, line: mark.line, column: mark.column + offset, length: wanted.count)
      return Phrase(text: text, location: place, isVerbatim: true)
    }
    return Phrase(text: text, location: location(mark), isVerbatim: false)
  }

  private func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }

  private mutating func report(_ id: DiagnosticID, at place: SourceLocation, _ message: String) {
    diagnostics.append(Diagnostic(id, at: place, message))
  }

  private func diagnostic(for error: any Error) -> Diagnostic {
    let start = SourceLocation(file: file, line: 1, column: 1)
    guard let error = error as? YamlError else { return Diagnostic(.notYAML, at: start, "\(error)") }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if problem.contains("nesting level") {
        return Diagnostic(
          .tooDeep, at: location(mark), "this is nested more than \(Self.depthLimit) levels deep")
      }
      if problem.contains("undefined alias") {
        return Diagnostic(
          .notYAML, at: location(mark),
          "this alias has no anchor before it; an alias inside of its own anchor is a cycle")
      }
      if problem.contains("another document") {
        return Diagnostic(.notYAML, at: location(mark), "a file holds one document, and here another one begins")
      }
      let before = context.map { "\($0.text) in line \($0.mark.line), " } ?? ""
      return Diagnostic(.notYAML, at: location(mark), "not YAML: \(before)\(problem)")
    case .reader(let problem, let offset, _, let text):
      return Diagnostic(.notYAML, at: offset.map { place(ofCharacter: $0, in: text) } ?? start, "not YAML: \(problem)")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded, .duplicatedKeysInMapping:
      return Diagnostic(.notYAML, at: start, "not YAML: \(error)")
    }
  }

  private func place(ofCharacter offset: Int, in text: String) -> SourceLocation {
    let before = SourceFile(path: file.path, text: String(text.prefix(offset)))
    return SourceLocation(
      file: file, line: before.lines.count,
      column: (before.lines.last?.count ?? 0) + 1)
  }
}
