import Model

extension LossFault {
  static let section = Section<FaultEffect>(
    "loss", "what is sent is lost on the way, each transmission with the `probability`; at 100% nothing is answered"
  ) { keys in
    let probability = keys.required("probability", .positiveProbability, "how likely a transmission is lost")
    let rto = keys.optional(
      "rto", .positiveDuration(usual: "ms"), standard: "200ms",
      "the time until the first retransmission of a call; players' transfers are capped instead, and have no use for it"
    )
    return { .loss(LossFault(probability: $0[probability], rto: $0[rto])) }
  }
}
