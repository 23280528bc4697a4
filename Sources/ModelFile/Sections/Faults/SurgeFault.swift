import Model

extension SurgeFault {
  static let section = Section<FaultEffect>(
    "surge",
    "a workload asks `factor` times as often; the arrivals added have keys of their own, the others stay as they are"
  ) { keys in
    let factor = keys.required(
      "factor", ValueKind<Double>.factor(above: 1, orEqual: false).orRamp(ends: .factor(above: 1, orEqual: true)),
      "how many times as often, such as `x3`; `from x1 to x3 over 5min` grows")
    return { fields in
      guard fields.checkRamp(factor, least: 1, { $0 }) else { return nil }
      let highest = max(fields[factor].value, fields[factor].start?.value ?? 1)
      guard highest <= Limit.surge else {
        fields.decoding.report(
          .outOfRange, at: fields.location(factor), "a surge asks at most \(Int(Limit.surge)) times as often")
        return nil
      }
      return .surge(SurgeFault(factor: fields[factor].value, ramp: fields[factor].ramp { $0 }))
    }
  }
}
