import Model
import Sampling

extension MediaProgram {
  init(model: SystemModel, boundaries: Boundaries, compiler: inout Compiler) {
    let streaming = model.streaming
    isPresent = streaming != nil
    let players = streaming?.players ?? []
    let cdnModels = streaming?.cdns ?? []
    everySession = compiler.everySession
    catalog = CatalogEntry(streaming?.catalog, &compiler)
    ladder = Table((streaming?.catalog.ladder ?? []).map(\.bitsPerSecond))
    sizes = Self.sizes(streaming?.catalog)
    sizeFactor = sizes.factor.map { compiler.sampler($0) } ?? -1
    titles = PopularityTable(
      (streaming?.catalog).map { PopularityTable.weights($0.popularity, count: $0.titles) } ?? [])
    channels = PopularityTable(
      (streaming?.catalog.live).map { PopularityTable.weights($0.popularity, count: $0.channels) } ?? [])

    let recordings = players.compactMap { player -> NetworkRecording? in
      if case .recorded(let recording, _) = player.network { return recording }
      return nil
    }
    networks = NetworkTable(recordings)
    rules = BitrateRules(
      players.map { ($0.rule, $0.buffer) },
      ladder: streaming?.catalog.ladder ?? [Bitrate(bitsPerSecond: 1)],
      segment: streaming?.catalog.segment ?? .seconds(1))
    let scenario = compiler.scenario
    let faults =
      (scenario?.faults ?? []).map { (effect: $0.effect, targets: $0.targets) }
      + (model.failures + (scenario?.failures ?? [])).map { (effect: $0.effect, targets: $0.targets) }
    var sites = SiteCompiler(cdnModels, sharing: Self.cdnsWithNetworkFaults(faults, cdnModels))
    var entries: [CohortEntry] = []
    var choices: [SiteChoice] = []
    var share = 0.0
    var network: Int32 = 0
    for (index, player) in players.enumerated() {
      share += player.share.value
      var entry = CohortEntry(
        player, workload: Int16(clamping: Int(everySession) + 1 + index),
        threshold: index == players.count - 1 ? .max : drawThreshold(share), limits: Int32(index * 2),
        firstSiteChoice: Int32(choices.count), &compiler)
      if entry.network == 0 {
        entry.network = network
        network += 1
      }
      entries.append(entry)
      choices += sites.choices(of: player.region)
    }
    cohorts = Table(entries)
    limits = Table(players.flatMap { [RequestLimits($0.profile.segment), RequestLimits($0.profile.manifest)] })
    siteChoices = Table(choices)

    let hits = HitRatios(model, recordings: networks, flushed: Self.cdnsWithFlushedEdges(faults))
    sites.compile(cdnModels, hits: hits, &compiler)
    nodes = Table(sites.nodes)
    cdns = Table(sites.cdns)
    cacheSettings = sites.caches
    linkCapacities = sites.links
    answerCaches = compiler.answerCaches.map { CacheEntry($0, keep: 0) }
    answerLives = Table(compiler.answerCaches.map { $0.ttl?.nanoseconds ?? .max })
    hitClasses = Table(hits.classes)
    demand = Table(hits.demanded)
    refills = Table(hits.refills)
    refillTimes = Table(hits.refillTimes)
    titleClass = Table(hits.titleClass)
    positions = hits.positions

    startsWithManifest = streaming?.sessions.start.contains { $0.actions.contains(.manifest) } ?? false
    (startSteps, startActions) = Self.start(streaming?.sessions, compiler)
    let after = streaming?.sessions.after
    callsAfterPlay = Table(
      (after?.calls ?? []).map {
        StartActionEntry(kind: .call, edge: compiler.sessionEdges[$0] ?? -1, key: DrawKey.hash(of: $0))
      })
    afterPlayShare = drawThreshold(after?.probability.value ?? 0)
    let ending = streaming?.catalog.live?.ending
    eventEnd = ending?.at.nanoseconds ?? Edge.noLimit
    staying = ending.map { compiler.sampler($0.staying) } ?? -1
    let capacities = sites.cdns.map(\.capacity)
    steeringProgram = SteeringProgram(
      streaming?.steering ?? Steering.none, cdns: cdnModels.map(\.name), capacities: capacities,
      costs: sites.cdns.map(\.pricePerGB))
    steering = SteeringEntry(streaming?.steering ?? Steering.none)

    sides = PartitionSides(
      replicas: compiler.replicas.count, workloads: Int(everySession), cohorts: players.count)
    cohortNames = players.map(\.name)
    cdnNames = cdnModels.map(\.name)
    let regions = Set(players.compactMap(\.region)).sorted()
    self.regions = regions
    regionOfCohort = players.map { player in player.region.flatMap { regions.firstIndex(of: $0) } ?? -1 }
    windowParts = Table(
      boundaries.intervals.enumerated().flatMap { window, parts in
        parts.map { WindowPart(window: Int32(window), from: $0.lowerBound, to: $0.upperBound) }
      })
  }

  private static func sizes(_ catalog: Catalog?) -> MediaSizes {
    do {
      return try MediaSizes(
        catalog?.sizes ?? .constant, ladder: catalog?.ladder ?? [], segment: catalog?.segment ?? .seconds(1))
    } catch { preconditionFailure("sizes of segments: \(error)") }
  }

  private static func start(_ sessions: Sessions?, _ compiler: Compiler)
    -> (Table<StartStepEntry>, Table<StartActionEntry>)
  {
    var steps: [StartStepEntry] = []
    var actions: [StartActionEntry] = []
    for step in sessions?.start ?? [] {
      steps.append(StartStepEntry(firstAction: Int32(actions.count), count: Int32(step.actions.count)))
      // A player has one request at a time: the manifest's comes first.
      for action in step.actions.filter({ $0 == .manifest }) + step.actions.filter({ $0 != .manifest }) {
        switch action {
        case .manifest: actions.append(StartActionEntry(kind: .manifest, edge: -1, key: 0))
        case .segment: actions.append(StartActionEntry(kind: .segment, edge: -1, key: 0))
        case .call(let name):
          let edge = compiler.sessionEdges[name] ?? -1
          actions.append(StartActionEntry(kind: .call, edge: edge, key: DrawKey.hash(of: name)))
        }
      }
    }
    return (Table(steps), Table(actions))
  }
}

extension CatalogEntry {
  fileprivate init(_ catalog: Catalog?, _ compiler: inout Compiler) {
    guard let catalog else { return }
    segment = catalog.segment.nanoseconds
    renditions = Int32(catalog.ladder.count)
    manifestBits = catalog.manifest.bytes * 8
    if case .recorded(let sizes) = catalog.sizes {
      recordedLength = Int64(sizes.count) * segment
    } else {
      duration = compiler.sampler(catalog.duration)
    }
    guard let live = catalog.live else { return }
    channels = Int32(live.channels)
    liveShare = drawThreshold(live.share.value)
    holdBack = Int32(live.holdBack)
    manifestTTL = live.manifestTTL.nanoseconds
    encodeEdge = compiler.encodeEdge
  }
}

extension CohortEntry {
  fileprivate init(
    _ player: PlayerCohort, workload: Int16, threshold: UInt64, limits: Int32, firstSiteChoice: Int32,
    _ compiler: inout Compiler
  ) {
    func sampler(_ distribution: Distribution?) -> Int32 { distribution.map { compiler.sampler($0) } ?? -1 }
    self.workload = workload
    self.threshold = threshold
    self.limits = limits
    self.firstSiteChoice = firstSiteChoice
    keyHash = DrawKey.hash(of: player.name)
    watch = sampler(player.watch)
    switch player.network {
    case .drawn(let bandwidth, let latency):
      self.bandwidth = sampler(bandwidth)
      self.latency = sampler(latency)
      network = -1
      networkFrom = -1
    case .recorded(_, let from):
      bandwidth = -1
      latency = -1
      // Its number among the recordings is set by whoever counts them.
      network = 0
      networkFrom = from?.nanoseconds ?? -1
    }
    startPatience = sampler(player.patience.startup)
    stallPatience = sampler(player.patience.stall)
    pauseEvery = sampler(player.pauses?.every)
    pauseLasting = sampler(player.pauses?.lasting)
    bufferStart = player.buffer.start.nanoseconds
    bufferTarget = player.buffer.target.nanoseconds
    bufferResume = player.buffer.resume.nanoseconds
    switchesAt = StatusSet(player.profile.switchesAt)
    switchesAfterRetries = player.profile.switchesAfterRetries
    penalty = player.profile.penalty?.nanoseconds ?? -1
  }
}

extension SteeringEntry {
  fileprivate init(_ steering: Steering) {
    var isStatic = steering.cap == nil
    if case .weighted = steering.policy {} else { isStatic = false }
    isDynamic = !isStatic
    every = steering.every.nanoseconds
    ttl = steering.ttl.nanoseconds
    isDNS = steering.delivery == .dns
    stragglers = drawThreshold(steering.stragglers.value)
    sample = drawThreshold(steering.telemetry.sample.value)
    loss = drawThreshold(steering.telemetry.loss.value)
  }
}

extension Steering {
  /// Of a model without CDNs.
  fileprivate static let none = Steering(
    policy: .weighted([]), ttl: .seconds(300), every: .seconds(10),
    telemetry: SteeringTelemetry(sample: .one, lag: .zero, loss: .zero, window: .seconds(60)))
}

/// Numbers the sites of all CDNs: the edges of each, then its shields.
struct SiteCompiler {
  private(set) var nodes: [NodeEntry] = []
  private(set) var cdns: [CDNEntry] = []
  private(set) var caches: [CacheEntry] = []
  private(set) var links: [Int64] = []
  private let models: [CDN]

  /// CDNs whose transfers run over links even where no capacity is stated, since a fault may change them under way.
  private let sharing: Set<String>

  init(_ models: [CDN], sharing: Set<String>) {
    self.models = models
    self.sharing = sharing
  }

  /// The first node of a CDN.
  static func firstNode(of cdn: Int, in models: [CDN]) -> Int32 {
    Int32(models[..<cdn].reduce(0) { $0 + $1.edge.siteCount + ($1.shield?.siteCount ?? 0) })
  }

  /// The edge sites of each CDN that serve a region: its own, else those for everyone, else all.
  func choices(of region: String?) -> [SiteChoice] {
    models.enumerated().map { index, cdn in
      var first = Self.firstNode(of: index, in: models)
      let whole = SiteChoice(firstNode: first, count: Int32(cdn.edge.siteCount))
      var forEveryone: SiteChoice?
      for sites in cdn.edge.sites {
        let choice = SiteChoice(firstNode: first, count: Int32(sites.count))
        if sites.region == region, region != nil { return choice }
        if sites.region == nil { forEveryone = choice }
        first += Int32(sites.count)
      }
      return forEveryone ?? whole
    }
  }

  mutating func compile(_ models: [CDN], hits: HitRatios, _ compiler: inout Compiler) {
    for (index, cdn) in models.enumerated() {
      let first = Int32(nodes.count)
      let edges = Int32(cdn.edge.siteCount)
      let shields = Int32(cdn.shield?.siteCount ?? 0)
      let key = DrawKey.hash(of: cdn.name)
      var entry = CDNEntry(
        component: Int32(compiler.services.count + compiler.edgeNames.count + index), keyHash: key,
        originEdge: compiler.originEdges[index].origin, manifestEdge: compiler.originEdges[index].manifest,
        firstCaller: first + (shields > 0 ? edges : 0), capacity: 0, pricePerGB: cdn.pricePerGB ?? 0)
      for number in 0..<edges {
        let shield = shields > 0 ? first + edges + number % shields : -1
        add(
          cdn.edge, cdn: Int32(index), number: number, shield: shield, key: key, isShield: false,
          firstHitClass: hits.first[index].edge, refill: hits.first[index].edgeRefill, &compiler)
      }
      if let capacity = cdn.edge.capacity { entry.capacity = Double(capacity.bitsPerSecond) * Double(edges) }
      if let shield = cdn.shield {
        for number in 0..<shields {
          add(
            shield, cdn: Int32(index), number: number, shield: -1, key: key, isShield: true,
            firstHitClass: hits.first[index].shield, refill: hits.first[index].shieldRefill, &compiler)
        }
      }
      cdns.append(entry)
    }
  }

  private mutating func add(
    _ tier: CDNTier, cdn: Int32, number: Int32, shield: Int32, key: UInt64, isShield: Bool, firstHitClass: Int32,
    refill: Int32, _ compiler: inout Compiler
  ) {
    var link: Int32 = -1
    if let capacity = tier.capacity {
      link = Int32(links.count)
      links.append(capacity.bitsPerSecond)
    } else if !isShield, sharing.contains(models[Int(cdn)].name) {
      link = Int32(links.count)
      links.append(FairLink.unlimited)
    }
    nodes.append(
      NodeEntry(
        cdn: cdn, number: number, shield: shield, caller: shield < 0 ? number : 0,
        keyHash: DrawKey(bits: key).child(isShield ? 1 : 0).child(UInt64(number)).bits,
        latency: compiler.sampler(tier.latency), isShield: isShield, collapses: tier.collapse,
        firstHitClass: firstHitClass, refill: refill, ttl: tier.cache.ttl?.nanoseconds ?? .max,
        staleIfError: tier.staleIfError.nanoseconds, staleWhileRevalidate: tier.staleWhileRevalidate.nanoseconds,
        negative: tier.negative.nanoseconds, link: link))
    caches.append(
      CacheEntry(tier.cache, keep: max(tier.staleIfError.nanoseconds, tier.staleWhileRevalidate.nanoseconds)))
  }
}

extension CacheEntry {
  fileprivate init(_ settings: CacheSettings, keep: Int64) {
    policy = ObjectCache.Policy(settings.policy)
    capacity = settings.size?.bytes ?? ObjectCache.unlimited
    self.keep = keep
  }
}

extension ObjectCache.Policy {
  fileprivate init(_ policy: CacheSettings.Policy) {
    switch policy {
    case .lru: self = .lru
    case .fifo: self = .fifo
    case .ttl: self = .ttl
    }
  }
}

extension Compiler {
  func firstNode(ofCDN cdn: Int) -> Int32 { SiteCompiler.firstNode(of: cdn, in: model.streaming?.cdns ?? []) }
}
