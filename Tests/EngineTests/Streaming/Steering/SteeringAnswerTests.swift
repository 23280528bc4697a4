import Testing

@testable import Engine

/// Mutations: weights laid in the order of their size; the last CDN for what rounding leaves, with weight or without;
/// equals by number where there is a preference.
@Suite struct `An answer of steering` {
  private func order(_ uniform: Double, _ answer: borrowing SteeringAnswer) -> [Int32] {
    var order = Slab<Int32>(repeating: -1, count: answer.weights.count + 2)
    answer.order(uniform, into: &order, at: 2)
    #expect(order[0] == -1)
    #expect(order[1] == -1)
    return Array(array(order).dropFirst(2))
  }

  @Test func `draws the first by weight, and the rest go by weight`() {
    let answer = SteeringAnswer([0.25, 0, 0.5, 0.25])
    // The boundaries are at 0.25 and 0.75.
    #expect(order(0, answer) == [0, 2, 3, 1])
    #expect(order(0.25.nextDown, answer) == [0, 2, 3, 1])
    #expect(order(0.25, answer) == [2, 0, 3, 1])
    #expect(order(0.75.nextDown, answer) == [2, 0, 3, 1])
    #expect(order(0.75, answer) == [3, 2, 0, 1])
    #expect(order(1.0.nextDown, answer) == [3, 2, 0, 1])
  }

  @Test func `counts those with weight`() {
    var order = Slab<Int32>(repeating: 0, count: 4)
    #expect(SteeringAnswer([0.25, 0, 0.5, 0.25]).order(0.1, into: &order) == 3)
    #expect(SteeringAnswer([0, 0, 0, 1]).order(0.1, into: &order) == 1)
  }

  @Test func `breaks ties by preference`() {
    #expect(order(0.1, SteeringAnswer([1, 0, 0, 0], preference: [3, 0, 2, 1])) == [0, 3, 2, 1])
  }

  @Test func `never draws one without weight, whatever rounding leaves`() {
    let answer = SteeringAnswer([0.1, 0.2, 0.3, 0.4 - 1e-12, 0])
    #expect(answer.primary(1.0.nextDown) == 3)
    #expect(SteeringAnswer([0, 1]).primary(0) == 1)
  }

  @Test func `rises with the draw, and moves only the sessions that a boundary has crossed`() {
    let before = SteeringAnswer([0.7, 0.3])
    let after = SteeringAnswer([0.6, 0.4])
    var last: Int32 = 0
    var moved = 0
    for step in 0..<10_000 {
      let uniform = (Double(step) + 0.5) / 10_000
      let primary = before.primary(uniform)
      #expect(primary >= last)
      last = primary
      if after.primary(uniform) != primary { moved += 1 }
    }
    #expect(moved == 1000)
  }
}
