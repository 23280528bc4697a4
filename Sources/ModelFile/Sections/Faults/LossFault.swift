import Model

extension LossFault {
  static let section = Section<FaultEffect>(
    "loss",
    "packets are lost, of requests and replies alike, and sent again after a while, as TCP does; at 100% nothing arrives "
      + "until the fault ends"
  ) { keys in
    let probability = keys.required(
      "probability", ValueKind<Probability>.positiveProbability.orRamp(ends: .probability),
      "how likely a transmission is lost; `from 0% to 5% over 10min` grows")
    let rto = keys.optional(
      "rto", .positiveDuration(usual: "ms"), standard: "200ms",
      "the time until the first retransmission of a call; each further one waits twice as long, at most 120s; players' "
        + "transfers are capped instead, and have no use for it")
    return { fields in
      guard fields.checkRamp(probability, least: 0, \.value) else { return nil }
      let moving = fields[probability]
      return .loss(LossFault(probability: moving.value, rto: fields[rto], ramp: moving.ramp(\.value)))
    }
  }
}
