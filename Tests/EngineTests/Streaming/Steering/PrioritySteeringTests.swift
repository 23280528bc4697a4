import Testing

@testable import Engine

/// Mutations: errors alone; `<=` for `<`; the last of equals.
@Suite struct `Steering by priority` {
  /// Of three CDNs 2 and 0 are listed, in this order.
  private func decide(_ failures: [(errors: Double, timeouts: Double)]) -> (
    weights: [Double], preference: [Int32], standsBy: [Bool]
  ) {
    var answer = SteeringAnswer(cdnCount: 3)
    let signals = slab(failures.map { .transfers(1, errors: $0.errors, timeouts: $0.timeouts) })
    PrioritySteering(list: Table([2, 0]), threshold: 0.25).decide(signals, &answer)
    return (array(answer.weights), array(answer.preference), array(answer.standsBy))
  }

  @Test func `takes the first that is well`() {
    let well = decide([(0, 0), (0, 0), (0, 0)])
    #expect(well.weights == [0, 0, 1])
    #expect(well.standsBy == [true, false, false])
    // The one that isn't listed comes last.
    #expect(well.preference == [0, 2, 1])
    #expect(decide([(0, 0), (0, 0), (0.125, 0.124)]).weights == [0, 0, 1])
    #expect(decide([(0, 0), (0, 0), (0.125, 0.125)]).weights == [1, 0, 0])
    #expect(decide([(0, 0), (0, 0), (0.125, 0.125)]).standsBy == [false, false, false])
  }

  @Test func `takes the one that fails least where none is well, the first of equals`() {
    #expect(decide([(0.5, 0), (0, 0), (0.75, 0)]).weights == [1, 0, 0])
    #expect(decide([(0.5, 0), (0, 0), (0.25, 0.25)]).weights == [0, 0, 1])
    #expect(decide([(0.5, 0), (0, 0), (0.25, 0.25)]).preference == [2, 0, 1])
  }
}
