import Model

extension SlowFault {
  static let section = Section<FaultEffect>("slow", "Work goes at a fraction of its speed.") { keys in
    let speed = keys.required("speed", .positiveProbability, "the fraction: 25% makes work take four times as long")
    return { .slow(SlowFault(speed: $0[speed].value)) }
  }
}
