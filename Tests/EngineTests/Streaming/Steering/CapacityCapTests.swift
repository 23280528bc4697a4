import Testing

@testable import Engine

/// Mutations: the excess in equal parts; no second round; CDNs without weight that take the excess though they don't
/// stand by.
@Suite struct `A capacity cap` {
  private func capped(
    _ weights: [Double], _ signals: [CDNSignals], standingBy: [Int] = [], preference: [Int32]? = nil
  ) -> [Double] {
    var answer = SteeringAnswer(weights, standingBy: standingBy, preference: preference)
    var cap = CapacityCap(limit: 0.8, cdnCount: weights.count)
    cap.apply(slab(signals), &answer)
    return array(answer.weights)
  }

  @Test func `changes nothing where there is room`() {
    let signals = [CDNSignals.loaded(0.8, share: 0.5), .loaded(0.1, share: 0.25), .loaded(0, share: 0.25)]
    #expect(capped([0.5, 0.25, 0.25], signals) == [0.5, 0.25, 0.25])
  }

  @Test func `gives the excess to the others`() {
    // Alpha: 0.7 of the sessions load it to 1, so 0.56 load it to 0.8; beta has room for 0.8.
    #expect(agree(capped([0.7, 0.3], [.loaded(1, share: 0.7), .loaded(0.3, share: 0.3)]), [0.56, 0.44]))
  }

  @Test func `fills the others no further than to the cap either`() {
    // Rooms: 0.5 x 0.8 / 1.25 = 0.32; 0.3 x 0.8 / 0.75 = 0.32; no limit. Alpha leaves 0.68, of which beta would get 0.408
    // and gets 0.32; gamma takes the rest.
    let signals = [CDNSignals.loaded(1.25, share: 0.5), .loaded(0.75, share: 0.3), .loaded(0, share: 0.2)]
    #expect(agree(capped([0.5, 0.3, 0.2], signals), [0.32, 0.32, 0.36]))
  }

  @Test func `deals in proportion to weight`() {
    // Room of alpha 0.4; the excess of 0.2 goes to beta and gamma 3 to 1.
    let signals = [CDNSignals.loaded(1.2, share: 0.6), .loaded(0, share: 0.3), .loaded(0, share: 0.1)]
    #expect(agree(capped([0.6, 0.3, 0.1], signals), [0.4, 0.45, 0.15]))
  }

  @Test func `loads all equally where nobody has room`() {
    // Rooms 0.25 and 0.4: either then has a load of 1.6 x (0.25 / 0.65) / 0.5 = 1 x (0.4 / 0.65) / 0.5 = 1.23.
    let parts = capped([0.5, 0.5], [.loaded(1.6, share: 0.5), .loaded(1, share: 0.5)])
    #expect(agree(parts, [0.25 / 0.65, 0.4 / 0.65]))
    // One that is busy with what has left it has no room; where that is so of all, the weights stay.
    #expect(capped([0.5, 0.5], [.loaded(1, share: 0), .loaded(1, share: 0)]) == [0.5, 0.5])
    #expect(capped([0.5, 0.5], [.loaded(1, share: 0), .loaded(0.5, share: 1)]) == [0, 1])
  }

  @Test func `fills those that stand by, one after the other`() {
    // Rooms: alpha 0.5, beta none given, gamma 0.1 x 0.8 / 0.4 = 0.2.
    let signals = [CDNSignals.loaded(1.6, share: 1), .loaded(0, share: 0), .loaded(0.4, share: 0.1)]
    #expect(agree(capped([1, 0, 0], signals, standingBy: [1, 2], preference: [0, 2, 1]), [0.5, 0.3, 0.2]))
    #expect(agree(capped([1, 0, 0], signals, standingBy: [1, 2], preference: [0, 1, 2]), [0.5, 0.5, 0]))
    #expect(agree(capped([1, 0, 0], signals, standingBy: [2]), [0.5 / 0.7, 0, 0.2 / 0.7]))
    #expect(capped([1, 0, 0], signals) == [1, 0, 0])
  }

  @Test func `rests where it has arrived`() {
    // What it gives is what it would give again, once the sessions have followed.
    let weights = [0.6, 0.3, 0.1]
    let perShare = [2.0, 1.5, 0.5]
    let first = capped(weights, (0..<3).map { .loaded(perShare[$0] * weights[$0], share: weights[$0]) })
    let second = capped(weights, (0..<3).map { .loaded(perShare[$0] * first[$0], share: first[$0]) })
    #expect(agree(first, second))
    #expect(agree([first[0] * perShare[0]], [0.8]))
  }
}
