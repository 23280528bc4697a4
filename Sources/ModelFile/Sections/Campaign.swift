import Model

/// What a campaign file says, before its variants are made.
struct CampaignText {
  struct Variant {
    let name: String
    let overrides: [OverrideText]
  }

  let name: String
  let variants: [Variant]
  let baseline: String
  let outcomes: [Metric]
  let replications: CampaignPlan.Replications
  let confidence: Double
  let seed: UInt64

  /// The outcomes, and the metric that says when to stop.
  var compared: [Metric] {
    let metrics = outcomes + [replications.until?.metric].compactMap { $0 }
    return metrics.indices.filter { !metrics[..<$0].contains(metrics[$0]) }.map { metrics[$0] }
  }

  static let section = Section<CampaignText>("campaign", "Variants of a model, compared on outcomes.") { keys in
    let name = keys.required("campaign", .name, "the name of the campaign")
    _ = keys.ifGiven("description", .text, "what the campaign is about")
    _ = keys.required("model", .path, "the path of the model, relative to this file")
    _ = keys.ifGiven("scenario", .path, "the path of the scenario, relative to this file")
    let variantsKey = keys.required(
      "variants", .named(.section(Variant.section)), "what is compared, each with the values that it sets")
    let baselineKey = keys.ifGiven(
      "baseline", .name, "the variant the others are compared with; the first where not given")
    let outcomesKey = keys.required(
      "outcomes", .list(.metric, isEmptyAllowed: false), "the metrics they are compared on")
    let replications = keys.optional(
      "replications", .replications, standard: "20",
      "how many replications of each variant are run, all on the same random numbers: a number, or `{min, max, until}`"
    )
    let confidence = keys.optional("confidence", .confidence, standard: "95%", "the level of every confidence interval")
    let seed = keys.optional(
      "seed", .seed, standard: "20170", "where the random numbers start; the same seed yields the same results")
    keys.later(["factors"], "every combination of factors comes with a later version; write out the `variants`")
    keys.later(["uncertain"], "uncertain inputs come with a later version")
    keys.check { fields in
      guard let entries = fields.node(variantsKey)?.entries else { return [] }
      if entries.isEmpty {
        return [Diagnostic(.outOfRange, at: fields.location(variantsKey), "at least one variant is needed")]
      }
      guard let baseline = fields.decoded(baselineKey) ?? nil, !entries.contains(where: { $0.key.text == baseline })
      else { return [] }
      return [
        Diagnostic(
          .unknownVariant, at: fields.location(baselineKey), "unknown variant `\(baseline)`",
          suggestion: suggestion(for: baseline, among: entries.map(\.key.text)))
      ]
    }
    keys.check { fields in
      let outcomes = fields.decoded(outcomesKey) ?? []
      return outcomes.indices.filter { outcomes[..<$0].contains(outcomes[$0]) }.map {
        Diagnostic(
          .duplicateName, at: fields.node(outcomesKey)?.items?[$0].location ?? fields.location(outcomesKey),
          "the outcome `\(outcomes[$0])` is listed twice")
      }
    }
    return { fields in
      let variants = fields[variantsKey]
      guard let first = variants.first else { return nil }
      return CampaignText(
        name: fields[name], variants: variants, baseline: fields[baselineKey] ?? first.name,
        outcomes: fields[outcomesKey],
        replications: fields[replications], confidence: fields[confidence], seed: fields[seed])
    }
  }
}

extension CampaignText.Variant {
  static let section = Section<CampaignText.Variant>("variant", "Values that differ from the model's.") { keys in
    let set = keys.optional(
      "set", .overrides, standard: "{}",
      "paths such as `services.web.replicas` or `faults.down.for`, `*` for any name, and the values that are set there")
    return { fields in
      let variant = CampaignText.Variant(name: fields.name, overrides: fields[set])
      fields.decoding.variants.append(variant)
      return variant
    }
  }
}

extension ValueKind where Value == [OverrideText] {
  /// A mapping from paths to values.
  static var overrides: ValueKind {
    ValueKind(shape: .named(.anything)) { node, decoding in
      guard let entries = node.entries else {
        decoding.report(
          .wrongKind, at: node.location, "expected a mapping from paths to values, found \(node.kindName)")
        return nil
      }
      for entry in entries { decoding.explain(override: entry.key.text, entry.value) }
      return entries.map { OverrideText(path: $0.key, value: $0.value) }
    }
  }
}

extension ValueKind where Value == UInt64 {
  fileprivate static var seed: ValueKind {
    .scalar(.count(0...Int.max)) { phrase, decoding in
      if let value = UInt64(phrase.text) { return value }
      decoding.report(.notANumber, at: phrase.location, "`\(phrase.text)` is not a whole number from 0")
      return nil
    }
  }
}

extension ValueKind where Value == CampaignPlan.Replications {
  fileprivate static var replications: ValueKind {
    .either(mapping: .section(CampaignPlan.Replications.section), else: .fixedReplications)
  }

  private static var fixedReplications: ValueKind {
    ValueKind<Int>.count(1...Limit.replications).map { .init(minimum: $0, maximum: $0, until: nil) }
  }
}

extension CampaignPlan.Replications {
  static let section = Section<CampaignPlan.Replications>("replications", "How many replications are run.") { keys in
    let minKey = keys.optional("min", .count(1...Limit.replications), standard: "20", "at least so many")
    let maxKey = keys.ifGiven(
      "max", .count(1...Limit.replications), "at most so many; as many as `min` where not given")
    let untilKey = keys.ifGiven(
      "until", .precision,
      "stop when the intervals of all variants and differences are this narrow, `availability(viewers) +- 0.05%`")
    return { fields in
      let (minimum, maximum, until) = (fields[minKey], fields[maxKey], fields[untilKey])
      if until != nil, maximum == nil {
        fields.decoding.report(
          .missingKey, at: fields.location(untilKey), "`until` needs `max`, the most replications that may be run")
        return nil
      }
      if let maximum, maximum < minimum {
        fields.decoding.report(
          .outOfRange, at: fields.location(maxKey), "`max` has to be at least the \(minimum) of `min`")
        return nil
      }
      if let maximum, maximum > minimum, until == nil {
        fields.decoding.report(
          .missingKey, at: fields.location(maxKey), "`max` needs `until`, which says when fewer are enough")
        return nil
      }
      return CampaignPlan.Replications(minimum: minimum, maximum: maximum ?? minimum, until: until)
    }
  }
}
