import Sampling

/// Hit ratios by the characteristic time.
///
/// A time to live counts from the store and no hit extends it; a request for what is stale is a miss that stores the object
/// anew. J. Jung, A. W. Berger and H. Balakrishnan, "Modeling TTL-based Internet caches", INFOCOM 2003, for caches of
/// unlimited room.
extension CharacteristicTime {
  /// The probability that a request for an object of the class is answered from what is held and fresh; 0 where nothing
  /// of it is requested.
  func hitRatio(of objects: ObjectClass) -> Double {
    if objects.rate <= 0 || seconds <= 0 || objects.timeToLive <= 0 { return 0 }
    let (rate, timeToLive) = (objects.rate, objects.timeToLive)
    if policy == .lru, timeToLive > seconds {
      // Without expiry a miss is a request that comes later than T after the one before it.
      if timeToLive.isInfinite { return -DeterministicMath.expm1(-rate * seconds) }
      return Self.ratio(hits: Self.hits(ofMean: rate * seconds, expiringAfter: timeToLive / seconds))
    }
    return Self.ratio(hits: rate * min(seconds, timeToLive))
  }

  /// Of a cycle from one store to the next: one miss, and these hits on average.
  private static func ratio(hits: Double) -> Double { hits.isInfinite ? 1 : hits / (1 + hits) }

  /// The expected hits from a store to the next one in an LRU cache with expiry.
  ///
  /// With the unit of time T, requests come at rate x, and those up to the time to live θ are hits as long as no gap
  /// exceeds 1. The density of hits u(t) is that of a renewal process which ends with probability e^-x at each request:
  /// its transform is g/(1-g) with g(s) = x/(x+s) (1 - e^-(x+s)). Expanded by powers of e^-s it is inverted term by term:
  ///
  ///     N(θ) = xθ + Σ_{1<=j<θ} (-x e^-x (θ-j))^j / j! (1 + x(θ-j)/(j+1)),
  ///
  /// which is exact, and alternates: for large θ it loses digits. Then the leading pole is exact to e^-3θ: with y the other
  /// solution of y e^-y = x e^-x,
  ///
  ///     N(θ) = e^x - 1 - (e^(x-y) - 1)/(1-y) e^-yθ.
  ///
  /// - Parameters:
  ///   - x: requests expected in the characteristic time, λT.
  ///   - span: θ, the time to live in units of T, at least 1.
  static func hits(ofMean x: Double, expiringAfter span: Double) -> Double {
    // So rarely does a gap exceed T that none does.
    if x > 700 { return x * span }
    if span > 30 { return hitsByPole(x, span) }
    let end = x * DeterministicMath.exp(-x)
    var hits = x * span
    var j = 1.0
    while j < span {
      let left = span - j
      var term = 1.0
      var factor = 1.0
      while factor <= j {
        term *= -end * left / factor
        factor += 1
      }
      hits += term * (1 + x * left / (j + 1))
      j += 1
    }
    return hits
  }

  private static func hitsByPole(_ x: Double, _ span: Double) -> Double {
    // The pole's term is below e^-27 here, and nothing beside the first.
    if x < 1.1 { return DeterministicMath.expm1(x) }
    // Newton on the convex y - ln y = x - ln x from the left of its solution in (0, 1).
    var y = x * DeterministicMath.exp(-x)
    let value = x - DeterministicMath.log(x)
    while true {
      let next = y + y * (y - DeterministicMath.log(y) - value) / (1 - y)
      if next - y <= 0x1p-50 * y { break }
      y = next
    }
    // (1-y) as an exponent, so that nothing cancels where y is tiny and e^x huge.
    let shift = -DeterministicMath.log1p(-y)
    return DeterministicMath.expm1(shift - y * span)
      - DeterministicMath.exp(x) * DeterministicMath.expm1(shift - y - y * span)
  }
}
