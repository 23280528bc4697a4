import Model

extension SurgeFault {
  static let section = Section<FaultEffect>("surge", "A workload asks more often.") { keys in
    let factor = keys.required("factor", .factor(above: 1, orEqual: false), "how many times as often, such as `x3`")
    return { .surge(SurgeFault(factor: $0[factor])) }
  }
}
