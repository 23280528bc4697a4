import Model

extension ErrorFault {
  static let section = Section<FaultEffect>(
    "error", "calls are answered at once with an error, without work, each with the `probability`"
  ) { keys in
    let probability = keys.optional(
      "probability", ValueKind<Probability>.positiveProbability.orRamp(ends: .probability), standard: "100%",
      "how likely a call is answered with the error; `from 0% to 30% over 10min` grows")
    let statusKey = keys.derived(
      "status", .count(400...599), "the HTTP status with which a CDN answers, 503 where not given; of CDNs alone"
    ) { node, decoding in decoding.isAimedAtCDN(node) ? decoding.assumed("503", in: node) : nil }
    return { fields in
      if fields.isGiven(statusKey), !fields.decoding.isAimedAtCDN(fields.section) {
        fields.decoding.report(
          .conflictingKeys, at: fields.keyLocation(statusKey),
          "`status` is what a CDN answers: services know no statuses")
        return nil
      }
      guard fields.checkRamp(probability, least: 0, \.value) else { return nil }
      let moving = fields[probability]
      return .error(
        ErrorFault(probability: moving.value, status: fields[statusKey] ?? 503, ramp: moving.ramp(\.value)))
    }
  }
}

extension Decoding {
  /// Whether one of a fault's targets is a CDN, a site of one, or a cohort, which asks them.
  fileprivate func isAimedAtCDN(_ fault: Node) -> Bool {
    guard let target = fault["target"] else { return false }
    return (target.items ?? [target]).contains { node in
      guard let text = node.phrase?.text else { return false }
      return names.cdns.contains(String(text.prefix { $0 != "#" })) || names.cohorts.contains(text)
    }
  }
}
