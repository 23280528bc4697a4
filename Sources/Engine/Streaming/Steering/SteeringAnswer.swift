/// What steering tells the sessions that ask: a weight for each CDN, and who comes after the first.
struct SteeringAnswer: ~Copyable {
  /// Parts of all, which add up to 1.
  var weights: Slab<Double>
  /// All CDNs, the preferred first: decides between equal weights.
  var preference: Slab<Int32>
  /// Whether a CDN without weight may take what a capacity cap leaves over.
  var standsBy: Slab<Bool>

  init(cdnCount: Int) {
    weights = Slab(repeating: 0, count: cdnCount)
    preference = Slab(repeating: 0, count: cdnCount)
    standsBy = Slab(repeating: false, count: cdnCount)
    reset()
  }

  /// No weights, and a preference by number, which is by name.
  mutating func reset() {
    weights.fill(with: 0)
    standsBy.fill(with: false)
    for cdn in 0..<preference.count { preference[cdn] = Int32(cdn) }
  }

  /// Gives one CDN everything.
  mutating func choose(_ cdn: Int32) {
    weights.fill(with: 0)
    weights[cdn] = 1
  }

  /// The CDN of a session whose draw is `uniform`, from 0 to below 1.
  ///
  /// The weights are laid end to end, in the order of the numbers: the larger the draw, the larger the number, and a
  /// session changes its CDN only where a boundary has moved across its draw.
  @inline(always) func primary(_ uniform: Double) -> Int32 {
    var end = 0.0
    var last: Int32 = 0
    for cdn in 0..<weights.count where weights[cdn] > 0 {
      end += weights[cdn]
      last = Int32(cdn)
      if uniform < end { return last }
    }
    return last
  }

  /// Writes all CDNs in the order in which a session is to use them: its own, then the others by descending weight,
  /// those of equal weight by preference.
  /// - Parameter first: where in `order` to begin; there is room for all CDNs from there.
  /// - Returns: how many of them have weight, at least 1.
  @discardableResult
  func order(_ uniform: Double, into order: inout Slab<Int32>, at first: Int = 0) -> Int32 {
    let own = primary(uniform)
    order[first] = own
    var count = 1
    var weighty: Int32 = 1
    for index in 0..<preference.count where preference[index] != own {
      let cdn = preference[index]
      var place = first + count
      while place > first + 1, weights[order[place - 1]] < weights[cdn] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = cdn
      count += 1
      if weights[cdn] > 0 { weighty += 1 }
    }
    return weighty
  }
}
