import Model

extension SlowFault {
  static let section = Section<FaultEffect>("slow", "all work, also what runs, goes at this `speed`") { keys in
    let speed = keys.required(
      "speed", .positiveProbability, "the fraction of the usual speed: 25% makes work take four times as long")
    return { .slow(SlowFault(speed: $0[speed].value)) }
  }
}
