/// The part of Jaeger's JSON that is read.
struct JaegerDocument: Decodable {
  let traces: [JaegerTrace]
  /// What the query API says went wrong.
  let errors: [String]

  private enum Key: String, CodingKey { case data, spans, errors }
  private struct Problem: Decodable { let msg: String? }

  init(from decoder: any Decoder) throws {
    guard let object = try? decoder.container(keyedBy: Key.self) else {
      traces = try decoder.singleValueContainer().decode([JaegerTrace].self)
      errors = []
      return
    }
    errors = ((try? object.decodeIfPresent([Problem].self, forKey: .errors)) ?? nil ?? []).compactMap(\.msg)
    if object.contains(.spans) {
      traces = [try JaegerTrace(from: decoder)]
    } else if errors.isEmpty {
      traces = try object.decode([JaegerTrace].self, forKey: .data)
    } else {
      traces = try object.decodeIfPresent([JaegerTrace].self, forKey: .data) ?? []
    }
  }
}

struct JaegerTrace: Decodable {
  let traceID: String
  let spans: [JaegerSpan]
  let processes: [String: JaegerProcess]?
}

struct JaegerSpan: Decodable {
  struct Reference: Decodable {
    let refType: String
    let traceID: String?
    let spanID: String
  }
  let spanID: String
  let operationName: String
  let references: [Reference]?
  /// What the first versions wrote in place of `references`.
  let parentSpanID: String?
  /// Microseconds since 1970.
  let startTime: WholeNumber
  /// Microseconds.
  let duration: WholeNumber
  let tags: [JaegerTag]?
  let processID: String?
  /// What a span bears that was exported by itself.
  let process: JaegerProcess?
}

struct JaegerProcess: Decodable {
  let serviceName: String
  let tags: [JaegerTag]?
}

/// An integer; what is none is a mismatch of types, and not the "invalid JSON" that Foundation takes 1.5 for.
struct WholeNumber: Decodable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    guard let value = try? decoder.singleValueContainer().decode(Int64.self) else {
      throw DecodingError.typeMismatch(
        Int64.self, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a whole number"))
    }
    self.value = value
  }
}

/// A tag's key, and its value as text.
struct JaegerTag: Decodable {
  let key: String
  let value: String

  private enum Key: String, CodingKey { case key, value }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    key = try object.decode(String.self, forKey: .key)
    if let text = try? object.decode(String.self, forKey: .value) {
      value = text
    } else if let flag = try? object.decode(Bool.self, forKey: .value) {
      value = flag ? "true" : "false"
    } else if let number = try? object.decode(Double.self, forKey: .value) {
      value = "\(number)"
    } else {
      value = ""
    }
  }
}
