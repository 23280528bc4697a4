import Model
import Sampling

extension LatencyFault {
  static let section = Section<FaultEffect>("latency", "Calls take longer.") { keys in
    let addKey = keys.optional(
      "add", ValueKind<Distribution>.distribution(usual: "ms").orNone(), standard: "none",
      "time before a call reaches the callee")
    let factorKey = keys.optional(
      "factor", .factor(above: 1, orEqual: true), standard: "x1", "times what the callee took")
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
