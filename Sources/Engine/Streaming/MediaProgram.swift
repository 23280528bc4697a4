import Model
import Sampling

/// What sessions and CDNs are compiled to: read-only, shared by all workers.
struct MediaProgram: Sendable {
  /// Whether there are sessions at all.
  let isPresent: Bool
  let catalog: CatalogEntry
  let cohorts: Table<CohortEntry>
  let limits: Table<RequestLimits>
  let rules: BitrateRules
  let networks: NetworkTable
  let startSteps: Table<StartStepEntry>
  /// Whether the start fetches a manifest before its first segment.
  let startsWithManifest: Bool
  let startActions: Table<StartActionEntry>
  /// What a player calls when a play is over, where the session's draw is below `afterPlayShare`.
  let callsAfterPlay: Table<StartActionEntry>
  let afterPlayShare: UInt64
  /// When everyone who watches live leaves, in nanoseconds; `Edge.noLimit`: never. The sampler is that of how long after.
  let eventEnd: Int64
  let staying: Int32
  let ladder: Table<Int64>
  let sizes: MediaSizes
  /// Sampler of the factor by which segments of variable size differ from the mean; -1 where none does.
  let sizeFactor: Int32
  let titles: PopularityTable
  let channels: PopularityTable
  let cdns: Table<CDNEntry>
  let nodes: Table<NodeEntry>
  let hitClasses: Table<HitClass>
  /// What each of them is asked for, and how the tiers whose hit ratios alone are known fill again after a flush.
  let demand: Table<ClassDemand>
  let refills: Table<CacheRefill>
  let refillTimes: Table<Double>
  /// The class of each title in the tables of hit ratios.
  let titleClass: Table<Int32>
  let positions: PositionClasses
  let siteChoices: Table<SiteChoice>
  let steering: SteeringEntry
  let steeringProgram: SteeringProgram
  /// One a node.
  let cacheSettings: [CacheEntry]
  /// What services keep of the answers of dependencies, and for how long, in nanoseconds.
  let answerCaches: [CacheEntry]
  let answerLives: Table<Int64>
  /// Bits per second, by link.
  let linkCapacities: [Int64]
  /// The workload under which all sessions are measured.
  let everySession: Int32
  let windowParts: Table<WindowPart>
  /// Where replicas, workloads, players and sites stand among the sides of partitions.
  let sides: PartitionSides

  let cohortNames: [String]
  let cdnNames: [String]
  let regions: [String]
  /// Of each cohort, the index among the regions; -1 for none.
  let regionOfCohort: [Int]
}

struct CatalogEntry: BitwiseCopyable {
  /// Nanoseconds of media.
  var segment: Int64 = 1
  /// Sampler of titles' lengths; -1 where all are as long as the recording.
  var duration: Int32 = -1
  var recordedLength: Int64 = 0
  var manifestBits: Int64 = 0
  /// A session is live where its draw is below this.
  var liveShare: UInt64 = 0
  var channels: Int32 = 0
  var holdBack: Int32 = 1
  var manifestTTL: Int64 = 0
  /// The edge of the call that makes a segment; -1 where none is needed.
  var encodeEdge: Int32 = -1
  var renditions: Int32 = 1

  /// Live segment n covers the media from (n - first) segments on; those before the start have appeared already.
  static let firstLiveSegment: Int32 = 1_000_000
}

struct CohortEntry: BitwiseCopyable {
  var workload: Int16
  var keyHash: UInt64
  /// A session is of the first cohort whose threshold is above its draw.
  var threshold: UInt64
  var watch: Int32
  var bandwidth: Int32
  var latency: Int32
  /// Index among the networks; -1 where bandwidth and latency are drawn.
  var network: Int32
  /// Where in the recording sessions begin; -1 where that is drawn.
  var networkFrom: Int64
  var startPatience: Int32
  var stallPatience: Int32
  var pauseEvery: Int32
  var pauseLasting: Int32
  var bufferStart: Int64
  var bufferTarget: Int64
  var bufferResume: Int64
  /// Limits of segments; those of manifests follow.
  var limits: Int32
  var switchesAt: StatusSet
  var switchesAfterRetries: Bool
  /// Nanoseconds; -1: until steering is asked again.
  var penalty: Int64
  /// The first of its site choices, one per CDN.
  var firstSiteChoice: Int32
}

/// Statuses from 400 to 599.
struct StatusSet: BitwiseCopyable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(_ statuses: [Int]) {
    for status in statuses where (400..<600).contains(status) {
      let bit = UInt64(1) << UInt64((status - 400) & 63)
      switch (status - 400) >> 6 {
      case 0: words.0 |= bit
      case 1: words.1 |= bit
      case 2: words.2 |= bit
      default: words.3 |= bit
      }
    }
  }

  func contains(_ status: Int32) -> Bool {
    guard (400..<600).contains(status) else { return false }
    let word =
      switch (status - 400) >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return word & UInt64(1) << UInt64((status - 400) & 63) != 0
  }
}

/// A player's timeouts and retries for one kind of request.
struct RequestLimits: BitwiseCopyable {
  /// Nanoseconds; `Edge.noLimit` where there is none.
  var firstByte: Int64
  var total: Int64
  var errorRetries: Int16
  var timeoutRetries: Int16
  var errorPause: PauseLaw
  var timeoutPause: PauseLaw
  var retriesClientErrors: Bool
  var sharesRetries: Bool

  init(_ policy: RequestPolicy) {
    firstByte = policy.firstByte?.nanoseconds ?? Edge.noLimit
    total = policy.total?.nanoseconds ?? Edge.noLimit
    errorRetries = Int16(clamping: policy.errorRetries)
    timeoutRetries = Int16(clamping: policy.timeoutRetries)
    errorPause = PauseLaw(policy.errorPause)
    timeoutPause = PauseLaw(policy.timeoutPause)
    retriesClientErrors = policy.retriesClientErrors
    sharesRetries = policy.sharesRetries
  }
}

/// A pause before the n-th retry: base x factor^(n-1) + step x (n-1), at most `longest`, spread evenly by 1 ± spread.
struct PauseLaw: BitwiseCopyable {
  var base: Int64 = 0
  var factor: Double = 1
  var step: Int64 = 0
  var longest: Int64 = .max
  var spread: Double = 0

  init(_ pause: RequestPolicy.Pause) {
    switch pause {
    case .constant(let pause): base = pause.nanoseconds
    case .exponential(let base, let factor, let max, let spread):
      self.base = base.nanoseconds
      self.factor = factor
      longest = max.nanoseconds
      self.spread = spread
    case .linear(let step, let max):
      self.step = step.nanoseconds
      longest = max.nanoseconds
    }
  }

  /// Nanoseconds.
  /// - Parameters:
  ///   - retry: from 1.
  ///   - uniform: in [0, 1).
  func pause(before retry: Int16, uniform: Double) -> Int64 {
    var planned = Double(base)
    for _ in 1..<max(1, Int(retry)) { planned *= factor }
    planned = min(planned + Double(step) * Double(retry - 1), Double(longest))
    if spread > 0 { planned *= 1 - spread + 2 * spread * uniform }
    return Int64(min(planned, 0x1p61).rounded())
  }
}

struct StartStepEntry: BitwiseCopyable {
  var firstAction: Int32
  var count: Int32
}

struct StartActionEntry: BitwiseCopyable {
  enum Kind: UInt8 { case call, manifest, segment }
  var kind: Kind
  /// The edge of each cohort's calls: the first cohort's, of which the others' follow.
  var edge: Int32
  var key: UInt64
}

struct CDNEntry: BitwiseCopyable {
  /// Its index among components, for blame.
  var component: Int32
  var keyHash: UInt64
  var originEdge: Int32
  var manifestEdge: Int32
  /// The first of its sites that call the origin: shields, or edges where there are none.
  var firstCaller: Int32
  /// Bits per second of all its edge sites; 0 where no capacity is stated.
  var capacity: Double
  var pricePerGB: Double
}

/// A site of a tier of a CDN.
struct NodeEntry: BitwiseCopyable {
  var cdn: Int32
  /// Its number within its tier.
  var number: Int32
  /// The shield behind it; -1 where it asks the origin.
  var shield: Int32
  /// The number under which it calls the origin.
  var caller: Int32
  var keyHash: UInt64
  var latency: Int32
  var isShield: Bool
  var collapses: Bool
  /// Hit ratios are computed and not simulated: the first of its classes of objects; -1 where objects are known.
  var firstHitClass: Int32
  /// The index among the refills of the tiers; -1 where objects are known.
  var refill: Int32
  /// Nanoseconds; `Int64.max` where objects stay fresh.
  var ttl: Int64
  var staleIfError: Int64
  var staleWhileRevalidate: Int64
  var negative: Int64
  /// Index among the shared links; -1 where its capacity has no limit.
  var link: Int32
}

/// How likely a request finds a class of objects in a cache.
struct HitClass: BitwiseCopyable {
  /// Its draw is below this: the object is there and fresh.
  var fresh: UInt64
  /// Its draw is below this: the object is there, fresh or not.
  var present: UInt64
}

/// Segments by how far into a title they are: the first, the next two, the next four, and so on.
struct PositionClasses: BitwiseCopyable {
  var count: Int32 = 1

  @inline(always) func position(of segment: Int32) -> Int32 {
    min(count &- 1, Int32(truncatingIfNeeded: 31 &- (segment &+ 1).leadingZeroBitCount))
  }

  /// - Parameter rendition: manifests stand where one more rendition would.
  @inline(always) func index(title: Int32, rendition: Int32, position: Int32, _ renditions: Int32) -> Int32 {
    (title &* (renditions &+ 1) &+ rendition) &* count &+ position
  }
}

/// The edge sites of a CDN that a cohort is served by: `count` from a node on.
struct SiteChoice: BitwiseCopyable {
  var firstNode: Int32
  var count: Int32
}

/// A part of a window of measurement.
struct WindowPart: BitwiseCopyable {
  var window: Int32
  var from: Int64
  var to: Int64
}

/// A choice among ranks by popularity: inversion, with a guide that leads near the answer.
///
/// H.-C. Chen and Y. Asau, "On generating random variates from an empirical distribution", AIIE Transactions 6 (1974).
struct PopularityTable: Sendable {
  private let thresholds: Table<UInt64>
  private let guide: Table<Int32>
  private let guideBits: UInt64

  /// - Parameter weights: zero or more each, of ranks from 0; at least one above zero, or none at all.
  init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    var sum = 0.0
    var thresholds = weights.map { weight -> UInt64 in
      sum += weight
      return drawThreshold(sum / total)
    }
    if !thresholds.isEmpty { thresholds[thresholds.count - 1] = .max }
    var bits: UInt64 = 0
    while bits < 16, 1 << Int(bits) < weights.count { bits += 1 }
    guideBits = bits
    var guide: [Int32] = []
    var rank: Int32 = 0
    for cell in 0..<(1 << Int(bits)) {
      let least = bits == 0 ? 0 : UInt64(cell) << (64 - bits)
      while Int(rank) < thresholds.count - 1, thresholds[Int(rank)] <= least { rank += 1 }
      guide.append(rank)
    }
    self.thresholds = Table(thresholds)
    self.guide = Table(guide)
  }

  @inline(always) func rank(_ draw: UInt64) -> Int32 {
    var rank = guide[guideBits == 0 ? 0 : Int(truncatingIfNeeded: draw >> (64 &- guideBits))]
    while thresholds[rank] <= draw, Int(rank) < thresholds.count - 1 { rank &+= 1 }
    return rank
  }

  /// The weights of a popularity over so many ranks.
  static func weights(_ popularity: Popularity, count: Int) -> [Double] {
    switch popularity {
    case .zipf(let exponent): (0..<count).map { DeterministicMath.pow(Double($0 + 1), -exponent) }
    }
  }
}

struct CacheEntry: Sendable {
  var policy: ObjectCache.Policy
  var capacity: Int64
  /// How long what is stale is kept, in nanoseconds.
  var keep: Int64
}

struct SteeringEntry: Sendable {
  /// Whether its weights are computed anew from what is told.
  let isDynamic: Bool
  let every: Int64
  let ttl: Int64
  let isDNS: Bool
  let stragglers: UInt64
  let sample: UInt64
  let loss: UInt64
}
