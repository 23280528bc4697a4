import Model

extension ErrorFault {
  static let section = Section<FaultEffect>(
    "error", "calls are answered at once with an error, without work, each with the `probability`"
  ) { keys in
    let probability = keys.optional(
      "probability", .positiveProbability, standard: "100%", "how likely a call is answered with the error")
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
      let probability = fields[probability]
      guard let status = fields[statusKey] else { return .error(ErrorFault(probability: probability)) }
      return .error(ErrorFault(probability: probability, status: status))
    }
  }
}

extension Decoding {
  /// Whether a fault's target is a CDN, a site of one, or a cohort, which asks them.
  fileprivate func isAimedAtCDN(_ fault: Node) -> Bool {
    guard let target = fault["target"]?.phrase?.text else { return false }
    return names.cdns.contains(String(target.prefix { $0 != "#" })) || names.cohorts.contains(target)
  }
}
