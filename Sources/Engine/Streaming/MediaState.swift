import Model
import Sampling

/// Things that cannot be copied, by number.
///
/// Invariants: `base` holds `count` initialised elements, and every index is checked.
struct Bank<Element: ~Copyable>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int, make: (Int) -> Element) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    for index in 0..<count { (base + index).initialize(to: make(index)) }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(always) subscript(index: Int32) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "bank index out of range")
      return UnsafePointer(base + Int(index))
    }
    nonmutating unsafeMutableAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "bank index out of range")
      return base + Int(index)
    }
  }
}

/// The sessions, caches and links of one replication, reused from replication to replication.
struct MediaState: ~Copyable {
  var sessions = Arena<Session>()
  var fills = Arena<Fill>()
  /// The fills that further requests join, by object and node.
  var flights = KeyTable()
  /// Failures that are kept, by object and node: until when, and the status.
  var negatives = KeyTable()
  /// One a node.
  let caches: Bank<ObjectCache>
  let links: Bank<FairLink>
  /// What services keep of the answers of dependencies.
  let answers: Bank<ObjectCache>
  /// Of what the calendar holds for each link.
  var linkGenerations: Slab<UInt32>
  /// By session and CDN: until when the player avoids it.
  var penalties = Slab<Int64>()
  var steering: SteeringService
  /// Sessions under way by CDN, where steering is told of them.
  var sessionsAt: Slab<Int64>
  /// Room for one answer of steering.
  var order: Slab<Int32>
  var channels: Slab<ChannelState>
  /// The active faults of CDNs, cohorts and networks, in the order of their names.
  var faults = Slab<Int32>(capacity: 16)
  /// When each node's cache was emptied last, and all edges of each CDN at once; whether a cache of which only hit ratios
  /// are known ever was.
  var flushedAt: Slab<Int64>
  var edgesFlushedAt: Slab<Int64>
  var isRefilling = false
  /// Viewers who leave after the end of an event, in the order of their times, and the next one.
  var departures = Slab<Departure>(capacity: 1)
  var nextDeparture = 0
  var tallies: MediaTallies
  var key = DrawKey(bits: 0)
  var titleKey = DrawKey(bits: 0)

  init(_ program: Program) {
    let media = program.media
    let settings = media.cacheSettings
    caches = Bank(count: media.nodes.count) {
      ObjectCache(settings[$0].policy, capacity: settings[$0].capacity, keep: settings[$0].keep)
    }
    let kept = media.answerCaches
    answers = Bank(count: kept.count) {
      ObjectCache(kept[$0].policy, capacity: kept[$0].capacity, keep: kept[$0].keep)
    }
    let capacities = media.linkCapacities
    links = Bank(count: capacities.count) { FairLink(capacity: capacities[$0]) }
    linkGenerations = Slab(repeating: 0, count: capacities.count)
    steering = SteeringService(media.steeringProgram)
    sessionsAt = Slab(repeating: 0, count: media.cdns.count)
    order = Slab(repeating: 0, count: media.cdns.count)
    channels = Slab(repeating: ChannelState(), count: Int(media.catalog.channels))
    flushedAt = Slab(repeating: Simulation.neverFlushed, count: media.nodes.count)
    edgesFlushedAt = Slab(repeating: Simulation.neverFlushed, count: media.cdns.count)
    tallies = MediaTallies(program)
  }

  /// - Parameter capacities: of the links, which faults may have changed.
  mutating func reset(root: DrawKey, capacities: [Int64]) {
    sessions.removeAll()
    fills.removeAll()
    flights.removeAll()
    negatives.removeAll()
    for node in 0..<Int32(caches.count) { caches[node].removeAll() }
    for cache in 0..<Int32(answers.count) { answers[cache].removeAll() }
    for link in 0..<Int32(links.count) { links[link] = FairLink(capacity: capacities[Int(link)]) }
    linkGenerations.fill(with: 0)
    penalties.removeAll()
    steering.reset()
    sessionsAt.fill(with: 0)
    channels.fill(with: ChannelState())
    faults.removeAll()
    flushedAt.fill(with: Simulation.neverFlushed)
    edgesFlushedAt.fill(with: Simulation.neverFlushed)
    isRefilling = false
    departures.removeAll()
    nextDeparture = 0
    tallies.reset()
    key = root.child(named: "streaming")
    titleKey = key.child(named: "title")
  }
}
