import Model
import Sampling

extension CDNTier {
  static let edge = section("edge", "The sites that players ask, each with a cache.", isEdge: true)
  static let shield = section(
    "shield", "The sites that edges ask for what they lack, each with a cache.", isEdge: false)

  private static func section(_ name: String, _ doc: String, isEdge: Bool) -> Section<CDNTier> {
    Section<CDNTier>(name, doc) { keys in
      let sites = keys.required("sites", .sites, "how many there are: a number, or one for each region, `{eu: 6}`")
      let cache = keys.required("cache", .section(CacheSettings.section), "what the cache of one site keeps")
      let latencyDoc = "the time to the first byte of what the cache has, and until the next tier is asked for the rest"
      let latency =
        isEdge
        ? keys.required("latency", .distribution(usual: "ms"), latencyDoc)
        : keys.optional("latency", .distribution(usual: "ms"), standard: "10ms", latencyDoc)
      let capacity: Key<Bitrate?>? =
        isEdge
        ? keys.optional(
          "capacity", ValueKind<Bitrate>.bitrate.orNone(), standard: "none",
          "the bit rate of one site, which all that it sends shares fairly; none: no limit") : nil
      let detail: Key<CDNTier.Detail> = keys.optional(
        "detail", .word(what: "detail"), standard: "objects",
        "what is known of a cache: all its `objects`, or by `che` hit ratios alone, for large catalogs")
      let collapse = keys.optional(
        "collapse", .yesOrNo, standard: "yes",
        "whether requests for an object that is being fetched wait for it, and one request goes further")
      let staleIfError = keys.optional(
        "stale-if-error", .duration(usual: "s"), standard: "0s",
        "how long after its end an object may stand in where the next tier fails, as RFC 5861's")
      let staleWhileRevalidate = keys.optional(
        "stale-while-revalidate", .duration(usual: "s"), standard: "0s",
        "how long after its end an object may still be served while it is fetched anew, as RFC 5861's")
      let negative = keys.optional(
        "negative", .duration(usual: "s"), standard: "0s",
        "how long a failure of the next tier is kept and answered in its place")
      return { fields in
        CDNTier(
          sites: fields[sites], cache: fields[cache], latency: fields[latency],
          capacity: capacity.flatMap { fields[$0] }, detail: fields[detail], collapse: fields[collapse],
          staleIfError: fields[staleIfError], staleWhileRevalidate: fields[staleWhileRevalidate],
          negative: fields[negative])
      }
    }
  }
}

extension CacheSettings {
  static let section = Section<CacheSettings>("cache", "What the cache of one site keeps.") { keys in
    let size = keys.required("size", .cacheSize, "how much it holds, such as `4TB`, or `unlimited`")
    let policy: Key<CacheSettings.Policy> = keys.optional(
      "policy", .word(what: "policy"), standard: "lru",
      "what makes room: `lru` what was asked for least recently, `fifo` what came first, `ttl` what reached its end")
    let ttlKey = keys.optional(
      "ttl", ValueKind<SimulationDuration>.positiveDuration(usual: "h").orNone(), standard: "none",
      "how long an object is fresh, from when it was stored; none: for ever")
    return { fields in
      let ttl = fields[ttlKey]
      if fields[policy] == .ttl, ttl == nil {
        fields.decoding.report(
          .missingKey, at: fields.location(policy), "the policy `ttl` needs the key `ttl`",
          suggestion: "say how long objects are fresh, such as `ttl: 24h`")
        return nil
      }
      return CacheSettings(size: fields[size], policy: fields[policy], ttl: ttl)
    }
  }
}

extension ValueKind where Value == ByteCount? {
  /// A size, or `unlimited`.
  fileprivate static var cacheSize: ValueKind {
    .scalar(.cacheSize) { phrase, decoding in
      if phrase.text == "unlimited" { return .some(nil) }
      guard let size = decoding.byteCount(phrase) else { return nil }
      if size.bytes > 0 { return size }
      decoding.report(.outOfRange, at: phrase.location, "this size has to be above zero")
      return nil
    }
  }
}

extension ValueKind where Value == [CDNTier.Sites] {
  /// A number, or a number for each region.
  fileprivate static var sites: ValueKind {
    .either(
      mapping: .regionalSites,
      else: ValueKind<Int>.count(1...Limit.sites).map { [CDNTier.Sites(region: nil, count: $0)] })
  }

  private static var regionalSites: ValueKind {
    let kind = ValueKind<Int>.count(1...Limit.sites)
    let sites = ValueKind<CDNTier.Sites>(shape: kind.shape) { node, decoding in
      kind.decode(node, decoding).map { CDNTier.Sites(region: decoding.path.last, count: $0) }
    }
    let named = ValueKind<[CDNTier.Sites]>.named(sites)
    return ValueKind(shape: named.shape) { node, decoding in
      let entries = node.entries ?? []
      if entries.isEmpty {
        decoding.report(.outOfRange, at: node.location, "at least one region needs sites")
        return nil
      }
      let unknown = entries.filter { decoding.names.regions[$0.key.text] == nil }
      for entry in unknown { decoding.reportUnknownRegion(entry.key) }
      guard let all = named.decode(node, decoding), unknown.isEmpty else { return nil }
      return all.sorted { ($0.region ?? "") < ($1.region ?? "") }
    }
  }
}
