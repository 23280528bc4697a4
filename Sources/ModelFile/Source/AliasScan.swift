/// Looks for aliases in a YAML text before it is parsed.
///
/// An alias repeats a part of a document, and aliases of aliases repeat it without bound, in breadth (a
/// "billion laughs") and in depth. The parser resolves aliases as it goes, so the bound has to stand before it.
/// The scan is coarse on purpose: it may take a word of a plain text for an alias, never the other way round.
struct AliasScan {
  /// The most aliases a file may have.
  static let limit = 20

  private(set) var count = 0
  /// The first alias beyond the limit, or in a key.
  private(set) var offence: SourceLocation?

  init(_ file: SourceFile) {
    guard file.text.utf8.contains(UInt8(ascii: "*")) else { return }
    var hasComplexKey: SourceLocation?
    for (index, line) in file.lines.enumerated() {
      for (column, scalar) in line.enumerated() where "*]}?".unicodeScalars.contains(scalar) {
        let here = SourceLocation(file: file, line: index + 1, column: column + 1)
        switch scalar {
        case "*" where Self.startsToken(line, at: column):
          count += 1
          if count > Self.limit, offence == nil { offence = here }
          if Self.isKey(line, after: Self.endOfWord(line, from: column)) { hasComplexKey = here }
        case "]", "}":
          if Self.isKey(line, after: column + 1) { hasComplexKey = here }
        case "?" where Self.startsToken(line, at: column):
          if column + 1 == line.count || line[column + 1].properties.isWhitespace {
            hasComplexKey = here
          }
        default: break
        }
      }
    }
    if count > 0, offence == nil { offence = hasComplexKey }
  }

  private static func startsToken(_ scalars: [Unicode.Scalar], at column: Int) -> Bool {
    column == 0 || scalars[column - 1].properties.isWhitespace || "[{,?:-".unicodeScalars.contains(scalars[column - 1])
  }

  private static func endOfWord(_ scalars: [Unicode.Scalar], from column: Int) -> Int {
    scalars[column...].firstIndex { $0.properties.isWhitespace || ",[]{}:".unicodeScalars.contains($0) }
      ?? scalars.count
  }

  private static func isKey(_ scalars: [Unicode.Scalar], after column: Int) -> Bool {
    scalars[min(column, scalars.count)...].first { !$0.properties.isWhitespace } == ":"
  }
}
