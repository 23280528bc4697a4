import Sampling

/// What a class of objects is asked for, of a cache whose content is not known object by object.
struct ClassDemand: BitwiseCopyable {
  /// Requests a second of each object, as one edge site is asked for it.
  var rate: Double
  /// Those of them that the edge site lacks and asks a shield for, in its steady state.
  var missRate: Double
}

/// How such a cache fills again once it has been emptied: its hit ratios by how long ago that was.
///
/// Requests for each object are a Poisson process of rate λ, as in Che's approximation. While a cache fills nothing is
/// evicted, so that at age t an object is held if it was asked for since: with probability 1 - e^-λt, up to the time at
/// which the expected bytes of what is held equal the room. Of an LRU cache that is the characteristic time T, so that its
/// hit ratio is that of min(T, t); a FIFO cache is then taken to be in its steady state.
struct CacheRefill: BitwiseCopyable {
  /// Seconds until the cache is full again; infinite where all fits that is asked for.
  var full: Double
  var isLRU: Bool
  /// Time to live in seconds; infinite where objects never expire.
  var life: Double

  /// Of a shield: how many edge sites ask it, and for how long after a flush of all of them, at the age of which they are
  /// in their steady state again; of an edge, 0.
  var edges = 0.0
  var edgesFull = 0.0
  /// Of a shield: its characteristic times after a flush of the edges alone, evenly spaced by the cube root of the age up
  /// to `lastAge`; none where nothing flushes them.
  var firstTime: Int32 = 0
  var timeCount: Int32 = 0
  var lastAge = 0.0

  /// Lifetimes after which a cache in which objects expire is taken to be in its steady state.
  static var lives: Double { 8 }

  /// How likely an object is found fresh at an edge that was emptied so many seconds ago; nil once it is in its steady state.
  func freshness(atAge age: Double, rate: Double) -> Double? {
    if age <= life {
      if age < full || isLRU { return -DeterministicMath.expm1(-rate * min(age, full)) }
      return nil
    }
    // What expires before it could be evicted is fresh if it was stored less than a life ago.
    guard life <= full, age < Self.lives * life else { return nil }
    return storesExpected(by: age, rate) - storesExpected(by: age - life, rate)
  }

  /// The expected stores of an object up to an age: the k-th comes k requests, each of which is waited for once the store
  /// before it has expired, after the flush.
  private func storesExpected(by age: Double, _ rate: Double) -> Double {
    var sum = 0.0
    var k = 1.0
    while age > (k - 1) * life {
      // Of k exponential times, by the Poisson probabilities of fewer requests than k.
      let mean = rate * (age - (k - 1) * life)
      var term = 1.0
      var fewer = 0.0
      var j = 0.0
      while j < k {
        fewer += term
        j += 1
        term *= mean / j
      }
      sum += 1 - DeterministicMath.exp(-mean) * fewer
      k += 1
    }
    return sum
  }

  /// How likely a shield does not hold an object that one of its edges lacks.
  ///
  /// It holds what one of the others has asked it for within the time that it keeps anything. Since the edges were emptied
  /// each asks for an object when it is asked first, as far as that lies in this time, and before and afterwards at the rate
  /// of its steady misses.
  /// - Parameters:
  ///   - age: seconds since all edges were emptied; infinite where they were not.
  ///   - kept: for how long the shield keeps what it is not asked for, at most since it was emptied itself.
  func absence(ofObject its: ClassDemand, edgesAge age: Double, kept: Double) -> Double {
    if its.rate <= 0 { return 1 }
    if kept == .infinity { return 0 }
    let last = min(age, edgesFull)
    let first = max(0, age - kept)
    var absent = 1.0
    var steady = kept
    if first < last {
      let asks = DeterministicMath.exp(-its.rate * first) * -DeterministicMath.expm1(-its.rate * (last - first))
      absent = asks < 1 ? DeterministicMath.exp((max(1, edges) - 1) * DeterministicMath.log1p(-asks)) : 0
      steady = max(0, kept - (last - first))
    }
    let requests = edges * its.missRate * steady
    return isLRU ? absent * DeterministicMath.exp(-requests) : absent / (1 + requests)
  }
}

extension CacheRefill {
  /// How many characteristic times are kept.
  static var timesCount: Int { 33 }

  /// The age of a kept time.
  func age(of place: Int) -> Double {
    let part = Double(place) / Double(Self.timesCount - 1)
    return lastAge * part * part * part
  }

  /// Between two of the kept times; `full` where there are none, or beyond them.
  func characteristicTime(atAge age: Double, in times: Table<Double>) -> Double {
    if timeCount == 0 || age >= lastAge { return full }
    var low: Int32 = 0
    var high = timeCount - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.age(of: Int(middle)) <= age { low = middle } else { high = middle }
    }
    let (from, to) = (self.age(of: Int(low)), self.age(of: Int(high)))
    let part = to > from ? (age - from) / (to - from) : 0
    return times[firstTime + low] * (1 - part) + times[firstTime + high] * part
  }

  /// The characteristic time of a shield at an age of its edges: that at which the expected bytes of what it holds equal
  /// its room. By regula falsi with the Illinois rule (M. Dowell, P. Jarratt, BIT 11, 1971).
  func characteristicTime(
    atAge age: Double, of objects: [(demand: ClassDemand, bytes: Double)], capacity: Double
  ) -> Double {
    func excess(_ kept: Double) -> Double {
      objects.reduce(-capacity) { $0 + $1.bytes * (1 - absence(ofObject: $1.demand, edgesAge: age, kept: kept)) }
    }
    var (low, high) = (0.0, full)
    var (below, above) = (-capacity, excess(high))
    if above <= 0 { return full }
    for _ in 0..<60 where high - low > 1e-6 * high {
      let time = (low * above - high * below) / (above - below)
      let here = excess(time)
      if here >= 0 {
        (high, above) = (time, here)
        below /= 2
      } else {
        (low, below) = (time, here)
        above /= 2
      }
    }
    return high
  }
}
