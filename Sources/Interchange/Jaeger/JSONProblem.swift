import Foundation

/// The words for what Foundation's JSON readers complain about.
enum JSONProblem {
  /// Where in the document: `data[0].spans[3].duration`.
  static func place(of error: DecodingError) -> String {
    var path = ""
    for key in context(of: error).codingPath {
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return path.isEmpty ? "the document" : path
  }

  /// What is wrong there.
  static func text(of error: any Error) -> String {
    if let error = error as? DecodingError {
      switch error {
      case .keyNotFound(let key, _): return "`\(key.stringValue)` is missing"
      case .valueNotFound: return "null where a value belongs"
      case .typeMismatch(let type, _): return "expected \(name(of: type))"
      case .dataCorrupted(let context): return underlying(context.underlyingError) ?? context.debugDescription
      @unknown default: return "\(error)"
      }
    }
    return underlying(error) ?? "\(error)"
  }

  private static func underlying(_ error: (any Error)?) -> String? {
    (error as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int64.Type: "a whole number"
    case is [String: Any].Type: "an object"
    case is [Any].Type: "an array"
    default: "\(type)"
    }
  }

  private static func context(of error: DecodingError) -> DecodingError.Context {
    switch error {
    case .keyNotFound(_, let context), .valueNotFound(_, let context), .typeMismatch(_, let context),
      .dataCorrupted(let context):
      context
    @unknown default: DecodingError.Context(codingPath: [], debugDescription: "\(error)")
    }
  }
}
