import Model

extension DeployFault {
  static let section = Section<FaultEffect>(
    "bad-deploy",
    "a bad version is rolled out over the replicas of services, batch by batch, and rolled back in the same batches when "
      + "the fault ends"
  ) { keys in
    let effect = keys.required(
      "effect", .section(deployed), "what the bad version does, such as `{inject: error, probability: 20%}`")
    let batch = keys.optional(
      "batch", .amount, standard: "25%",
      "how many replicas of a service change at once: a part of them, at least one, or a number")
    let every = keys.required("every", .positiveDuration(usual: "min"), "time from one batch to the next")
    let restart = keys.optional(
      "restart", .duration(usual: "s"), standard: "30s",
      "how long a batch is out while it changes: it gets no new calls, and what it is doing goes on")
    return { fields in
      // How many batches there are is known with the targets.
      .badDeploy(
        DeployFault(
          effect: fields[effect], batch: fields[batch], every: fields[every], restart: fields[restart], batches: 1))
    }
  }

  private static let deployed = Section<FaultEffect>("deployed", "What a bad version does.") { keys in
    let effect = keys.chosen(
      by: "inject", from: FaultEffect.lasting.filter { $0.word != "partition" }, synonyms: FaultEffect.synonyms,
      "what the bad version does")
    return { $0[effect] }
  }

  /// The same, over targets of which the largest has so many replicas.
  func over(replicas: Int) -> DeployFault {
    DeployFault(
      effect: effect, batch: batch, every: every, restart: restart,
      batches: Self.batches(of: batch, among: replicas))
  }
}
