import Engine
import Foundation
import Model
import Testing

/// How hit ratios come back after a flush: many titles of one segment each, chosen independently of each other.
///
/// Until a cache is full nothing is evicted, so that at age t it has what was asked for since: a request at rate λ hits with
/// probability 1 - e^-λt, and the mean over the ages up to d is 1 - (1 - e^-λd) / λd.
@Suite struct `After a flush` {
  struct Cache: Sendable {
    var titles = 2000
    var exponent = 0.8
    /// In segments; 0: unlimited.
    var room = 0
    var rate = 1000
    var policy = "lru"
    /// With a comma before it.
    var ttl = ""
    var sites = 1
    var shield = 0
    var target = "alpha"
    var flush = 0.2
    /// From the flush, in seconds.
    var edges: [Double]
    var horizon: Double { flush + (edges.last ?? 0) + 0.001 }
  }

  private func outcomes(_ its: Cache, detail: String, _ count: Int) throws -> [ReplicationOutcome] {
    func size(_ room: Int) -> String { room == 0 ? "unlimited" : "\(room * 125)KB" }
    let shield =
      its.shield == 0
      ? "" : "shield: {sites: 1, latency: 0ms, cache: {size: \(size(its.shield))}, detail: \(detail)}"
    let windows = zip(its.edges, its.edges.dropFirst()).map { from, to in
      Window(
        .between(
          SimulationDuration(nanoseconds: Int64((its.flush + from) * 1e9)),
          SimulationDuration(nanoseconds: Int64((its.flush + to) * 1e9))))
    }
    return try Broadcast(
      """
      model: refill
      time: {horizon: \(its.horizon)s}
      catalog: {titles: \(its.titles), popularity: zipf(\(its.exponent)), duration: 1s, ladder: [1Mbps], segment: 1s}
      players: {viewer: {like: basic, bandwidth: 1Gbps, latency: 0ms}}
      sessions: {arrivals: poisson(\(its.rate)/s), start: [segment]}
      cdns:
        alpha:
          edge:
            sites: \(its.sites)
            cache: {size: \(size(its.room)), policy: \(its.policy)\(its.ttl)}
            latency: 0ms
            detail: \(detail)
          \(shield)
          origin: origin.segment
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      faults: "flush: {at: \(its.flush)s, inject: flush-cache, target: \(its.target)}", windows: windows
    ).replications(count)
  }

  /// The mean hit ratio over the ages from `from` to `to` seconds of a cache that never fills.
  private func exact(_ its: Cache, from: Double, to: Double) -> Double {
    let weights = (1...its.titles).map { pow(Double($0), -its.exponent) }
    let total = weights.reduce(0, +)
    return weights.reduce(0) { sum, weight in
      let rate = Double(its.rate) * weight / total
      return sum + weight / total * (1 - (exp(-rate * from) - exp(-rate * to)) / (rate * (to - from)))
    }
  }

  /// An LRU cache with room for a third of the titles is full after some 0.55 s; the last time lies before that.
  @Test(arguments: [("objects", 0), ("che", 0), ("objects", 700), ("che", 700)])
  func `hits come back as what is asked for`(detail: String, room: Int) throws {
    let cache = Cache(room: room, rate: 2000, edges: [0, 0.1, 0.25, 0.5])
    let outcomes = try outcomes(cache, detail: detail, 30)
    for (window, (from, to)) in zip(cache.edges, cache.edges.dropFirst()).enumerated() {
      // Titles of like popularity are one class.
      try expectMean(
        "\(detail), from \(from) s", outcomes.map { try $0.cdn(window: window).edge.hitRatio },
        is: exact(cache, from: from, to: to), precision: 0.15, allowance: 0.002)
    }
  }

  static let twins: [Cache] = [
    // Full after some 1.1 s, and in its steady state then.
    Cache(room: 700, edges: [0, 0.3, 1, 1.6, 3]),
    Cache(room: 700, policy: "fifo", edges: [0, 0.3, 0.7, 3, 4]),
    // Everything popular expires at once, a life after the flush, and once more.
    Cache(ttl: ", ttl: 1s", edges: [0, 0.5, 1, 1.15, 1.5, 2, 2.3, 3]),
  ]

  @Test(arguments: twins) func `hits are alike whether objects are known or not`(its: Cache) throws {
    let (objects, che) = (try outcomes(its, detail: "objects", 16), try outcomes(its, detail: "che", 16))
    for window in 0..<its.edges.count - 1 {
      let pairs = try zip(objects, che).map { known, approximate in
        1 + (try known.cdn(window: window).edge.hitRatio) - (try approximate.cdn(window: window).edge.hitRatio)
      }
      try expectMean(
        "\(its.policy)\(its.ttl), from \(its.edges[window]) s", pairs, is: 1, precision: 0.08, allowance: 0.008)
    }
  }

  static let shields: [Cache] = ["alpha", "alpha edge"].map {
    Cache(
      titles: 1000, room: 100, sites: 40, shield: 300, target: $0, flush: $0 == "alpha" ? 0.2 : 12,
      edges: [0, 1, 3, 6, 10])
  }

  /// 40 edges with room for 100 titles are full after 6 s, and share a shield of 300.
  @Test(arguments: shields) func `a shield's hits are, too`(its: Cache) throws {
    let (objects, che) = (try outcomes(its, detail: "objects", 8), try outcomes(its, detail: "che", 8))
    for window in 0..<its.edges.count - 1 {
      func differences(_ tier: KeyPath<CDNTally, TierTally>) throws -> [Double] {
        try zip(objects, che).map { known, approximate in
          1 + (try known.cdn(window: window))[keyPath: tier].hitRatio
            - (try approximate.cdn(window: window))[keyPath: tier].hitRatio
        }
      }
      // The approximation takes what edges miss for a Poisson process; it is some 0.5% off in the steady state.
      let label = "\(its.target), from \(its.edges[window]) s"
      try expectMean("edge, \(label)", differences(\.edge), is: 1, precision: 0.045, allowance: 0.006)
      try expectMean("shield, \(label)", differences(\.shield), is: 1, precision: 0.07, allowance: 0.012)
    }
  }
}
