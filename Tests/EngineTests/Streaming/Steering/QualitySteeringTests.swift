import Testing

@testable import Engine

/// Mutations: the dwell counted from the start; the hysteresis on the wrong side; a score that falls to 0 where nothing
/// is reported; one that was never measured taken for worthless.
@Suite struct `Steering by quality` {
  /// Evaluations 10 s apart, half-life 10 s: each new sample counts one half.
  private func settings(hysteresis: Double = 0.15, dwell: Int64 = 60) -> QualitySettings {
    QualitySettings(
      list: Table([0, 1]), hysteresis: hysteresis, dwell: dwell * 1_000_000_000, halfLife: 10_000_000_000,
      interval: 10_000_000_000)
  }

  /// The choice after each evaluation.
  private func choices(
    _ steps: [(alpha: CDNSignals, beta: CDNSignals)], _ settings: QualitySettings
  ) -> [Int32] {
    var steering = QualitySteering(settings, cdnCount: 2)
    var answer = SteeringAnswer(cdnCount: 2)
    return steps.enumerated().map { index, step in
      steering.decide(slab([step.alpha, step.beta]), now: Int64(index + 1) * 10_000_000_000, &answer)
      #expect(array(answer.weights) == (steering.chosen == 0 ? [1, 0] : [0, 1]))
      return steering.chosen
    }
  }

  private let silent = CDNSignals()

  @Test func `halves what is past after a half-life`() {
    var steering = QualitySteering(settings(), cdnCount: 2)
    var answer = SteeringAnswer(cdnCount: 2)
    // 8 x (1 - 10% - 15%) x (1 - 25%) = 4.5; then 8: (4.5 + 8) / 2; then nothing.
    let sample = CDNSignals.transfers(8, errors: 0.1, timeouts: 0.15, rebuffering: 0.25)
    steering.decide(slab([sample, silent]), now: 0, &answer)
    #expect((steering.standing(of: 0) - 4.5).magnitude < 1e-12)
    steering.decide(slab([.transfers(8), silent]), now: 0, &answer)
    #expect((steering.standing(of: 0) - 6.25).magnitude < 1e-12)
    steering.decide(slab([silent, silent]), now: 0, &answer)
    #expect((steering.standing(of: 0) - 6.25).magnitude < 1e-12)
  }

  @Test func `leaves a failing one after the dwell, and comes back likewise`() {
    let half = CDNSignals.transfers(8, errors: 0.5)
    let dead = CDNSignals.transfers(0, errors: 1)
    // Alpha's score: 8, 6, 5, 4.5, 4.25, 4.125; that of beta, which was never measured, is taken to be 8. The dwell
    // holds until 60 s.
    var steps = [(CDNSignals.transfers(8), silent)] + Array(repeating: (half, silent), count: 5)
    #expect(choices(steps, settings()) == [0, 0, 0, 0, 0, 1])
    // Beta's: 8, 4, 2, 1, 0.5, 0.25 at 70, 80, …, 120 s; 4.125 is more than 1.15 times that from 90 s on, and the dwell
    // holds until 120 s.
    steps += [(silent, .transfers(8))] + Array(repeating: (silent, dead), count: 5)
    #expect(choices(steps, settings()) == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0])
    // Without a dwell: at 20 s, when 8 is more than 6 x 1.15, and back at 90 s; alpha's 6 was held since.
    #expect(choices(Array(steps.prefix(2)), settings(dwell: 0)) == [0, 1])
  }

  @Test func `stays where another is better by just the hysteresis`() {
    func choice(_ rival: Double) -> [Int32] {
      choices([(.transfers(8), .transfers(rival))], settings(hysteresis: 0.25, dwell: 0))
    }
    #expect(choice(10) == [0])
    #expect(choice(10.001) == [1])
    // Nothing from nothing is no improvement.
    #expect(choices([(.transfers(0), .transfers(0))], settings(dwell: 0)) == [0])
    #expect(choices([(silent, silent)], settings(dwell: 0)) == [0])
  }

  @Test func `prefers by score among the rest`() {
    var steering = QualitySteering(
      QualitySettings(list: Table([3, 1, 0]), hysteresis: 0.5, dwell: 0, halfLife: 1, interval: 1), cdnCount: 4)
    var answer = SteeringAnswer(cdnCount: 4)
    steering.decide(slab([.transfers(9), .transfers(0), .transfers(99), .transfers(8)]), now: 0, &answer)
    #expect(array(answer.weights) == [0, 0, 0, 1])
    #expect(array(answer.preference) == [0, 3, 1, 2])
    // A worthless one doesn't stand by, nor one that isn't listed.
    #expect(array(answer.standsBy) == [true, false, false, false])
  }
}
