import Model
import Sampling

/// Hit ratios of caches whose content is not known object by object, by Che's approximation.
///
/// Objects are taken in classes: titles of like popularity, renditions, and segments by how far into a title they are.
/// What a class is asked for is computed from the model alone: how often sessions begin on average, how popular titles
/// are, how far viewers mean to watch, and which rendition a cohort's bandwidth carries at its rule's `up`. A CDN's part of
/// the sessions is its weight where steering is weighted, and everything elsewhere. All sites of a tier are taken to see
/// the same traffic, and what edges miss to reach the shield as a Poisson process.
struct HitRatios: Sendable {
  /// Of a CDN, where the classes of its edge and of its shield begin, and how these fill again; -1 where objects are known.
  struct Tiers: Sendable {
    var edge: Int32 = -1
    var shield: Int32 = -1
    var edgeRefill: Int32 = -1
    var shieldRefill: Int32 = -1
  }

  private(set) var classes: [HitClass] = []
  /// By CDN.
  private(set) var first: [Tiers] = []
  private(set) var titleClass: [Int32] = []
  private(set) var positions = PositionClasses()
  /// What each class is asked for.
  private(set) var demanded: [ClassDemand] = []
  /// How each tier fills again, in the order of `first`: edge, then shield.
  private(set) var refills: [CacheRefill] = []
  private(set) var refillTimes: [Double] = []

  /// - Parameter flushed: the CDNs all of whose edges are emptied at some time.
  init(_ model: SystemModel, recordings: NetworkTable, flushed: Set<String>) {
    guard let streaming = model.streaming else { return }
    let usesChe = streaming.cdns.contains { $0.edge.detail == .che || $0.shield?.detail == .che }
    guard usesChe else {
      first = streaming.cdns.map { _ in Tiers() }
      return
    }
    let demand = Demand(streaming, time: model.time)
    titleClass = demand.titleClass
    positions = demand.positions
    for cdn in streaming.cdns {
      let share = Self.share(of: cdn.name, streaming.steering)
      var objects = demand.objects(sessionRate: demand.sessionRate * share / Double(cdn.edge.siteCount))
      var entry = Tiers()
      let asked = objects.map(\.rate)
      var fresh = [Double](repeating: 0, count: objects.count)
      if cdn.edge.detail == .che {
        entry.edge = Int32(classes.count)
        fresh = add(cdn.edge, objects)
        demanded += objects.indices.map { ClassDemand(rate: asked[$0], missRate: asked[$0] * (1 - fresh[$0])) }
        entry.edgeRefill = Int32(refills.count)
        refills.append(CacheRefill(cdn.edge, objects))
      }
      if let shield = cdn.shield, shield.detail == .che {
        entry.shield = Int32(classes.count)
        let fanIn = Double(cdn.edge.siteCount) / Double(shield.siteCount)
        for index in objects.indices { objects[index].rate *= (1 - fresh[index]) * fanIn }
        _ = add(shield, objects)
        let own = asked.indices.map { ClassDemand(rate: asked[$0], missRate: asked[$0] * (1 - fresh[$0])) }
        demanded += own
        var refill = CacheRefill(shield, objects)
        refill.edges = fanIn
        if entry.edgeRefill >= 0 {
          let edge = refills[Int(entry.edgeRefill)]
          refill.edgesFull = min(edge.full, edge.life)
          if flushed.contains(cdn.name) { addTimes(to: &refill, shield, zip(own, objects).map { ($0, $1) }) }
        }
        entry.shieldRefill = Int32(refills.count)
        refills.append(refill)
      }
      first.append(entry)
    }
  }

  /// The characteristic times of a shield whose edges are emptied, whose room is limited.
  private mutating func addTimes(
    to refill: inout CacheRefill, _ tier: CDNTier, _ asked: [(demand: ClassDemand, object: ObjectClass)]
  ) {
    guard let capacity = tier.cache.size, refill.full < .infinity, refill.edgesFull < .infinity else { return }
    let objects = asked.filter { $0.object.count > 0 }.map { ($0.demand, $0.object.count * $0.object.size) }
    refill.lastAge = 2 * (refill.edgesFull + refill.full)
    refill.firstTime = Int32(refillTimes.count)
    for place in 0..<CacheRefill.timesCount {
      refillTimes.append(
        refill.characteristicTime(
          atAge: refill.age(of: place), of: objects, capacity: Double(capacity.bytes)))
    }
    refill.timeCount = Int32(CacheRefill.timesCount)
  }

  private static func share(of cdn: String, _ steering: Steering) -> Double {
    guard case .weighted(let shares) = steering.policy else { return 1 }
    return shares.first { $0.cdn == cdn }?.weight ?? 0
  }

  /// Adds the classes of a tier.
  ///
  /// - Returns: how likely a request finds each class fresh.
  private mutating func add(_ tier: CDNTier, _ asked: [ObjectClass]) -> [Double] {
    var objects = asked
    let life = tier.cache.ttl?.seconds ?? .infinity
    for index in objects.indices { objects[index].timeToLive = life }
    let policy: ObjectCache.Policy =
      switch tier.cache.policy {
      case .lru: .lru
      case .fifo: .fifo
      case .ttl: .ttl
      }
    let time = CharacteristicTime(
      of: objects, policy: policy, capacity: tier.cache.size.map { Double($0.bytes) } ?? .infinity)
    let keep = max(tier.staleIfError, tier.staleWhileRevalidate).seconds
    return objects.map { object in
      let fresh = time.hitRatio(of: object)
      // A miss finds a stale copy where the object is still held, and was asked for in so short a time after its end.
      let held = time.seconds.isInfinite ? 1 : -DeterministicMath.expm1(-object.rate * time.seconds)
      let stale =
        keep > 0 && object.rate > 0
        ? max(0, held - fresh) * -DeterministicMath.expm1(-object.rate * min(keep, time.seconds)) : 0
      classes.append(HitClass(fresh: drawThreshold(fresh), present: drawThreshold(min(1, fresh + stale))))
      return fresh
    }
  }
}

extension CacheRefill {
  fileprivate init(_ tier: CDNTier, _ objects: [ObjectClass]) {
    let capacity = tier.cache.size.map { Double($0.bytes) } ?? .infinity
    full = CharacteristicTime(of: objects, policy: .lru, capacity: capacity).seconds
    isLRU = tier.cache.policy == .lru
    life = tier.cache.ttl?.seconds ?? .infinity
  }
}

/// What sessions on demand ask for, on average.
private struct Demand {
  /// Sessions on demand that begin in a second.
  let sessionRate: Double
  let titleClass: [Int32]
  let positions: PositionClasses
  /// By class: how many titles, and the popularity of each.
  private let titles: [(count: Double, weight: Double)]
  /// The part of the requests for a segment that each rendition gets.
  private let renditions: [Double]
  /// By position: how many segments a title has there on average, and how likely a session fetches one that exists.
  private let segments: [(count: Double, reached: Double)]
  private let sizes: [Double]
  private let manifest: (asked: Bool, size: Double)

  init(_ streaming: Streaming, time: TimeFrame) {
    let catalog = streaming.catalog
    let live = catalog.live?.share.value ?? 0
    sessionRate = streaming.sessions.arrivals.meanRate(over: time.horizon) * (1 - live)
    (titles, titleClass) = Self.titles(catalog)
    renditions = Self.renditions(streaming.players, catalog.ladder)
    sizes = catalog.ladder.map { Double($0.bitsPerSecond) * catalog.segment.seconds / 8 }
    let asksManifest = streaming.sessions.start.contains { $0.actions.contains(.manifest) }
    manifest = (asksManifest, Double(catalog.manifest.bytes))
    (segments, positions) = Self.segments(streaming)
  }

  /// The first titles stand alone, further ones in groups that grow by a twentieth.
  private static func titles(_ catalog: Catalog) -> ([(count: Double, weight: Double)], [Int32]) {
    let weights = PopularityTable.weights(catalog.popularity, count: catalog.titles)
    let total = weights.reduce(0, +)
    var classes: [(count: Double, weight: Double)] = []
    var titleClass: [Int32] = []
    var rank = 0
    while rank < weights.count {
      let end = min(weights.count, max(rank + 1, rank + rank / 20))
      let sum = weights[rank..<end].reduce(0, +)
      titleClass += [Int32](repeating: Int32(classes.count), count: end - rank)
      classes.append((Double(end - rank), sum / total / Double(end - rank)))
      rank = end
    }
    return (classes, titleClass)
  }

  private static func renditions(_ players: [PlayerCohort], _ ladder: [Bitrate]) -> [Double] {
    var parts = [Double](repeating: 0, count: ladder.count)
    for player in players {
      var above = 1.0
      for (index, rate) in ladder.enumerated().dropFirst() {
        let next = player.network.survival(Double(rate.bitsPerSecond) / player.rule.up)
        parts[index - 1] += player.share.value * (above - next)
        above = next
      }
      parts[ladder.count - 1] += player.share.value * above
    }
    return parts
  }

  private static func segments(_ streaming: Streaming) -> ([(count: Double, reached: Double)], PositionClasses) {
    let catalog = streaming.catalog
    let segment = catalog.segment.seconds
    var recorded: Int?
    if case .recorded(let sizes) = catalog.sizes { recorded = sizes.count }
    func exists(_ number: Double) -> Double {
      recorded.map { number < Double($0) ? 1 : 0 } ?? catalog.duration.survival(number * segment)
    }
    func reached(_ number: Double) -> Double {
      streaming.players.reduce(0) { $0 + $1.share.value * ($1.watch?.survival(number * segment) ?? 1) }
    }
    var all: [(count: Double, reached: Double)] = []
    var first = 0.0
    var width = 1.0
    while all.count < 28, all.isEmpty || exists(first) > 1e-9 {
      // A few places within the class stand for all.
      let places = (0..<8).map { first + (Double($0) + 0.5) / 8 * width - 0.5 }.map { max(first, $0) }
      let count = places.reduce(0) { $0 + exists($1) } / 8 * width
      let seen = places.reduce(0) { $0 + reached($1) } / 8
      all.append((all.isEmpty ? 1 : count, all.isEmpty ? 1 : seen))
      first += width
      width *= 2
    }
    return (all, PositionClasses(count: Int32(all.count)))
  }

  /// All classes of objects, as one site is asked for them.
  func objects(sessionRate: Double) -> [ObjectClass] {
    var objects: [ObjectClass] = []
    for title in titles {
      for rendition in 0...renditions.count {
        for position in segments.indices {
          let isManifest = rendition == renditions.count
          if isManifest {
            let isAsked = manifest.asked && position == 0
            objects.append(
              ObjectClass(
                count: position == 0 ? title.count : 0, rate: isAsked ? sessionRate * title.weight : 0,
                size: manifest.size))
            continue
          }
          objects.append(
            ObjectClass(
              count: title.count * segments[position].count,
              rate: sessionRate * title.weight * renditions[rendition] * segments[position].reached,
              size: sizes[rendition]))
        }
      }
    }
    return objects
  }
}

extension Network {
  /// The part of the sessions, or of a recording's time, with more than a bandwidth.
  fileprivate func survival(_ bitsPerSecond: Double) -> Double {
    switch self {
    case .drawn(let bandwidth, _): return bandwidth.survival(bitsPerSecond * (1 - 1e-12))
    case .recorded(let recording, _):
      var above = 0.0
      var whole = 0.0
      for period in recording.periods {
        whole += period.duration.seconds
        if Double(period.bandwidth.bitsPerSecond) >= bitsPerSecond { above += period.duration.seconds }
      }
      return above / whole
    }
  }
}

extension Arrivals {
  /// Arrivals a second, averaged over a time from the start.
  fileprivate func meanRate(over horizon: SimulationDuration) -> Double {
    let end = horizon.seconds
    switch self {
    case .poisson(let rate), .constant(let rate): return rate.perSecond
    case .renewal(let gap): return gap.mean > 0 ? 1 / gap.mean : 0
    case .diurnal(let mean, _, _): return mean.perSecond
    case .piecewise(let pieces):
      var sum = 0.0
      for (index, piece) in pieces.enumerated() {
        let to = index + 1 < pieces.count ? min(end, pieces[index + 1].from.seconds) : end
        sum += max(0, to - piece.from.seconds) * piece.rate.perSecond
      }
      return sum / end
    case .ramp(let ramp):
      let (from, to) = (ramp.from.perSecond, ramp.to.perSecond)
      let (begins, lasts) = (ramp.at.seconds, ramp.over.seconds)
      let ramped = max(0, min(end - begins, lasts))
      let reached = lasts > 0 ? from + (to - from) * ramped / lasts : to
      return (min(begins, end) * from + ramped * (from + reached) / 2 + max(0, end - begins - lasts) * to) / end
    case .replay(let instants): return Double(instants.filter { $0.nanoseconds < horizon.nanoseconds }.count) / end
    case .closed: return 0
    }
  }
}
