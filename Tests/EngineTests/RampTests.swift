import Model
import Sampling
import Testing

@testable import Engine

/// Mutations: a rate that is held until the next arrival; thinning, by which a higher rate draws other arrivals; the
/// root of the quadratic in the form (√(r² + 2 s a) - r) / s; a ramp that begins at the start of the replication.
@Suite struct `A ramp` {
  /// When the workload's requests come under a key, in nanoseconds.
  private func instants(_ ramp: Arrivals.Ramp, until horizon: Double, seed: UInt64 = 1) -> [Int64] {
    let system = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .ramp(ramp), call: dependency("desk.serve"))],
      services: [service("desk", work(1))], horizon: horizon)
    var simulation = Simulation(system.program)
    simulation.streamKeys[0] = DrawKey(seed: seed, replication: 0).bits
    simulation.start(stream: 0)
    var instants: [Int64] = []
    while let event = simulation.calendar.pop() {
      guard event.payload.kind == .arrival else { continue }
      simulation.now = event.time
      instants.append(event.time)
      simulation.arrive(stream: 0)
    }
    return instants
  }

  private func ramp(_ from: Double, _ to: Double, over: Double = 100_000, at: Double = 0) -> Arrivals.Ramp {
    Arrivals.Ramp(from: Rate(perSecond: from), to: Rate(perSecond: to), over: ms(over), at: ms(at))
  }

  /// The largest distance of a sample's distribution function from the uniform one.
  private func distance(_ values: [Double]) -> Double {
    let count = Double(values.count)
    return values.sorted().enumerated().reduce(0) { largest, place in
      max(largest, place.element - Double(place.offset) / count, Double(place.offset + 1) / count - place.element)
    }
  }

  /// Given how many come, the arrivals of a Poisson process are independent with a density that is proportional to the
  /// rate (P. A. W. Lewis and G. S. Shedler, Naval Research Logistics 26 (1979) 403): on a ramp from 0 that is T √U, on
  /// one to 0 T (1 - √(1 - U)). A distance above √(ln(2 / p) / 2 n) has a probability below p (P. Massart, Annals of
  /// Probability 18 (1990) 1269); p is 1e-4.
  @Test(arguments: [true, false])
  func `from or to zero has arrivals at the root of a uniform number`(isUp: Bool) {
    let found = instants(isUp ? ramp(0, 400) : ramp(400, 0), until: 100_000).map { Double($0) / 100e9 }
    let count = Double(found.count)
    // 20,000 expected: 3.9 standard deviations.
    #expect((count - 20_000).magnitude < 3.9 * 20_000.0.squareRoot())
    let uniform = found.map { isUp ? $0 * $0 : 1 - (1 - $0) * (1 - $0) }
    #expect(distance(uniform) < (9.903_488 / (2 * count)).squareRoot())
    // Mean 2/3 or 1/3, variance 1/18.
    let mean = found.reduce(0, +) / count
    #expect((mean - (isUp ? 2.0 : 1) / 3).magnitude < 3.9 / (18 * count).squareRoot())
  }

  /// The integral of the rate between arrivals is a unit exponential one: E. Çinlar, Introduction to
  /// Stochastic Processes (1975), section 4.7.
  @Test func `has unit exponential times between arrivals on the scale of its integral`() {
    let found = instants(ramp(20, 220, over: 60_000, at: 20_000), until: 100_000).map { Double($0) / 1e9 }
    func integral(_ t: Double) -> Double {
      let x = min(max(t - 20, 0), 60)
      return 20 * t + 200 / 120.0 * x * x + 200 * max(t - 80, 0)
    }
    let sums = found.map(integral)
    let uniform = zip([0] + sums, sums).map { 1 - DeterministicMath.exp($0 - $1) }
    #expect(uniform.count > 11_500)
    #expect(distance(uniform) < (9.903_488 / (2 * Double(uniform.count))).squareRoot())
  }

  @Test func `has each arrival no later than one of a lower rate`() {
    let lower = ramp(1, 50, over: 40_000, at: 10_000)
    let higher = [
      ramp(1, 50.5, over: 40_000, at: 10_000), ramp(2, 50, over: 40_000, at: 10_000),
      ramp(1, 50, over: 39_999, at: 10_000), ramp(1, 50, over: 40_000, at: 9999),
      ramp(50, 50), ramp(90, 50, over: 70_000),
    ]
    for seed in 1...20 as ClosedRange<UInt64> {
      let late = instants(lower, until: 60_000, seed: seed)
      for ramp in higher {
        let early = instants(ramp, until: 60_000, seed: seed)
        #expect(early.count >= late.count)
        #expect(zip(early, late).allSatisfy { $0 <= $1 })
        #expect(early != late)
      }
    }
  }

  @Test func `is the same twice`() {
    #expect(instants(ramp(0, 50), until: 60_000) == instants(ramp(0, 50), until: 60_000))
    #expect(instants(ramp(0, 50), until: 60_000) != instants(ramp(0, 50), until: 60_000, seed: 2))
  }

  @Test func `to zero ends, and one that starts at zero waits for its beginning`() {
    let fading = instants(ramp(100, 0, over: 10_000), until: 1_000_000)
    #expect((Double(fading.count) - 500).magnitude < 5 * 500.0.squareRoot())
    #expect(fading.allSatisfy { $0 <= 10_000_000_000 })
    let rising = instants(ramp(0, 100, over: 10_000, at: 50_000), until: 60_000)
    #expect((Double(rising.count) - 500).magnitude < 5 * 500.0.squareRoot())
    #expect(rising.allSatisfy { $0 >= 50_000_000_000 })
  }

  /// What a wait of t spends, r t + s t² / 2, is what was to be spent, up to a few roundings of either term.
  @Test func `spends what it should, however steep or flat it is`() {
    let key = DrawKey(seed: 4, replication: 0)
    for trial in 0..<20_000 as Range<UInt64> {
      let draws = key.child(trial)
      func size(_ purpose: UInt64) -> Double { DeterministicMath.exp(-40 * draws.uniform(purpose)) }
      let rates = trial % 3 == 0 ? (0, size(1)) : trial % 3 == 1 ? (size(1), 0) : (size(1), size(2))
      let rest = ArrivalPiece.Rest(rate: rates.0, endRate: rates.1, length: 1 + 1e15 * size(3))
      let arrivals = rest.expected * (trial % 2 == 0 ? size(4) : draws.uniform(4))
      let wait = rest.wait(expecting: arrivals)
      let slope = (rest.endRate - rest.rate) / rest.length
      let spent = rest.rate * wait + slope * wait * wait / 2
      let scale = rest.rate * wait + slope.magnitude * wait * wait / 2
      #expect(wait >= 0 && wait <= rest.length)
      #expect((spent - arrivals).magnitude <= 8 * scale.ulp, "\(rest) \(arrivals)")
    }
  }
}
