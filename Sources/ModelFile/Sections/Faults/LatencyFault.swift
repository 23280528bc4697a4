import Model
import Sampling

extension LatencyFault {
  static let section = Section<FaultEffect>("latency", "calls take longer, by `add`, by `factor` or by both") { keys in
    let addKey = keys.optional(
      "add", ValueKind<Distribution>.distribution(usual: "ms").orRamp().orNone(), standard: "none",
      "time that is added before the call reaches the callee: a duration or a distribution, or a duration that grows, "
        + "`from 0ms to 400ms over 5min`")
    let factorKey = keys.optional(
      "factor", ValueKind<Double>.factor(above: 1, orEqual: true).orRamp(), standard: "x1",
      "multiplies what the callee took to answer: `x3` makes it three times as long; `from x1 to x3 over 5min` grows")
    return { fields in
      let (add, factor) = (fields[addKey], fields[factorKey])
      if add == nil, factor.value == 1, factor.start == nil {
        fields.decoding.report(
          .missingKey, at: fields.decoding.holder ?? fields.location(factorKey),
          "a latency fault needs `add` or `factor`")
        return nil
      }
      guard fields.checkRamp(factorKey, least: 1, { $0 }) else { return nil }
      if let add, let start = add.start {
        guard case .constant(let first) = start.value, case .constant(let last) = add.value else {
          fields.decoding.report(
            .badRamp, at: fields.location(addKey), "a ramp of `add` leads from a duration to a duration",
            suggestion: "expected one such as `from 0ms to 400ms over 5min`")
          return nil
        }
        if first == last {
          fields.decoding.report(.badRamp, at: fields.location(addKey), "both ends of this ramp are the same")
          return nil
        }
      }
      return .latency(
        LatencyFault(
          add: add?.value, factor: factor.value, addRamp: add?.ramp { $0.mean }, factorRamp: factor.ramp { $0 }))
    }
  }
}
