/// The scalars of the language, as a JSON Schema sees them once a YAML 1.2 loader has read the file.
///
/// Such a loader yields a number for `12` and for `0.05`, and a string for `250ms`; patterns bind strings alone.
extension ScalarShape {
  static let text = ScalarShape(
    name: "text", expectation: "a text", schema: ["type": ["string", "number", "boolean", "null"]])

  static let none = ScalarShape(name: nil, expectation: "`none`", schema: ["const": "none"])

  static func word(_ words: [String], what: String) -> ScalarShape {
    ScalarShape(
      name: nil, expectation: "one of \(alternatives(words))", schema: ["enum": .array(words.map { .string($0) })])
  }

  static func count(_ range: ClosedRange<Int>) -> ScalarShape {
    ScalarShape(
      name: nil, expectation: "a whole number",
      schema: [
        "type": ["integer", "string"], "minimum": .integer(range.lowerBound), "pattern": "^[0-9]+$",
      ])
  }

  static func countOrUnbounded(_ range: ClosedRange<Int>) -> ScalarShape {
    ScalarShape(
      name: nil, expectation: "a whole number or `unbounded`",
      schema: [
        "type": ["integer", "string"], "minimum": .integer(range.lowerBound), "pattern": "^([0-9]+|unbounded)$",
      ])
  }

  static let calls = ScalarShape(
    name: "calls", expectation: "a number of calls such as `100 calls`",
    schema: ["type": "string", "pattern": "^[0-9]+ calls?$"])

  static let callsOrDuration = ScalarShape(
    name: "callsOrDuration", expectation: "`100 calls` or a duration such as `60s`",
    schema: ["type": "string", "pattern": .string("^[0-9]+ calls?$|^\(Pattern.duration)$")])

  static let duration = ScalarShape(
    name: "duration", expectation: "a duration such as `250ms`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.duration)$")])

  static let timeOfDay = ScalarShape(
    name: "timeOfDay", expectation: "a time of day such as `19:00`",
    schema: ["type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"])

  static let fraction = ScalarShape(
    name: "fraction", expectation: "a fraction such as `5%` or `0.05`",
    schema: [
      "type": ["number", "string"], "minimum": 0, "maximum": 1,
      "pattern": .string("^\(Pattern.number)%?$"),
    ])

  static let fractionOrCount = ScalarShape(
    name: "fractionOrCount", expectation: "a fraction such as `50%` or a whole number",
    schema: ["type": ["integer", "string"], "minimum": 1, "pattern": .string("^\(Pattern.number)%$|^[0-9]+$")])

  static let factor = ScalarShape(
    name: "factor", expectation: "a factor such as `x3`",
    schema: ["type": ["number", "string"], "minimum": 0, "pattern": .string("^x?\(Pattern.number)$")])

  static let distribution = ScalarShape(
    name: "distribution", expectation: "a duration such as `40ms`, or a distribution such as `exponential(mean=20ms)`",
    schema: [
      "description": .string(Meaning.distribution), "type": "string",
      "pattern": .string(
        "^\(Pattern.duration)$|^(\(DistributionName.allCases.map(\.rawValue).joined(separator: "|")))\\(.*\\)$"),
    ])

  static let arrivals = ScalarShape(
    name: "arrivals", expectation: "arrivals such as `poisson(120/s)`",
    schema: [
      "description": .string(Meaning.arrivals), "type": "string",
      "pattern": .string(
        "^(poisson|constant)\\( *\(Pattern.number)/\(Pattern.timeUnit) *\\)$"
          + "|^(renewal|diurnal|piecewise|ramp|replay|closed)\\(.*\\)$"),
    ])

  static let backoff = ScalarShape(
    name: "backoff", expectation: "a pause such as `500ms`, or `exponential(base=50ms factor=2 max=1s)`",
    schema: [
      "description": .string(Meaning.backoff), "type": "string",
      "pattern": .string("^\(Pattern.duration)$|^exponential\\(.*\\)$"),
    ])

  static let name = ScalarShape(
    name: "name", expectation: "a name",
    schema: ["type": ["string", "number", "boolean"], "pattern": .string("^\(Pattern.name)$")])

  static let endpointPath = ScalarShape(
    name: "endpointPath", expectation: "an endpoint such as `payments.charge`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.name)\\.\(Pattern.name)$")])

  static let target = ScalarShape(
    name: "target",
    expectation: "a target such as `service`, `service.endpoint`, `caller -> service`, `service#2` or `zone us-east.a`",
    schema: ["description": .string(Meaning.target), "type": ["string", "number", "boolean"]])

  static let scope = ScalarShape(
    name: "scope", expectation: "a scope such as `100%`, `5% of devices`, `one device` or `2 replicas`",
    schema: ["description": .string(Meaning.scope), "type": ["number", "string"]])

  static let ramp = ScalarShape(
    name: "ramp", expectation: "a ramp such as `from 0% to 30% over 10min`",
    schema: ["type": "string", "pattern": .string("^from .+ to .+ over \(Pattern.duration)$")])

  static let path = ScalarShape(
    name: "path", expectation: "the path of a file", schema: ["type": "string", "minLength": 1])
}

/// Parts of the patterns of scalars.
enum Pattern {
  static let number = "[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?"
  static let timeUnit = "(ns|us|ms|s|min|h|d|y)"
  static let duration = "\(number)\(timeUnit)"
  static let name = "[A-Za-z0-9-]+"
}
