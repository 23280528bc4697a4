import Model
import Testing

@testable import Engine

/// resilience4j's CircuitBreakerStateMachine, by itself, in pictures: one call a second.
///
/// Mutations: the tolerance of a rate reached exactly turned round, or `<=` into `<` in that with the wait; a
/// minimum that is not capped by the window; a permit that is not used up; a window that is kept from one state to the
/// next.
@Suite struct `A circuit breaker` {
  private final class OneBreaker {
    private var breakers: Breakers
    init(_ breaker: CircuitBreaker) {
      breakers = Breakers(settings: Table([BreakerSettings(breaker)]), settingsOf: Table([0]))
    }
    var phase: BreakerState.Phase { breakers.phase(of: 0) }
    func permits(at now: Int64) -> Bool { breakers.permits(0, at: now) }
    func record(took: Int64, failed: Bool, at now: Int64) { breakers.record(0, took: took, failed: failed, at: now) }
    func release() { breakers.release(0) }
  }

  /// What each second's call comes to: `s`uccess, `f`ailure, `S`low success, `F` slow failure. A second without a call
  /// is ` `. Two lines are returned: the state after it (Closed, Open, Half-open), and what was done with the call:
  /// permitted `+` or refused `-`.
  private func picture(_ calls: String, _ breaker: CircuitBreaker) -> [String] {
    let breaker = OneBreaker(breaker)
    var states = ""
    var answers = ""
    for (second, call) in calls.enumerated() {
      let now = Int64(second) * 1_000_000_000
      if call == " " {
        answers += " "
      } else if breaker.permits(at: now) {
        answers += "+"
        let isSlow = call.isUppercase
        breaker.record(took: isSlow ? 1_000_000_001 : 1_000_000_000, failed: call.lowercased() == "f", at: now)
      } else {
        answers += "-"
      }
      switch breaker.phase {
      case .closed: states += "C"
      case .open: states += "O"
      case .halfOpen: states += "H"
      }
    }
    return [states, answers]
  }

  private func breaker(
    rate: Double = 0.5, slowRate: Double = 1, window: CircuitBreaker.Window = .calls(4), minimum: Int = 4,
    open seconds: Double = 3, halfOpen: Int = 2
  ) -> CircuitBreaker {
    EngineTests.breaker(
      rate: rate, slowRate: slowRate, slow: 1000, window: window, minimum: minimum, open: seconds * 1000,
      halfOpen: halfOpen)
  }

  @Test func `trips when the rate is reached, tries again after the wait, and closes`() {
    #expect(
      picture("ssffsssssssf", breaker()) == [
        "CCCOOOOHCCCC",
        "++++---+++++",
      ])
  }

  @Test func `does not trip below the rate`() {
    #expect(picture("fsssfsssfsss", breaker()) == ["CCCCCCCCCCCC", "++++++++++++"])
  }

  @Test(arguments: [(0.1, 10), (0.3, 10), (0.7, 10), (0.33, 100), (0.07, 100)])
  func `trips at a rate that is reached exactly, in spite of rounding`(rate: Double, calls: Int) {
    let failures = Int((rate * Double(calls)).rounded())
    let settings = breaker(rate: rate, window: .calls(calls), minimum: calls)
    func script(_ failures: Int) -> String {
      String(repeating: "f", count: failures) + String(repeating: "s", count: calls - failures)
    }
    #expect(picture(script(failures), settings)[0].last == "O")
    #expect(picture(script(failures - 1), settings)[0].last == "C")
  }

  @Test func `waits for the minimum of calls`() {
    #expect(picture("fff", breaker(window: .calls(10), minimum: 4)) == ["CCC", "+++"])
    #expect(picture("ffff", breaker(window: .calls(10), minimum: 4)) == ["CCCO", "++++"])
  }

  @Test func `needs no more calls than a count window holds`() {
    #expect(picture("fff", breaker(window: .calls(3), minimum: 100)) == ["CCO", "+++"])
  }

  @Test func `forgets what has left a count window`() {
    // The two failures are never among the same four calls.
    #expect(picture("fssssfssss", breaker(window: .calls(4), minimum: 4)) == ["CCCCCCCCCC", "++++++++++"])
    // With the fifth call the first one leaves: s s f f trips, s s s f does not.
    #expect(picture("fsssf", breaker()) == ["CCCCC", "+++++"])
    #expect(picture("fssfs", breaker())[0] == "CCCOO")
  }

  @Test func `counts a call as slow when it took longer than the threshold`() {
    #expect(picture("ssss", breaker(slowRate: 0.5)) == ["CCCC", "++++"])
    #expect(picture("sSsS", breaker(slowRate: 0.5)) == ["CCCO", "++++"])
    // A failure may be slow as well: by neither rate alone does this one trip.
    #expect(picture("Fsss", breaker(slowRate: 0.5)) == ["CCCC", "++++"])
    #expect(picture("FSss", breaker(slowRate: 0.5)) == ["CCCO", "++++"])
  }

  @Test func `opens again when the permitted calls fail`() {
    // Of two permitted calls one failure is 50%.
    #expect(
      picture("ffff   fs   fs   ss", breaker(open: 2)) == [
        "CCCOOOOHOOOOHOOOOHC",
        "++++   ++   ++   ++",
      ])
  }

  @Test func `opens again when the permitted calls are slow`() {
    #expect(picture("ffff   SS", breaker(open: 2)) == ["CCCOOOOHO", "++++   ++"])
    #expect(picture("ffff   Ss", breaker(open: 2)) == ["CCCOOOOHC", "++++   ++"])
  }

  @Test func `decides in half-open after the permitted calls, whatever the minimum`() {
    #expect(picture("ffff   sssss", breaker(window: .calls(4), minimum: 4, open: 2, halfOpen: 4))[0] == "CCCOOOOHHHCC")
  }

  @Test func `stays open until somebody calls`() {
    #expect(picture("ffff            ss", breaker())[0] == "CCCOOOOOOOOOOOOOHC")
  }

  @Test func `turns half-open strictly after the wait`() {
    let breaker = OneBreaker(breaker(window: .calls(1), minimum: 1))
    breaker.record(took: 0, failed: true, at: 5)
    #expect(!breaker.permits(at: 3_000_000_005))
    #expect(breaker.permits(at: 3_000_000_006))
    #expect(breaker.phase == .halfOpen)
  }

  @Test func `permits no more than its calls in half-open, until one is released`() {
    let breaker = OneBreaker(breaker(window: .calls(1), minimum: 1))
    breaker.record(took: 0, failed: true, at: 0)
    let later: Int64 = 4_000_000_000
    #expect(
      [breaker.permits(at: later), breaker.permits(at: later), breaker.permits(at: later)] == [true, true, false])
    // A call that was cancelled has no result and makes room.
    breaker.release()
    #expect([breaker.permits(at: later), breaker.permits(at: later)] == [true, false])
  }

  @Test func `takes results of calls from an earlier state`() {
    let breaker = OneBreaker(breaker(window: .calls(2), minimum: 2))
    for _ in 0..<6 { #expect(breaker.permits(at: 0)) }
    breaker.record(took: 0, failed: true, at: 1)
    breaker.record(took: 0, failed: true, at: 1)
    #expect(breaker.phase == .open)
    // While it is open they change nothing.
    breaker.record(took: 0, failed: false, at: 2)
    breaker.record(took: 0, failed: false, at: 2)
    #expect(breaker.phase == .open)
    #expect(breaker.permits(at: 3_000_000_002))
    // In half-open they count among those that decide.
    breaker.record(took: 0, failed: false, at: 3_000_000_003)
    breaker.record(took: 0, failed: false, at: 3_000_000_004)
    #expect(breaker.phase == .closed)
    // And the trial call's own result comes into the new window.
    breaker.record(took: 0, failed: true, at: 3_000_000_005)
    #expect(breaker.phase == .closed)
    breaker.record(took: 0, failed: true, at: 3_000_000_006)
    #expect(breaker.phase == .open)
  }

  @Test func `forgets the seconds that have left a time window`() {
    let settings = breaker(window: .time(.seconds(3)), minimum: 3, open: 3)
    // At second 2 the window holds seconds 0 to 2; at second 3 it has lost second 0.
    #expect(picture("ffs", settings)[0] == "CCO")
    #expect(picture("ff s", settings)[0] == "CCCC")
    #expect(picture("f  fs", settings)[0] == "CCCCC")
    // After a long silence nothing is left.
    #expect(picture("ff          fs", settings)[0] == "CCCCCCCCCCCCCC")
  }

  @Test func `counts the calls of one second together in a time window`() {
    let breaker = OneBreaker(breaker(window: .time(.seconds(2)), minimum: 6))
    func record(_ milliseconds: Int64, _ failed: Bool) {
      breaker.record(took: 0, failed: failed, at: milliseconds * 1_000_000)
    }
    for at in [0, 100, 999] as [Int64] { record(at, true) }
    for at in [1000, 1500] as [Int64] { record(at, false) }
    #expect(breaker.phase == .closed)
    // 1999 is still in the window of second 0: 3 of 6.
    record(1999, false)
    #expect(breaker.phase == .open)
  }

  @Test func `does not cap the minimum by a time window`() {
    #expect(picture("fffff", breaker(window: .time(.seconds(2)), minimum: 3))[0] == "CCCCC")
  }
}
