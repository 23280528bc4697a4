import Model
import Sampling
import Testing

@testable import Engine

/// Scopes lie within each other, `one device` in every percentage that reaches anybody, and yet each device's uniform is
/// as if it had been drawn for itself.
///
/// Mutations: `least` keyed by something else than the device draws of `one device`; the others' threshold not shifted by
/// the least; a threshold of 0 for a part just above the least.
@Suite struct `Nested scopes` {
  /// A workload's request each millisecond for four seconds, its `first` fault at the door and its `second` one behind it.
  private func failures(_ scopes: [FaultScope], devices: Int, seed: UInt64, salt: String? = nil) -> Int {
    let names = ["front", "desk"]
    let faults = zip(names, scopes).map { name, scope in
      fault(.unavailable, on: .service(name), at: 0, for: 10, scope: scope, salt: salt, named: "\(name) refuses")
    }
    return TinySystem(
      workloads: [
        Workload(
          name: "viewers", arrivals: .constant(Rate(perSecond: 1000)), devices: devices, call: dependency("front.serve")
        )
      ],
      services: [
        service("front", threads: 10_000, calls: [dependency("desk.serve")], .call("desk")),
        service("desk", threads: 10_000, work(0)),
      ], faults: faults, horizon: 4.0005
    ).run(seed: seed, checkingInvariants: false)[workload: "viewers"].failed
  }

  private static let ramp: [FaultScope] =
    [.oneDevice] + [0.001, 0.01, 0.05, 0.25].map { .devices(Probability($0)) } + [.everything]

  /// Whoever a scope reaches, all larger ones reach: so a second fault with the smaller scope hurts nobody more.
  @Test(arguments: [1, 3, 10, 100, 5000], [nil, "other"])
  func `reach whom smaller ones reach`(devices: Int, salt: String?) {
    var reached = 0
    for seed in 1...6 as ClosedRange<UInt64> {
      for place in Self.ramp.indices.dropFirst() {
        let large = failures([Self.ramp[place]], devices: devices, seed: seed, salt: salt)
        let small = failures([Self.ramp[place - 1]], devices: devices, seed: seed, salt: salt)
        // A percentage of few devices may reach nobody; then it is no larger than one device.
        if large == 0, place == 1 { continue }
        #expect(failures([Self.ramp[place], Self.ramp[place - 1]], devices: devices, seed: seed, salt: salt) == large)
        if small > 0, large > 0 {
          #expect(failures([Self.ramp[place], .oneDevice], devices: devices, seed: seed, salt: salt) == large)
          reached += 1
        }
        #expect(small <= large)
      }
    }
    #expect(reached > 0 || devices == 1)
  }

  /// Whether a device is in a scope, as `Simulation.isInScope` tells it.
  private func isHit(_ device: UInt64, _ scope: DeviceScope, _ key: DrawKey) -> Bool {
    scope.threshold > 0
      && (device == scope.least || key.child(named: "device").child(device).draw(Purpose.scope) < scope.threshold)
  }

  /// The number of devices hit, of D that are each hit with probability p, is binomial: its whole distribution is compared
  /// by Pearson's chi-squared at a false-alarm probability of 0.1%.
  @Test(arguments: [(1, 0.3), (2, 0.5), (5, 0.1), (10, 0.05), (10, 0.4)])
  func `hit each device independently`(devices: Int, part: Double) {
    let rounds = 4000
    var counts = [Int](repeating: 0, count: devices + 1)
    var hits = [Int](repeating: 0, count: devices)
    for round in 0..<rounds {
      let key = DrawKey(seed: 20_170, replication: round)
      let scope = DeviceScope(of: Int64(devices), key: key, threshold: drawThreshold(part))
      let hit = (0..<devices).filter { isHit(UInt64($0), scope, key) }
      counts[hit.count] += 1
      for device in hit { hits[device] += 1 }
    }
    let expected = (0...devices).map { Double(rounds) * binomial(devices, $0, part) }
    var statistic = 0.0
    var degrees = -1
    for (count, mean) in zip(counts, expected) where mean >= 5 {
      statistic += (Double(count) - mean) * (Double(count) - mean) / mean
      degrees += 1
    }
    // The 99.9% quantiles of chi-squared with 1 to 10 degrees of freedom.
    let limits = [10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88, 29.59]
    #expect(statistic < limits[max(0, degrees - 1)])
    // None is favoured: within five standard deviations each.
    let error = (Double(rounds) * part * (1 - part)).squareRoot()
    for count in hits { #expect((Double(count) - Double(rounds) * part).magnitude < 5 * error) }
  }

  private func binomial(_ n: Int, _ k: Int, _ p: Double) -> Double {
    var value = 1.0
    for i in 0..<k { value *= Double(n - i) / Double(i + 1) * p }
    for _ in k..<n { value *= 1 - p }
    return value
  }

  @Test func `find the least of ten thousand million devices at once`() {
    // P(m < x) = 1 - (1 - x)^D, so at x = 1/D it is 1 - 1/e.
    let devices: Int64 = 10_000_000_000
    let below = (0..<4000).count { round in
      DeviceScope(
        of: devices, key: DrawKey(seed: 3, replication: round), threshold: drawThreshold(1 / Double(devices))
      ).threshold > 0
    }
    let expected = 4000 * (1 - 0.36787944117144233)
    #expect((Double(below) - expected).magnitude < 5 * (expected * 0.36787944117144233).squareRoot())
  }
}
