/// A text that was read: a file, or the text of an option of the command line.
public final class SourceFile: Sendable, Hashable {
  public enum Kind: Hashable, Sendable {
    case file
    /// The text of an option; `path` is the option's name, for instance `--set`.
    case option
  }

  /// The path as the user wrote it, or as it was composed from an `include:`.
  public let path: String
  public let kind: Kind
  public let text: String
  /// The lines without their ends, by YAML's rules of what ends a line; scalars, as places are counted in them.
  let lines: [[Unicode.Scalar]]

  public init(path: String, text: String, kind: Kind = .file) {
    self.path = path
    self.kind = kind
    self.text = text
    self.lines = Self.lines(of: text)
  }

  public static func == (a: SourceFile, b: SourceFile) -> Bool {
    a.path == b.path && a.kind == b.kind && a.text == b.text
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(text)
  }

  /// The line of this number, from 1; empty beyond the end.
  func line(_ number: Int) -> [Unicode.Scalar] {
    lines.indices.contains(number - 1) ? lines[number - 1] : []
  }

  private static func lines(of text: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = []
    var line: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where afterReturn:
        afterReturn = false
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}":
        lines.append(line)
        line.removeAll()
        afterReturn = scalar == "\r"
      default:
        line.append(scalar)
        afterReturn = false
      }
    }
    lines.append(line)
    return lines
  }
}

/// A place in a text.
public struct SourceLocation: Hashable, Sendable {
  public let file: SourceFile
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// How many Unicode scalars from there are meant; at least 1.
  public let length: Int

  public init(file: SourceFile, line: Int, column: Int, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = max(1, length)
  }

  /// `path:line:column`, or the option with its text.
  public var description: String {
    switch file.kind {
    case .file: "\(file.path):\(line):\(column)"
    case .option: "\(file.path) \(file.text)"
    }
  }

  /// `path:line`, or the option's name.
  var shortDescription: String {
    switch file.kind {
    case .file: "\(file.path):\(line)"
    case .option: file.path
    }
  }
}
