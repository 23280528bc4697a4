import Foundation
import Model
import Sampling

/// Durations of imported endpoints where nothing queues: work adds up, parallel calls take as long as the longest.
///
/// Each endpoint has one vector of durations in random order; a caller adds its callees' vectors, each rotated by a
/// keyed amount so that what it adds is independent. Work is stratified: its vector is the quantiles in the middle of
/// equal parts.
struct QueuelessSampler {
  private static let size = 1_000

  private let targets: [String: [String: EndpointPath]]
  private let endpoints: [EndpointPath: ImportedEndpoint]
  private let spread: Double
  private var durations: [EndpointPath: [Double]] = [:]

  /// - Parameter spread: every work time x is taken as m (x / m)^spread, m being its median.
  init(_ services: [ImportedService], spread: Double = 1) {
    targets = Dictionary(
      uniqueKeysWithValues: services.map { service in
        (service.name, Dictionary(uniqueKeysWithValues: service.dependencies.map { ($0.name, $0.target) }))
      })
    endpoints = Dictionary(
      uniqueKeysWithValues: services.flatMap { service in
        service.endpoints.map { (EndpointPath(service: service.name, endpoint: $0.name), $0) }
      })
    self.spread = spread
  }

  /// The median duration of an endpoint in seconds.
  mutating func median(of path: EndpointPath) -> Double { Median.of(sample(of: path)) ?? 0 }

  /// Endpoints do not call each other in cycles.
  private mutating func sample(of path: EndpointPath) -> [Double] {
    if let known = durations[path] { return known }
    var sample = Array(repeating: 0.0, count: Self.size)
    let key = DrawKey(seed: 0, replication: 0).child(named: path.description)
    for (index, step) in (endpoints[path]?.steps ?? []).enumerated() {
      let key = key.child(UInt64(index))
      var times = Array(repeating: 0.0, count: Self.size)
      switch step.action {
      case .work(let work): times = self.times(of: work, key: key)
      case .call(let name): times = call(name, from: path.service, key: key)
      case .together(let names):
        for (branch, name) in names.enumerated() {
          let branch = call(name, from: path.service, key: key.child(UInt64(branch)))
          for run in times.indices { times[run] = max(times[run], branch[run]) }
        }
      }
      for run in times.indices where step.probability == 1 || key.child(UInt64(run)).uniform(1) < step.probability {
        sample[run] += times[run]
      }
    }
    durations[path] = sample
    return sample
  }

  private mutating func call(_ dependency: String, from service: String, key: DrawKey) -> [Double] {
    guard let target = targets[service]?[dependency] else { return Array(repeating: 0, count: Self.size) }
    let callee = sample(of: target)
    let offset = Int(key.draw(2) % UInt64(Self.size))
    return Array(callee[offset...] + callee[..<offset])
  }

  private func times(of work: ImportedWork, key: DrawKey) -> [Double] {
    let median = work.distribution.quantile(0.5)
    let order = (0..<Self.size).map { (draw: key.child(UInt64($0)).draw(2), stratum: $0) }.sorted { $0.draw < $1.draw }
    return order.map { _, stratum in
      let time = work.distribution.quantile((Double(stratum) + 0.5) / Double(Self.size))
      return spread == 1 || median <= 0 ? time : median * pow(time / median, spread)
    }
  }
}
