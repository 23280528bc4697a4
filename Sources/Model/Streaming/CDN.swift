import Sampling

/// A content delivery network: edge sites that players ask, perhaps a shield behind them, and the origin.
public struct CDN: Hashable, Sendable {
  public enum Tier: String, Hashable, Sendable, CaseIterable { case edge, shield }
  public let name: String
  public let edge: CDNTier
  public let shield: CDNTier?
  /// What is asked for an object that no cache has, with the policies around the call.
  public let origin: Dependency
  /// The same for manifests.
  public let manifestOrigin: Dependency
  /// Money for 10^9 bytes delivered to players; nil where no price is stated.
  public let pricePerGB: Double?
  /// The currency of the price, as the model writes it.
  public let currency: String?

  public init(
    name: String, edge: CDNTier, shield: CDNTier? = nil, origin: Dependency, manifestOrigin: Dependency,
    pricePerGB: Double? = nil, currency: String? = nil
  ) {
    self.name = name
    self.edge = edge
    self.shield = shield
    self.origin = origin
    self.manifestOrigin = manifestOrigin
    self.pricePerGB = pricePerGB
    self.currency = currency
  }
}

/// Sites of one kind, each with a cache.
public struct CDNTier: Hashable, Sendable {
  /// How much is known of a cache's content.
  public enum Detail: String, Hashable, Sendable, CaseIterable {
    /// Every object.
    case objects
    /// Hit ratios by Che's approximation; what is in flight, and all that is live, is known object by object.
    case che
  }
  /// Sites of a region; region nil: sites for everyone.
  public struct Sites: Hashable, Sendable {
    public let region: String?
    /// At least 1.
    public let count: Int
    public init(region: String?, count: Int) {
      self.region = region
      self.count = count
    }
  }
  /// In the order of the regions' names; at least one.
  public let sites: [Sites]
  public let cache: CacheSettings
  /// Until the first byte of what the cache has, in seconds, for each request; of what it lacks, until the next tier is asked.
  public let latency: Distribution
  /// Of one site, shared fairly by what it sends to players; nil: no limit. Edges only.
  public let capacity: Bitrate?
  public let detail: Detail
  /// Whether requests for an object that is being fetched wait for it, and one request goes further.
  public let collapse: Bool
  /// How long after its end an object may stand in where the next tier fails; zero: not at all.
  public let staleIfError: SimulationDuration
  /// How long after its end an object may still be served while it is fetched anew; zero: not at all.
  public let staleWhileRevalidate: SimulationDuration
  /// How long a failure of the next tier is kept and answered in its place; zero: not at all.
  public let negative: SimulationDuration

  public init(
    sites: [Sites], cache: CacheSettings, latency: Distribution, capacity: Bitrate? = nil, detail: Detail = .objects,
    collapse: Bool = true, staleIfError: SimulationDuration = .zero, staleWhileRevalidate: SimulationDuration = .zero,
    negative: SimulationDuration = .zero
  ) {
    self.sites = sites
    self.cache = cache
    self.latency = latency
    self.capacity = capacity
    self.detail = detail
    self.collapse = collapse
    self.staleIfError = staleIfError
    self.staleWhileRevalidate = staleWhileRevalidate
    self.negative = negative
  }

  /// All sites, whatever their region.
  public var siteCount: Int { sites.reduce(0) { $0 + $1.count } }
}

/// What a cache keeps.
public struct CacheSettings: Hashable, Sendable {
  public enum Policy: String, Hashable, Sendable, CaseIterable {
    /// The object that was asked for least recently makes room.
    case lru
    /// The object that was stored first makes room.
    case fifo
    /// Objects go when their time is over.
    case ttl
  }
  /// nil: no limit.
  public let size: ByteCount?
  public let policy: Policy
  /// How long an object is fresh, from when it was stored; nil: for ever.
  public let ttl: SimulationDuration?

  public init(size: ByteCount?, policy: Policy, ttl: SimulationDuration?) {
    self.size = size
    self.policy = policy
    self.ttl = ttl
  }
}
