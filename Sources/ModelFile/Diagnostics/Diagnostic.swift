/// Something wrong, or doubtful, in a file, with its place and what would be right.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable { case error, warning }

  public let id: DiagnosticID
  public let severity: Severity
  public let location: SourceLocation?
  /// The path of a file that could not be read, where there is no place in a text.
  public let path: String
  public let message: String
  /// What stands beside the caret: `did you mean …?` or what was expected.
  public let suggestion: String?

  public init(
    _ id: DiagnosticID, severity: Severity = .error, at location: SourceLocation, _ message: String,
    suggestion: String? = nil
  ) {
    self.id = id
    self.severity = severity
    self.location = location
    self.path = location.file.path
    self.message = message
    self.suggestion = suggestion
  }

  public init(_ id: DiagnosticID, path: String, _ message: String) {
    self.id = id
    self.severity = .error
    self.location = nil
    self.path = path
    self.message = message
    self.suggestion = nil
  }

  /// The place, the message, the line itself and a caret under the part that is meant.
  public var rendered: String {
    guard let location else { return "\(path): \(severity.rawValue): \(message) [\(id.rawValue)]" }
    let head = "\(location.description): \(severity.rawValue): \(message) [\(id.rawValue)]"
    let excerpt = Excerpt(of: location)
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.count)
    let caret = excerpt.indent + String(repeating: "^", count: excerpt.length)
    let hint = suggestion.map { " \($0)" } ?? ""
    return "\(head)\n\(number) | \(excerpt.text)\n\(margin) | \(caret)\(hint)"
  }
}

/// The part of a source line that is shown, and where the caret goes under it.
private struct Excerpt {
  static let width = 140
  let text: String
  let indent: String
  let length: Int

  init(of location: SourceLocation) {
    let line = location.file.line(location.line)
    var start = min(location.column - 1, line.count)
    let dropped = line.count > Self.width ? max(0, start - Self.width / 2) : 0
    start -= dropped
    let scalars = line.dropFirst(dropped).prefix(Self.width)
    text = scalars.map { $0.isPrintable ? String($0) : "?" }.joined()
    indent = scalars.prefix(start).map { $0 == "\t" ? "\t" : " " }.joined()
    length = max(1, min(location.length, scalars.count - start))
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool { self == "\t" || properties.generalCategory != .control }
}

/// All that is wrong with an input.
public struct DiagnosticList: Error, Hashable, Sendable {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// Every diagnostic as a user sees it, one after the other.
  public var rendered: String { diagnostics.map(\.rendered).joined(separator: "\n") }
}

extension DiagnosticList: CustomStringConvertible {
  public var description: String { rendered }
}
