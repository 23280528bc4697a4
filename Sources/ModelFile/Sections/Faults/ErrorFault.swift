import Model

extension ErrorFault {
  static let section = Section<FaultEffect>("error", "Calls are answered at once with an error.") { keys in
    let probability = keys.optional(
      "probability", .positiveProbability, standard: "100%", "how likely each call is answered so")
    return { .error(ErrorFault(probability: $0[probability])) }
  }
}
