import Sampling
import Testing

@testable import Engine

/// Poisson requests for one object, each an exponential gap after the one before.
private struct Requests {
  let root: DrawKey
  let rate: Double
  var index: UInt64 = 0
  var time = 0.0

  mutating func next() -> Double {
    time -= DeterministicMath.log1p(-root.uniform(index)) / rate
    index += 1
    return time
  }
}

@Suite struct `Hits with expiry` {
  /// Of one object that is evicted when it was not asked for in a unit of time, and expires after θ: the renewal process
  /// itself. 300,000 requests give a standard error of some 0.1 points, and tell 0.5 points with a false alarm below 10^-5.
  @Test(arguments: [0.05, 0.3, 1, 1.05, 2, 5, 12])
  func `are those of simulated requests`(x: Double) {
    let spans = [1, 1.01, 1.5, 2, 3.7, 10, 29, 31, 200]
    var requests = Requests(root: DrawKey(seed: 9, replication: 0).child(x.bitPattern), rate: x)
    var stored = [Double](repeating: -.infinity, count: spans.count)
    var hits = [Int](repeating: 0, count: spans.count)
    var last = -Double.infinity
    let count = 300_000
    for _ in 0..<count {
      let now = requests.next()
      for index in 0..<spans.count {
        if now - last <= 1, now - stored[index] <= spans[index] { hits[index] += 1 } else { stored[index] = now }
      }
      last = now
    }
    for (index, span) in spans.enumerated() {
      let expected = CharacteristicTime.hits(ofMean: x, expiringAfter: span)
      #expect(abs(Double(hits[index]) / Double(count) - expected / (1 + expected)) < 0.005, "θ = \(span)")
    }
  }

  /// The same mean by the renewal equation u(t) = g(t) + ∫ g(t-s) u(s) ds, in steps of 1/400 and by the trapezoidal rule,
  /// whose error is about x²/400² here.
  @Test(arguments: [0.4, 1, 2, 4])
  func `solve the renewal equation`(x: Double) {
    let steps = 400
    let width = 1 / Double(steps)
    let gap = (0...steps).map { x * DeterministicMath.exp(-x * Double($0) * width) }
    var density = [x]
    var hits = [0.0]
    for step in 1...(40 * steps) {
      let reach = min(step, steps)
      // The gap's density jumps to 0 at 1, and with it that of hits: half of the first jump counts at its place.
      var sum = step <= steps ? gap[step] : 0
      for back in 1...reach {
        let weight = back == reach ? 0.5 : 1.0
        sum += weight * width * gap[back] * density[step - back]
      }
      density.append(sum / (1 - 0.5 * width * gap[0]))
      let before = step - 1 == steps ? density[steps] - gap[steps] : density[step - 1]
      hits.append(hits[step - 1] + 0.5 * width * (before + density[step]))
    }
    for span in [1, 1.5, 2, 3, 8, 30, 40] {
      let formula = CharacteristicTime.hits(ofMean: x, expiringAfter: span)
      #expect(abs(hits[Int(span * Double(steps))] / formula - 1) < 0.005, "θ = \(span)")
    }
  }

  @Test func `join where the formula changes, and end in the limits`() {
    for x in [0.01, 0.7, 1, 1.0999, 1.1001, 1.5, 3, 10, 30, 100, 600] {
      let series = CharacteristicTime.hits(ofMean: x, expiringAfter: 30)
      let pole = CharacteristicTime.hits(ofMean: x, expiringAfter: 30.000000001)
      #expect(abs(pole / series - 1) < 1e-9, "x = \(x)")
      // θ = T: nothing but expiry ends a cycle. θ to infinity: 1 - e^-x of the requests are hits.
      #expect(CharacteristicTime.hits(ofMean: x, expiringAfter: 1) == x)
      let limit = CharacteristicTime.hits(ofMean: x, expiringAfter: 1e300)
      #expect(abs(limit / DeterministicMath.expm1(x) - 1) < 1e-12, "x = \(x)")
    }
    // Where no gap ever exceeds T.
    #expect(abs(CharacteristicTime.hits(ofMean: 40, expiringAfter: 1000) / 40_000 - 1) < 1e-10)
    #expect(CharacteristicTime.hits(ofMean: 1e6, expiringAfter: 1000) == 1e9)
  }

  /// The whole approximation against the cache: Zipf(0.8) over 1,000 objects, room for 200, a unit of time for 1,000
  /// requests, lifetimes on both sides of T. Batches are not needed: 250,000 requests have a standard error near 0.1 points.
  @Test(arguments: [ObjectCache.Policy.lru, .fifo], [0.05, 0.2, 0.5, 2])
  func `are those of a cache of many objects`(policy: ObjectCache.Policy, timeToLive: Double) {
    let weights = (1...1000).map { DeterministicMath.pow(Double($0), -0.8) }
    let total = weights.reduce(0, +)
    let objects = weights.map { ObjectClass(count: 1, rate: 1000 * $0 / total, size: 1, timeToLive: timeToLive) }
    let time = CharacteristicTime(of: objects, policy: policy, capacity: 200)
    let expected = objects.reduce(0) { $0 + $1.rate / 1000 * time.hitRatio(of: $1) }

    var cumulative: [Double] = []
    for weight in weights { cumulative.append((cumulative.last ?? 0) + weight / total) }
    var requests = Requests(root: DrawKey(seed: 10, replication: 0), rate: 1000)
    var cache = ObjectCache(policy, capacity: 200, keep: ObjectCache.never)
    let (warmUp, count) = (20_000, 250_000)
    var hits = 0
    for request in 0..<warmUp + count {
      let now = Int64(requests.next() * 1e9)
      let draw = requests.root.child(1).uniform(UInt64(request))
      var (low, high) = (0, 999)
      while low < high {
        let middle = (low + high) / 2
        if draw < cumulative[middle] { high = middle } else { low = middle + 1 }
      }
      if cache.look(up: UInt64(low), at: now) == .fresh {
        if request >= warmUp { hits += 1 }
      } else {
        cache.store(UInt64(low), size: 1, expires: now + Int64(timeToLive * 1e9), at: now)
      }
    }
    let ratio = Double(hits) / Double(count)
    #expect(abs(ratio - expected) < 0.005, "simulated \(ratio), expected \(expected), T = \(time.seconds)")
  }
}

/// A TTL cache before an origin that takes D to answer. The time to live counts from the answer.
///
/// validation/streaming.md: the origin is asked λ/(1 + λ(T + D)) times a second where requests that wait for the same answer
/// are collapsed, and λ(1 + λD)/(1 + λ(T + D)) where they are not and the first answer is the one that counts.
@Suite struct `Fetches of a popular object` {
  @Test(arguments: [(10.0, 4.0, 0.2, 0.232558, 0.697674), (5000, 2, 0.3, 0.434745, 652.55)])
  func `are collapsed to one a lifetime`(
    rate: Double, timeToLive: Double, delay: Double, collapsed: Double, herd: Double
  ) {
    var requests = Requests(root: DrawKey(seed: 11, replication: 0), rate: rate)
    var cache = ObjectCache(.ttl, capacity: ObjectCache.unlimited, keep: 0)
    var (fetches, misses, answer, cycles) = (0, 0, -Int64(1), 0)
    let lifetime = Int64(timeToLive * 1e9)
    // As many cycles as a second's work allows; a collapsed cycle varies by 1/λ, the herd by the square root of λD.
    let limit = rate > 1000 ? 60 : 20_000
    var now: Int64 = 0
    var end: Int64 = 0
    while cycles <= limit {
      now = Int64(requests.next() * 1e9)
      if answer >= 0, answer <= now {
        cache.store(1, size: 1, expires: answer + lifetime, at: answer)
        answer = -1
      }
      if cache.look(up: 1, at: now) == .fresh { continue }
      if answer < 0 {
        cycles += 1
        // The last cycle only ends the one before it.
        if cycles > limit { break }
        answer = now + Int64(delay * 1e9)
        fetches += 1
      }
      misses += 1
      end = now
    }
    end = now
    let seconds = Double(end) * 1e-9
    // Means over the cycles: standard errors below 0.35% of each.
    #expect(abs(Double(fetches) / seconds / collapsed - 1) < 0.01)
    #expect(abs(Double(misses) / seconds / herd - 1) < 0.01)
    let formula = rate / (1 + rate * (timeToLive + delay))
    #expect(abs(formula / collapsed - 1) < 2e-6 && abs(formula * (1 + rate * delay) / herd - 1) < 1e-5)
  }
}
