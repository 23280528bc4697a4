import Campaign
import Engine
import Foundation
import Model
import ModelFile
import Testing

/// Systems whose boundary between recovery and collapse is known.
@Suite struct `A stability map` {
  /// The queue of happy-simulator's gc_caused_collapse.py, as in the suite about a pause of the server.
  private static let collapse = desk(
    arrivals: "constant(7/s)", work: "100ms", time: ("0s", "130s"),
    policies: "timeout: 500ms, retry: {attempts: 4, backoff: 50ms}")
  private static let pause = "collection: {at: 30s, for: 1s, inject: pause, target: desk}"

  private func map(
    _ model: String, faults: String, measure: TriggerMeasure = .duration, loads: [Double], sizes: [Double],
    replications: Int = 1, resolution: Double = 0.02, budget: Int = .max, jobs: Int = 2
  ) throws -> StabilityMap {
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults:\n  \(faults)\n", path: "scenario.yaml",
      files: ["model.yaml": model])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    let design = try StabilityMapDesign(
      model: found.model.model, scenario: found.scenario, measure: measure, loads: loads, sizes: sizes,
      replications: replications, seed: 20170, resolution: resolution, budget: budget,
      tolerance: 0.05)
    return StabilityMapRun(design, jobs: jobs).execute()
  }

  /// The shortest pause after which requests still fail at the end, by arithmetic alone: in a first-in-first-out queue an
  /// attempt ends 100 ms after the one before it, or after its arrival; those that take longer than 500 ms come again.
  @Test(arguments: [0.7, 1.0, 1.2])
  func `finds the pause from which on a queue of retries never recovers`(load: Double) throws {
    var (low, high): (Int64, Int64) = (400_000_000, 1_000_000_000)
    #expect(!PausedQueue(rate: 7 * load, pause: low).failsAtTheEnd)
    #expect(PausedQueue(rate: 7 * load, pause: high).failsAtTheEnd)
    while high - low > 1 {
      let middle = (low + high) / 2
      if PausedQueue(rate: 7 * load, pause: middle).failsAtTheEnd { high = middle } else { low = middle }
    }
    let critical = Double(high) / 1e9
    let column = try map(Self.collapse, faults: Self.pause, loads: [load], sizes: [0.25, 0.5, 1, 2]).columns[0]
    #expect(column.stability == .vulnerable)
    #expect(column.nonMonotone == 0)
    guard case .between(let above, let atMost) = column.boundary else {
      Issue.record("no boundary at load \(load)")
      return
    }
    #expect(above <= critical && critical <= atMost, "\(above) to \(atMost) instead of \(critical)")
    #expect(atMost - above <= 0.02 * atMost)
  }

  /// Case 1 of the validation systems: at 7/s the critical pause lies between 469.5 and 473.7 ms.
  @Test func `brackets the published boundary of the collapse`() throws {
    #expect(!PausedQueue(rate: 7, pause: 469_500_000).failsAtTheEnd)
    #expect(PausedQueue(rate: 7, pause: 473_700_000).failsAtTheEnd)
    let column = try map(
      Self.collapse, faults: Self.pause, loads: [1], sizes: [0.25, 0.5, 1], resolution: 0.005
    ).columns[0]
    guard case .between(let above, let atMost) = column.boundary else {
      Issue.record("no boundary")
      return
    }
    #expect(atMost - above <= 0.005 * atMost)
    // What recovers is below the upper end, what does not is above the lower one, and the two ends are what they are called.
    #expect(above < 0.4737 && atMost > 0.4695, "\(above) to \(atMost)")
    #expect(!PausedQueue(rate: 7, pause: Int64((above * 1e9).rounded())).failsAtTheEnd)
    #expect(PausedQueue(rate: 7, pause: Int64((atMost * 1e9).rounded())).failsAtTheEnd)
  }

  /// The load from which on a pause of a given length leaves the queue of retries in collapse, between the loads of the grid;
  /// the recurrence knows both ends.
  @Test func `finds the load from which on it never recovers, for each trigger and for none`() throws {
    let sizes = [0.45, 0.55, 0.8, 1.5]
    let map = try map(Self.collapse, faults: Self.pause, loads: [0.3, 0.7, 1.1, 1.5], sizes: sizes)
    let told: [Double?] = [nil, 0.45, 0.55, 0.8, 1.5]
    #expect(map.rows.map(\.size) == told)
    #expect(map.unresolved == 0 && map.refinements > 0)
    for (row, size) in zip(map.rows.dropFirst(), sizes) {
      guard case .between(let above, let atMost) = row.boundary else {
        Issue.record("no boundary for a pause of \(size) s")
        continue
      }
      let pause = Int64((size * 1e9).rounded())
      #expect(above > 0 && atMost - above <= 0.02 * atMost)
      if size == 1.5 {
        // So long a pause leaves it degraded as soon as all four attempts of each request are more than it can serve, a
        // quarter of its capacity; below that the recurrence still fails at its end, but what waits gets less.
        let quarter = 2.5 / 7
        #expect(above <= quarter && quarter <= atMost, "\(above) to \(atMost)")
        continue
      }
      #expect(!PausedQueue(rate: 7 * above, pause: pause).failsAtTheEnd, "\(size) s at \(above)")
      #expect(PausedQueue(rate: 7 * atMost, pause: pause).failsAtTheEnd, "\(size) s at \(atMost)")
    }
    // Longer pauses need less load.
    let ends = map.rows.dropFirst().compactMap { row -> Double? in
      if case .between(_, let atMost) = row.boundary { atMost } else { nil }
    }
    #expect(ends == ends.sorted(by: >))
    // Ten a second is what the server can do, for which arrivals of constant distance never wait.
    guard case .between(let above, let atMost) = map.rows[0].boundary else {
      Issue.record("it is never overloaded")
      return
    }
    let capacity = 10 / 7.0
    #expect(atMost > capacity && above < 1.5)
    #expect(atMost - above <= 0.02 * atMost)
  }

  /// Of one budget the widest gaps get their runs first, along whichever axis they lie.
  @Test func `keeps to its budget, for any number of jobs`() throws {
    func refined(_ budget: Int, jobs: Int = 2) throws -> StabilityMap {
      try map(
        Self.collapse, faults: Self.pause, loads: [0.4, 1, 1.6], sizes: [0.25, 1, 4], budget: budget, jobs: jobs)
    }
    let none = try refined(0)
    #expect(none.refinements == 0 && none.unresolved > 3)
    #expect(none.columns[1].boundary == .between(above: 0.25, atMost: 1))
    let some = try refined(7)
    #expect((5...7).contains(some.refinements) && some.unresolved > 0)
    // The widest, of three quarters, is narrower now.
    #expect(some.columns[1].boundary != none.columns[1].boundary)
    let other = try refined(7, jobs: 1)
    #expect(some.columns == other.columns && some.rows == other.rows)
    let all = try refined(.max)
    #expect(all.unresolved == 0 && all.refinements > some.refinements)
  }

  /// Where every attempt fails each request is served four times: with less than a quarter of the capacity asked for, even
  /// a full queue drains; with more, it does not.
  @Test func `is stable exactly where even all retries together can be served`() throws {
    let quarter = 2.5 / 7
    let columns = try map(
      Self.collapse, faults: Self.pause, loads: [0.8 * quarter, 1.2 * quarter], sizes: [1, 4, 8], resolution: 0.2
    ).columns
    #expect(columns.map(\.stability) == [.stable, .vulnerable])
    #expect(columns[0].cells.allSatisfy { $0.count(.recovered) == 1 })
  }

  /// An M/M/1 queue without retries drains whatever a trigger has left in it as long as less is asked for than it can
  /// serve, and with more it needs no trigger.
  @Test func `of a queue without retries is stable below its capacity for any trigger`() throws {
    let model = desk(
      arrivals: "poisson(16/s)", work: "exponential(mean=50ms)", time: ("0s", "300s"), policies: "timeout: 5s")
    let columns = try map(
      model, faults: "stop: {at: 30s, for: 5s, inject: pause, target: desk}", loads: [0.5, 1, 1.4], sizes: [0.5, 3],
      replications: 3
    ).columns
    #expect(columns.map(\.stability) == [.stable, .stable, .overloaded])
    #expect(columns.map(\.degradedAlone) == [0, 0, 3])
    #expect(columns[1].cells[1].verdicts == [.recovered, .recovered, .recovered])
    // By far the most fail during the longest pause: it did strike.
    #expect(columns[2].cells.isEmpty)
  }

  @Test func `is the same for any number of jobs`() throws {
    let model = desk(
      arrivals: "poisson(7/s)", work: "exponential(mean=100ms)", time: ("0s", "100s"),
      policies: "timeout: 1s, retry: {attempts: 4, backoff: 50ms, jitter: full}")
    let maps = try [1, 3].map { jobs in
      try map(
        model, faults: Self.pause, loads: [0.5, 0.9], sizes: [1, 4], replications: 4, resolution: 0.1, jobs: jobs)
    }
    #expect(maps[0].columns == maps[1].columns)
    #expect(maps[0].columns.contains { $0.stability == .vulnerable })
  }

  /// Errors themselves cost nothing here: only their retries could, and those are few.
  @Test func `may sweep how likely errors are`() throws {
    let columns = try map(
      Self.collapse, faults: "errors: {at: 30s, for: 10s, inject: error, probability: 10%, target: desk}",
      measure: .probability, loads: [0.5], sizes: [0.1, 1], resolution: 0.2
    ).columns
    #expect(columns[0].cells.map(\.size) == [0.1, 1])
    #expect(columns[0].stability == .stable)
  }

  @Test func `needs what it varies`() throws {
    #expect(
      throws: StabilityMapProblem.overlapsItself(fault: "collection", lasting: .seconds(4), every: .seconds(3))
    ) {
      try map(
        Self.collapse,
        faults: "collection: {at: 30s, for: 1s, inject: pause, target: desk, repeat: {every: 3s, times: 2}}",
        loads: [1], sizes: [1, 3, 4])
    }
    #expect(throws: StabilityMapProblem.unscoped(fault: "collection")) {
      try map(Self.collapse, faults: Self.pause, measure: .scope, loads: [1], sizes: [0.5])
    }
    #expect(throws: StabilityMapProblem.noProbability) {
      try map(Self.collapse, faults: Self.pause, measure: .probability, loads: [1], sizes: [0.5])
    }
    guard case .model(let alone) = try ModelFile.decode(text: Self.collapse) else {
      preconditionFailure("this is a model")
    }
    #expect(throws: StabilityMapProblem.noTrigger) {
      try StabilityMapDesign(
        model: alone.model, scenario: nil, measure: .duration, loads: [1], sizes: [1], replications: 1, seed: 1,
        resolution: 0.1, tolerance: 0.05)
    }
  }

  /// Retries sustain it and nothing else: without them, and where dead work ends at once, the same run recovers.
  @Test func `says what sustains a collapse, and proves it`() throws {
    let document = try ModelFile.decode(
      text: "scenario: oracle\nmodel: model.yaml\nfaults:\n  \(Self.pause)\n", path: "scenario.yaml",
      files: ["model.yaml": Self.collapse])
    guard case .scenario(let found) = document else { preconditionFailure("this is a scenario") }
    let diagnosis = try #require(
      MetastabilityDiagnosis(model: found.model.model, scenario: found.scenario, seed: 20170, replication: 0))
    #expect(diagnosis.findings.map(\.verdict) == [.metastable])
    let retries = try #require(diagnosis.signs.first { $0.mechanism == .retries })
    #expect(retries.component == "customers -> desk")
    func measure(_ quantity: SustainingSign.Measure.Quantity) -> Double? {
      retries.measures.first { $0.quantity == quantity }?.now
    }
    // Every call makes its four attempts; 7/s x 100 ms is 0.7 of the server, and four times that with them.
    #expect(try (#require(measure(.attemptsPerCall)) - 4).magnitude < 0.02)
    #expect(try (#require(measure(.offeredLoad)) - 2.8).magnitude < 0.02)
    #expect(try (#require(measure(.offeredLoadWithoutRetries)) - 0.7).magnitude < 0.02)
    let dead = try #require(diagnosis.signs.first { $0.mechanism == .deadWork })
    #expect(dead.measures[0].now > 0.98)
    #expect(diagnosis.counterfactuals.map(\.removal) == [.retries, .deadWork])
    #expect(diagnosis.counterfactuals.allSatisfy { $0.verdict == .recovered })
    // Seven requests wait when the pause ends, 100 ms each, so those that come at once wait longer than 500 ms; the next
    // bin of 10 s is clean.
    #expect(diagnosis.counterfactuals[0].recovery == .seconds(10))
  }
}

/// A deterministic queue with a pause and retries, attempt by attempt.
private struct PausedQueue {
  private static let second: Int64 = 1_000_000_000
  private static let horizon = 130 * second
  /// Whether a request that arrives in the last 30 s, four attempts before the end, fails.
  let failsAtTheEnd: Bool

  /// - Parameters:
  ///   - rate: arrivals per second, the k-th at k / rate, to the nanosecond.
  ///   - pause: of the server at 30 s, in nanoseconds.
  init(rate: Double, pause: Int64) {
    let start = 30 * Self.second
    let (work, timeout, backoff): (Int64, Int64, Int64) = (100_000_000, 500_000_000, 50_000_000)
    // Retries at an instant come before arrivals at it. A queue of retries is in the order of their times, since each is
    // made 550 ms after an attempt.
    var retries: [(time: Int64, attempt: Int, arrived: Int64)] = []
    var firstRetry = 0
    var arrival = 1
    var free: Int64 = 0
    var fails = false
    while true {
      let next = Int64((Double(arrival) * 1e9 / rate).rounded())
      let attempt: (time: Int64, attempt: Int, arrived: Int64)
      if firstRetry < retries.count, retries[firstRetry].time <= next {
        attempt = retries[firstRetry]
        firstRetry += 1
      } else {
        attempt = (next, 1, next)
        arrival += 1
      }
      if attempt.time >= Self.horizon { break }
      let begins = max(attempt.time, free)
      // Work that the pause falls into, or that would begin in it, goes on after it.
      switch begins {
      case ..<(start - work + 1): free = begins + work
      case ..<start: free = begins + work + pause
      case ..<(start + pause): free = start + pause + work
      default: free = begins + work
      }
      guard free - attempt.time > timeout else { continue }
      if attempt.attempt < 4 {
        retries.append((attempt.time + timeout + backoff, attempt.attempt + 1, attempt.arrived))
      } else if attempt.arrived > Self.horizon - 30 * Self.second {
        fails = true
      }
    }
    failsAtTheEnd = fails
  }
}
