import Foundation

/// Traces in the JSON of Jaeger's user interface and query API (`/api/traces`, "Download JSON").
///
/// Accepted are `{"data": [trace…]}`, one trace, and an array of traces, a trace being
/// `{"traceID", "spans", "processes"}`; times are whole microseconds.
/// https://www.jaegertracing.io/docs/latest/apis/ and `model/json/model.go` of jaegertracing/jaeger.
public enum JaegerTraces {
  static let formatName = "Jaeger trace JSON ({\"data\": [{\"traceID\", \"spans\", \"processes\"}…]})"

  /// The traces in a file.
  ///
  /// - Throws: `InterchangeError` if the file cannot be read, or as `parse` does.
  public static func read(_ path: String) throws(InterchangeError) -> [Trace] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: reason(of: error))
    }
    return try parse(data)
  }

  /// The traces in a document.
  ///
  /// Broken traces pass: missing parents, duplicate ids and negative durations are for the reader of the traces to
  /// judge.
  /// - Throws: `InterchangeError` if `data` is not JSON, is another format, lacks a required value, or has no spans.
  public static func parse(_ data: Data) throws(InterchangeError) -> [Trace] {
    guard !data.isEmpty else { throw .empty(reason: "the file is empty") }
    let document: JaegerDocument
    do {
      document = try JSONDecoder().decode(JaegerDocument.self, from: data)
    } catch let error as DecodingError {
      throw diagnosis(of: data, after: error)
    } catch {
      throw .notJSON(reason: "\(error)")
    }
    var traces: [Trace] = []
    traces.reserveCapacity(document.traces.count)
    for trace in document.traces { traces.append(try trace.trace()) }
    if traces.allSatisfy(\.spans.isEmpty) {
      let problem = document.errors.first.map { "Jaeger reports the error \"\($0)\"" }
      throw .empty(reason: problem ?? (traces.isEmpty ? "the file has no traces" : "the traces have no spans"))
    }
    return traces
  }

  private static func reason(of error: any Error) -> String {
    guard let error = error as? CocoaError else { return error.localizedDescription }
    switch error.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: return "no such file"
    case .fileReadNoPermission: return "permission denied"
    default: break
    }
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error { return cause.localizedDescription }
    return error.localizedDescription
  }

  /// What is wrong with a document that did not decode: not JSON at all, another format, or a broken value.
  private static func diagnosis(of data: Data, after error: DecodingError) -> InterchangeError {
    let json: Any
    do {
      json = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
    } catch {
      return .notJSON(reason: JSONProblem.text(of: error))
    }
    if let format = TraceFormat(recognising: json), format != .jaeger {
      return .otherFormat(found: format.title, supported: formatName)
    }
    guard TraceFormat(recognising: json) == .jaeger else {
      return .otherFormat(found: "JSON of an unknown shape", supported: formatName)
    }
    return .malformed(place: JSONProblem.place(of: error), reason: JSONProblem.text(of: error))
  }
}
