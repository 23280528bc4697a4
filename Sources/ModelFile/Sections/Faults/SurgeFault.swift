import Model

extension SurgeFault {
  static let section = Section<FaultEffect>(
    "surge",
    "a workload asks `factor` times as often; the arrivals added have keys of their own, the others stay as they are"
  ) { keys in
    let factor = keys.required("factor", .factor(above: 1, orEqual: false), "how many times as often, such as `x3`")
    return { .surge(SurgeFault(factor: $0[factor])) }
  }
}
