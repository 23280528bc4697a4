import Model
import Testing

@testable import Campaign
@testable import Engine

/// Which of two plays of one session is the worse one: by the end, what was played, and the time of stalls.
///
/// Mutations: stalls compared across ends; a difference that nobody notices counted.
@Suite struct `Of two plays` {
  /// Seconds.
  private func play(_ ending: LoggedPlay.Ending, played: Double = 40, stalled: Double = 0) -> LoggedPlay {
    var play = LoggedPlay(key: 1)
    play.ending = ending
    play.played = Int64(played * 1e9)
    play.stalled = Int64(stalled * 1e9)
    return play
  }

  private func effect(run: LoggedPlay, twin: LoggedPlay) -> TwinEffect {
    var request = LoggedRequest(key: 1, arrived: 0, windows: 1, workload: 0, flags: .session)
    request.end(.success, at: 1, .none)
    return TwinPair(run: request, twin: request, runPlay: run, twinPlay: twin).effect
  }

  /// Of these each is worse than the one before it.
  @Test func `a worse end is worse, however short the stalls before it`() {
    let plays = [
      play(.ended), play(.ended, stalled: 2), play(.abandoned, played: 30, stalled: 36),
      play(.abandoned, played: 20, stalled: 6), play(.failed, played: 10, stalled: 11), play(.failed, played: 5),
    ]
    for (place, worse) in plays.enumerated() {
      for better in plays[..<place] {
        #expect(effect(run: worse, twin: better) == .hurt && effect(run: better, twin: worse) == .helped)
      }
      #expect(effect(run: worse, twin: worse) == .same)
    }
    #expect(effect(run: play(.inFlight, stalled: 2), twin: play(.ended)) == .hurt)
  }

  /// Noticed is more than 100 ms, and more than a hundredth: of 20 s, 200 ms.
  @Test(arguments: [
    (0, 0.1, TwinEffect.same), (0, 0.101, .hurt), (1, 1.1, .same), (1, 1.11, .hurt), (20, 20.0005, .same),
    (20, 20.2, .same), (20, 20.21, .hurt), (20.21, 20, .helped), (0.1, 0, .same),
  ])
  func `a stall that nobody notices makes no difference`(twin: Double, run: Double, effect: TwinEffect) {
    for ending in LoggedPlay.Ending.allCases {
      #expect(self.effect(run: play(ending, stalled: run), twin: play(ending, stalled: twin)) == effect)
    }
  }
}
