import Model

extension CDN {
  static let section = Section<CDN>(
    "cdn", "A content delivery network: edge sites that players ask, perhaps a shield behind them, and the origin."
  ) { keys in
    let edge = keys.required("edge", .section(CDNTier.edge), "the sites that players ask")
    let shield = keys.optional(
      "shield", ValueKind<CDNTier>.section(CDNTier.shield).orNone(), standard: "none",
      "the sites that edges ask for what they lack, before the origin")
    let origin = keys.required(
      "origin", .origin, "what is asked for an object that no cache has: `service.endpoint`, or a call with policies")
    let manifestOriginKey = keys.derived(
      "manifest-origin", .origin, "the same for manifests; as `origin` where not given"
    ) { node, _ in node["origin"]?.from(.assumed) }
    let priceKey = keys.optional(
      "price", ValueKind<PriceText>.price.orNone(), standard: "none",
      "money for what is delivered to players, such as `0.02 USD/GB`")
    return { fields in
      guard let manifestOrigin = fields[manifestOriginKey] else { return nil }
      let price = fields[priceKey]
      return CDN(
        name: fields.name, edge: fields[edge], shield: fields[shield], origin: fields[origin],
        manifestOrigin: manifestOrigin, pricePerGB: price?.perGB, currency: price?.currency)
    }
  }
}

extension ValueKind where Value == Dependency {
  /// A call; `service.endpoint` stands for one without policies.
  fileprivate static var origin: ValueKind {
    .either(
      mapping: .section(Dependency.section),
      else: ValueKind<EndpointPath>.endpointPath.map { Dependency(name: "origin", target: $0) })
  }
}

extension ValueKind where Value == PriceText {
  fileprivate static var price: ValueKind { .scalar(.price) { phrase, decoding in decoding.price(phrase) } }
}
