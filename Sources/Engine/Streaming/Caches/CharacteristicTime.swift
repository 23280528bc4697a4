import Sampling

/// Objects that are requested alike.
struct ObjectClass: Sendable {
  /// How many objects there are; not negative, whole or not.
  var count: Double
  /// Requests a second of each object.
  var rate: Double
  /// Bytes of each object.
  var size: Double
  /// For how many seconds from its store an object is fresh; infinite where it never expires.
  var timeToLive = Double.infinity
}

/// How long an object stays in a cache of limited room, taken to be the same for all objects.
///
/// Requests for each object are a Poisson process. Of an LRU cache it is the time from an object's last request to its
/// eviction, of a FIFO cache (and alike of one that evicts at random) that from its store. It is the time at which the
/// expected bytes of what is held equal the room. What is stale counts: it stays until it is evicted.
///
/// H. Che, Y. Tung and Z. Wang, "Hierarchical web caching systems: modeling, design and experimental results", IEEE JSAC
/// 20(7), 2002; C. Fricker, P. Robert and J. Roberts, "A versatile and accurate approximation for LRU cache performance",
/// ITC 24, 2012; V. Martina, M. Garetto and E. Leonardi, "A unified approach to the performance analysis of caching
/// systems", INFOCOM 2014, for FIFO and RANDOM.
struct CharacteristicTime: Sendable {
  let policy: ObjectCache.Policy
  /// Infinite where everything that is requested fits.
  let seconds: Double

  /// - Parameters:
  ///   - policy: the eviction; `ttl` evicts as `fifo`.
  ///   - capacity: bytes, not negative; infinite for no limit.
  /// - Complexity: O(classes) for each of some ten to a hundred evaluations.
  init(of classes: [ObjectClass], policy: ObjectCache.Policy, capacity: Double) {
    precondition(capacity >= 0, "a cache's room is not negative")
    self.policy = policy
    var requested = 0.0
    var traffic = 0.0
    for each in classes where each.rate > 0 {
      precondition(each.count >= 0 && each.size >= 0, "counts and sizes of objects are not negative")
      requested += each.count * each.size
      traffic += each.count * each.size * each.rate
    }
    seconds =
      requested <= capacity ? .infinity : Self.solve(classes, policy, capacity, start: capacity / traffic)
  }

  /// Newton's method inside a bracket that is halved by the bits of its ends where that does not converge.
  ///
  /// - Parameter start: a time at which the cache is not full yet, since the expected bytes are concave at first and their
  ///   slope at 0 is the traffic.
  private static func solve(
    _ classes: [ObjectClass], _ policy: ObjectCache.Policy, _ capacity: Double, start: Double
  ) -> Double {
    if start == 0 { return 0 }
    var low = 0.0
    var high = Double.greatestFiniteMagnitude
    var time = start
    var round = 0
    while true {
      var excess = -capacity
      var slope = 0.0
      for each in classes where each.rate > 0 {
        let (held, change) = each.occupancy(after: time, policy)
        excess += each.count * each.size * held
        slope += each.count * each.size * change
      }
      if excess >= 0 { high = time } else { low = time }
      let next = time - excess / slope
      if slope > 0, (next - time).magnitude <= 0x1p-52 * time { return next }
      round += 1
      let isNewton = slope > 0 && next > low && next < high && (round < 24 || round % 2 == 0)
      time = isNewton ? next : Double(bitPattern: low.bitPattern + (high.bitPattern - low.bitPattern) / 2)
      if time <= low || time >= high { return high }
    }
  }
}

extension ObjectClass {
  /// The share of time for which an object is held, fresh or stale, and its derivative by the characteristic time.
  ///
  /// A FIFO cache whose objects expire earlier holds one from its store until the next store, or for T: from one store to
  /// the next it is the time to live and the time to the next request.
  fileprivate func occupancy(after time: Double, _ policy: ObjectCache.Policy) -> (share: Double, slope: Double) {
    switch policy {
    case .lru:
      let absent = DeterministicMath.expm1(-rate * time)
      return (-absent, rate * (1 + absent))
    case .fifo, .ttl:
      let fresh = rate * min(time, timeToLive)
      if time <= timeToLive { return (fresh / (1 + fresh), rate / ((1 + fresh) * (1 + fresh))) }
      let absent = DeterministicMath.expm1(-rate * (time - timeToLive))
      return ((fresh - absent) / (1 + fresh), rate * (1 + absent) / (1 + fresh))
    }
  }
}
