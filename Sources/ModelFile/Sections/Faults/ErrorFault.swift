import Model

extension ErrorFault {
  static let section = Section<FaultEffect>(
    "error", "calls are answered at once with an error, without work, each with the `probability`"
  ) { keys in
    let probability = keys.optional(
      "probability", .positiveProbability, standard: "100%", "how likely a call is answered with the error")
    return { .error(ErrorFault(probability: $0[probability])) }
  }
}
