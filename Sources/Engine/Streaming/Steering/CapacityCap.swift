/// Keeps CDNs from being given more than they can carry, on top of any policy.
///
/// A CDN's load is taken to be in proportion to its part of the sessions. Over the look-back it had the mean part a and
/// the load l, so at a part of a x cap / l its load would be the cap: that is its room. A CDN without a known load has
/// room for everything; one that is loaded above the cap by sessions that have already left it has none.
///
/// The weights are filled up like vessels that a common tap feeds in proportion to their weight: one that is full takes
/// no more, and the others share what it would have had in proportion to theirs. When all that have weight are full,
/// those that stand by are filled one after the other, by preference. When they are full too, everything is dealt out in
/// proportion to the rooms, which loads all equally above the cap; where nobody has room, the weights stay.
struct CapacityCap: ~Copyable {
  /// The highest load.
  private let limit: Double
  private var rooms: Slab<Double>
  /// The parts as they are filled.
  private var parts: Slab<Double>
  private var isFull: Slab<Bool>

  init(limit: Double, cdnCount: Int) {
    self.limit = limit
    rooms = Slab(repeating: 0, count: cdnCount)
    parts = Slab(repeating: 0, count: cdnCount)
    isFull = Slab(repeating: false, count: cdnCount)
  }

  mutating func apply(_ signals: borrowing Slab<CDNSignals>, _ answer: inout SteeringAnswer) {
    for cdn in 0..<rooms.count { rooms[cdn] = room(signals[cdn]) }
    parts.fill(with: 0)
    isFull.fill(with: false)
    var left = 1.0
    // Each round but the last fills a CDN up.
    for _ in 0..<rooms.count where left > 0 {
      left = fillOnce(answer.weights)
    }
    for index in 0..<answer.preference.count where left > 0 && answer.standsBy[answer.preference[index]] {
      let cdn = answer.preference[index]
      parts[cdn] = min(rooms[cdn], left)
      left -= parts[cdn]
    }
    var sum = 0.0
    for cdn in 0..<parts.count { sum += parts[cdn] }
    if sum == 0 { return }
    for cdn in 0..<parts.count { answer.weights[cdn] = parts[cdn] / sum }
  }

  private func room(_ signals: CDNSignals) -> Double {
    if signals.load > 0, signals.meanShare > 0 { return signals.meanShare * limit / signals.load }
    return signals.load > limit ? 0 : .infinity
  }

  /// Deals what the full ones leave to the others with weight, and marks those that overflow as full.
  /// - Returns: what is left over: 0 where nobody has overflowed, and everything is dealt out.
  private mutating func fillOnce(_ weights: borrowing Slab<Double>) -> Double {
    let left = unfilled()
    var open = 0.0
    for cdn in 0..<weights.count where !isFull[cdn] { open += weights[cdn] }
    if open == 0 { return left }
    var hasOverflowed = false
    for cdn in 0..<weights.count where !isFull[cdn] && weights[cdn] > 0 {
      parts[cdn] = left * weights[cdn] / open
      if parts[cdn] <= rooms[cdn] { continue }
      parts[cdn] = rooms[cdn]
      isFull[cdn] = true
      hasOverflowed = true
    }
    return hasOverflowed ? unfilled() : 0
  }

  /// What the full ones don't hold.
  private func unfilled() -> Double {
    var left = 1.0
    for cdn in 0..<parts.count where isFull[cdn] { left -= parts[cdn] }
    return max(0, left)
  }
}
