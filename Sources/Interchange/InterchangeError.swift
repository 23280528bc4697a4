/// Why a foreign file could not be read.
public enum InterchangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file could not be opened or read; the operating system's reason.
  case unreadable(path: String, reason: String)
  /// The bytes are not JSON; what the parser met, and where.
  case notJSON(reason: String)
  /// The file is JSON of another format than the importer's.
  case otherFormat(found: String, supported: String)
  /// A value is missing, of the wrong type or out of range.
  case malformed(place: String, reason: String)
  /// There is nothing in the file to import.
  case empty(reason: String)
  /// There are traces, but none of them makes sense; what is wrong with them.
  case nothingUsable(reasons: [String])

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .notJSON(let reason): "this is not JSON: \(reason)"
    case .otherFormat(let found, let supported): "this is \(found), not \(supported)"
    case .malformed(let place, let reason): "\(place): \(reason)"
    case .empty(let reason): "nothing to import: \(reason)"
    case .nothingUsable(let reasons): "no usable trace: " + reasons.joined(separator: "; ")
    }
  }
}
