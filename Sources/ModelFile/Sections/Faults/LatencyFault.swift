import Model
import Sampling

extension LatencyFault {
  static let section = Section<FaultEffect>("latency", "calls take longer, by `add`, by `factor` or by both") { keys in
    let addKey = keys.optional(
      "add", ValueKind<Distribution>.distribution(usual: "ms").orNone(), standard: "none",
      "time that is added before the call reaches the callee: a duration or a distribution")
    let factorKey = keys.optional(
      "factor", .factor(above: 1, orEqual: true), standard: "x1",
      "multiplies what the callee took to answer: `x3` makes it three times as long")
    return { fields in
      let (add, factor) = (fields[addKey], fields[factorKey])
      if add == nil, factor == 1 {
        fields.decoding.report(
          .missingKey, at: fields.decoding.holder ?? fields.location(factorKey),
          "a latency fault needs `add` or `factor`")
        return nil
      }
      return .latency(LatencyFault(add: add, factor: factor))
    }
  }
}
