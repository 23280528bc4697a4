import Model

extension SlowFault {
  static let section = Section<FaultEffect>("slow", "all work, also what runs, goes at this `speed`") { keys in
    let speed = keys.required(
      "speed", ValueKind<Probability>.positiveProbability.orRamp(),
      "the fraction of the usual speed: 25% makes work take four times as long; `from 100% to 20% over 5min` moves, in "
        + "100 steps")
    return { fields in
      guard fields.checkRamp(speed, least: 0, \.value) else { return nil }
      return .slow(SlowFault(speed: fields[speed].value.value, ramp: fields[speed].ramp(\.value)))
    }
  }
}
