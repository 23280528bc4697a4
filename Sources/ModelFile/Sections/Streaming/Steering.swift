import Model

extension Steering {
  static let section = Section<Steering>("steering", "Which CDN a player is told to use.") { keys in
    let policyKey = keys.chosen(
      byNameIn: "policy", from: Policy.branches,
      "how CDNs are chosen: `weighted(alpha=70% beta=30%)`, `priority(alpha beta)`, `quality(alpha beta)` or `rule`")
    let ttl = keys.optional("ttl", .positiveDuration(usual: "min"), standard: "5min", "how long an answer holds")
    let delivery: Key<Delivery> = keys.optional(
      "delivery", .word(what: "delivery"), standard: "content-steering",
      "how players learn of it: `content-steering`, asked again after each `ttl` and naming all CDNs; or `dns`, one "
        + "name that leads to one CDN")
    let stragglers = keys.optional(
      "stragglers", .probability, standard: "0%",
      "the part of the sessions that keeps its first answer to its end, whatever the `ttl`")
    let capKey = keys.optional(
      "cap", ValueKind<Probability>.positiveProbability.orNone(), standard: "none",
      "the part of a CDN's capacity in use above which new answers go elsewhere; none: they never do")
    let every = keys.optional(
      "every", .positiveDuration(usual: "s"), standard: "10s", "how often the policy is evaluated anew")
    let telemetry = keys.optional(
      "telemetry", .section(SteeringTelemetry.section), standard: "{}", "what is known of players and CDNs")
    return { fields in
      let policy = fields[policyKey]
      let decoding = fields.decoding
      if decoding.names.hasSteering {
        let left = decoding.names.cdns.filter { !policy.cdns(of: decoding.names.cdns).contains($0) }
        for cdn in left.sorted() {
          decoding.report(
            .unusedCDN, severity: .warning, at: fields.location(policyKey), "no player is told to use the CDN `\(cdn)`")
        }
      }
      if fields[capKey] != nil, decoding.names.cdnsWithCapacity.isEmpty {
        decoding.report(
          .unusedSetting, severity: .warning, at: fields.location(capKey),
          "`cap` has no effect, since no CDN has a `capacity`")
      }
      return Steering(
        policy: policy, ttl: fields[ttl], delivery: fields[delivery], stragglers: fields[stragglers],
        cap: fields[capKey]?.value, every: fields[every], telemetry: fields[telemetry])
    }
  }
}

extension SteeringTelemetry {
  static let section = Section<SteeringTelemetry>(
    "telemetry", "What steering knows: reports of players and logs of CDNs, joined by their identifiers."
  ) { keys in
    let sample = keys.optional("sample", .positiveProbability, standard: "100%", "the part of the sessions that report")
    let lag = keys.optional("lag", .duration(usual: "s"), standard: "0s", "how late reports arrive")
    let loss = keys.optional("loss", .probability, standard: "0%", "the part of the reports that is lost")
    let window = keys.optional(
      "window", .positiveDuration(usual: "min"), standard: "1min", "how far back an evaluation looks")
    return { SteeringTelemetry(sample: $0[sample], lag: $0[lag], loss: $0[loss], window: $0[window]) }
  }
}
