import Engine
import Foundation
import Model
import Statistics
import Testing

@testable import Campaign

/// The retry storm as a Markov chain: case `metastable_ctmc_a` of the analytic cases, after R. Isaacs et al., "Analyzing
/// metastable failures", HotOS 2025.
///
/// The chain is no system of the language: whether an attempt misses its deadline is drawn, independently, when it joins
/// the queue, from the number before it, and its client begins to back off at that instant, not at the deadline. In the
/// engine a deadline is an instant at which the state of the same queue decides, a retry's backoff begins there, no sooner
/// than the deadline after the attempt (the case's may end before it), and a client asks again as often as its attempts
/// allow, not with a probability of 0.6 each time, without end. Values of the model can state none of the three otherwise. So
/// the chain itself is simulated here, and the detector is given what its requests came to.
private struct Chain {
  static let arrivals = 6.0
  static let service = 10.0
  static let places = 40
  static let deadline = 1.0
  static let backoff = 1.0
  /// How likely a client that has missed its deadline asks again.
  static let again = 0.6
  /// Clients backing off, at most: the case cuts the chain there.
  static let mostWaiting = 60

  struct State: Hashable {
    var queue: Int
    var waiting: Int
  }
  static let healthy = State(queue: 0, waiting: 0)
  static let collapsed = State(queue: 40, waiting: 9)
  static func isGood(_ state: State) -> Bool { state.queue <= 2 && state.waiting <= 2 }
  static func isBad(_ state: State) -> Bool { state.queue >= 36 }

  /// How likely one who finds so many before him is not served in time: that at most so many are in the deadline, and
  /// one where the queue is full.
  static let miss: [Double] = (0...places).map { before in
    if before == places { return 1 }
    var term = exp(-service * deadline)
    var sum = term
    for count in stride(from: 1, through: before, by: 1) {
      term *= service * deadline / Double(count)
      sum += term
    }
    return sum
  }

  /// The expected time from each state to a set of them, by Gaussian elimination in the band of the chain's matrix.
  static func hittingTime(from start: State, to target: (State) -> Bool) -> Double {
    let width = places + 1
    let count = width * (mostWaiting + 1)
    let band = width + 1
    let stride = 2 * band + 1
    func place(_ state: State) -> Int { state.waiting * width + state.queue }
    var matrix = [Double](repeating: 0, count: count * stride)
    var right = [Double](repeating: 1, count: count)
    for waiting in 0...mostWaiting {
      for queue in 0...places {
        let state = State(queue: queue, waiting: waiting)
        let row = place(state)
        if target(state) {
          matrix[row * stride + band] = 1
          right[row] = 0
          continue
        }
        func move(_ rate: Double, to next: State) {
          let column = place(next)
          if rate == 0 || column == row { return }
          matrix[row * stride + band + column - row] -= rate
          matrix[row * stride + band] += rate
        }
        func submit(_ rate: Double, others: Int) {
          let next = min(places, queue + 1)
          let back = rate * miss[queue] * again
          move(back, to: State(queue: next, waiting: min(mostWaiting, others + 1)))
          move(rate - back, to: State(queue: next, waiting: others))
        }
        submit(arrivals, others: waiting)
        if waiting > 0 { submit(Double(waiting) / backoff, others: waiting - 1) }
        if queue > 0 { move(service, to: State(queue: queue - 1, waiting: waiting)) }
      }
    }
    matrix.withUnsafeMutableBufferPointer { matrix in
      for pivot in 0..<count {
        let head = matrix[pivot * stride + band]
        for row in pivot + 1..<max(pivot + 1, min(count, pivot + band + 1)) {
          let entry = row * stride + band + pivot - row
          let factor = matrix[entry] / head
          if factor == 0 { continue }
          for offset in 0...min(band, count - 1 - pivot) {
            matrix[entry + offset] -= factor * matrix[pivot * stride + band + offset]
          }
          right[row] -= factor * right[pivot]
        }
      }
    }
    for row in (0..<count).reversed() {
      for offset in 1..<max(1, min(band, count - 1 - row) + 1) {
        right[row] -= matrix[row * stride + band + offset] * right[row + offset]
      }
      right[row] /= matrix[row * stride + band]
    }
    return right[place(start)]
  }

  /// SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014), so that the paths are the same each time.
  struct Numbers {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return (Double((z ^ z >> 31) >> 11) + 0.5) / 0x1p53
    }
  }

  private(set) var state: State
  private(set) var time = 0.0
  private var numbers: Numbers
  /// When the requests of those who back off arrived.
  private var clients: [Double]

  init(from state: State, seed: UInt64) {
    self.state = state
    numbers = Numbers(seed: seed)
    clients = [Double](repeating: -1, count: state.waiting)
  }

  /// The next event. Tells the arrival of a request that ended in it, and whether it failed.
  mutating func step() -> (arrived: Double, failed: Bool)? {
    let rates = (Self.arrivals, Double(clients.count) / Self.backoff, state.queue > 0 ? Self.service : 0)
    let all = rates.0 + rates.1 + rates.2
    time -= log(numbers.next()) / all
    let pick = numbers.next() * all
    if pick >= rates.0 + rates.1 {
      state.queue -= 1
      return nil
    }
    var arrived = time
    if pick >= rates.0 {
      let client = Int(numbers.next() * Double(clients.count))
      arrived = clients[client]
      clients[client] = clients[clients.count - 1]
      clients.removeLast()
    }
    let isMissed = numbers.next() < Self.miss[state.queue]
    state.queue = min(Self.places, state.queue + 1)
    let comesBack = isMissed && clients.count < Self.mostWaiting && numbers.next() < Self.again
    if comesBack { clients.append(arrived) }
    state.waiting = clients.count
    return comesBack ? nil : (arrived, isMissed)
  }

  /// How long it takes to a set of states.
  mutating func escape(to target: (State) -> Bool) -> Double {
    while !target(state) { _ = step() }
    return time
  }

  /// So many bins of 10 s: requests by the bin in which they arrived, and where the chain was.
  struct Course {
    var ended: [Int]
    var failed: [Int]
    var isEverGood = false
    var isEverBad = false
    /// The last time outside the good states before it came to them; nil where it never did.
    var cameBack: Double?
  }

  mutating func course(bins: Int) -> Course {
    var course = Course(ended: [Int](repeating: 0, count: bins), failed: [Int](repeating: 0, count: bins))
    while time < Double(bins) * 10 {
      if let end = step(), end.arrived >= 0, time < Double(bins) * 10 {
        course.ended[Int(end.arrived / 10)] += 1
        if end.failed { course.failed[Int(end.arrived / 10)] += 1 }
      }
      if Self.isGood(state), !course.isEverGood {
        course.isEverGood = true
        course.cameBack = time
      }
      if Self.isBad(state) { course.isEverBad = true }
    }
    return course
  }
}

@Suite struct `The retry storm as a Markov chain` {
  /// The case's hitting times, to all ten digits.
  @Test func `has the escape times of the analytic case`() {
    let collapse = Chain.hittingTime(from: Chain.healthy, to: Chain.isBad)
    let recovery = Chain.hittingTime(from: Chain.collapsed, to: Chain.isGood)
    #expect((collapse / 494.341_873_9 - 1).magnitude < 1e-9)
    #expect((recovery / 2878.671_802 - 1).magnitude < 1e-9)
  }

  /// An escape time is nearly exponential, so 2 n mean / truth is nearly chi-square with 2 n degrees of freedom, and the
  /// intervals have a false-alarm probability of 1e-4 each.
  @Test(arguments: [(true, 494.341_873_9, 120), (false, 2878.671_802, 40)])
  func `escapes in simulation as it has to`(collapses: Bool, exact: Double, count: Int) {
    var sum = 0.0
    for seed in 0..<count {
      var chain = Chain(from: collapses ? Chain.healthy : Chain.collapsed, seed: UInt64(1000 * count + seed))
      sum += chain.escape(to: collapses ? Chain.isBad : Chain.isGood)
    }
    let chiSquare = ChiSquare(degreesOfFreedom: Double(2 * count))
    let ratio = 2 * sum / exact
    #expect(chiSquare.quantile(0.5e-4) < ratio && ratio < chiSquare.quantile(1 - 0.5e-4), "mean \(sum / Double(count))")
  }

  /// A trigger that leaves the chain in any of three states; the twin begins, and stays, in health. It is metastable
  /// exactly where the chain has not come back to its good states, which the detector is not told.
  @Test func `is told to be metastable exactly where it does not come back`() throws {
    let bins = 18
    let starts = [Chain.collapsed, Chain.State(queue: 22, waiting: 6), Chain.healthy]
    var told: [String: Int] = [:]
    for seed in 0..<200 {
      var calm = Chain(from: Chain.healthy, seed: UInt64(seed))
      let twin = calm.course(bins: bins)
      var chain = Chain(from: starts[seed % starts.count], seed: UInt64(seed + 1_000_000))
      let run = chain.course(bins: bins)
      // A twin that collapses by itself has no band, and a run that collapses again after its return is no clear case.
      if twin.isEverBad || (run.isEverGood && run.isEverBad && starts[seed % starts.count].queue < 36) { continue }
      let finding = try #require(self.finding(run, twin: twin))
      let truth =
        run.cameBack.map { $0 < Double(bins) * 10 - 40 ? "came back" : "came back late" } ?? "stayed"
      told["\(truth), told \(finding.verdict.rawValue)", default: 0] += 1
    }
    #expect(told["stayed, told metastable", default: 0] > 60, "\(told)")
    #expect(told["came back, told recovered", default: 0] > 20, "\(told)")
    let wrong = told.filter { !["stayed, told metastable", "came back, told recovered"].contains($0.key) }
    let wrongCount = wrong.values.reduce(0, +)
    #expect(wrongCount <= 2, "\(told)")
  }

  private func finding(_ run: Chain.Course, twin: Chain.Course) -> Metastability? {
    let bins = run.ended.count
    func timeline(_ course: Chain.Course) -> Timeline {
      Timeline(
        binWidth: .seconds(10), binCount: bins,
        workloads: [
          Timeline.WorkloadSeries(
            name: "clients", arrivals: course.ended, success: zip(course.ended, course.failed).map { $0 - $1 },
            degraded: course.ended.map { _ in 0 }, failed: course.failed)
        ], services: [], breakers: [])
    }
    let outcome = ReplicationOutcome(
      replication: 0, fingerprint: 1, workloads: [], endpoints: [], services: [], timeline: timeline(run),
      aftermaths: [
        Aftermath(workload: "clients", from: .zero, arrivals: run.ended, ended: run.ended, failed: run.failed)
      ], events: 0)
    return Metastability(
      of: "clients", in: outcome, twin: timeline(twin),
      time: TimeFrame(warmup: .zero, horizon: .seconds(Int64(bins) * 10), start: .zero),
      trigger: FaultPeriod(start: .zero, end: .zero + .seconds(10)).spans[0])
  }
}
