import Interchange
import Model
import Sampling

/// Evaluates an imported topology without any queueing: work adds up, parallel calls take as long as the longest.
///
/// Slow and obvious; the engine is to agree with it where pools never fill.
struct ReferenceSampler {
  let topology: ImportedTopology
  private let endpoints: [EndpointPath: ImportedEndpoint]
  private let targets: [String: [String: EndpointPath]]

  init(_ topology: ImportedTopology) {
    self.topology = topology
    endpoints = Dictionary(
      uniqueKeysWithValues: topology.services.flatMap { service in
        service.endpoints.map { (EndpointPath(service: service.name, endpoint: $0.name), $0) }
      })
    targets = Dictionary(
      uniqueKeysWithValues: topology.services.map { service in
        (service.name, Dictionary(uniqueKeysWithValues: service.dependencies.map { ($0.name, $0.target) }))
      })
  }

  /// The median duration of `count` requests of an endpoint, in seconds.
  func median(of path: EndpointPath, count: Int = 4_000, seed: UInt64 = 20170) -> Double {
    let key = DrawKey(seed: seed, replication: 0).child(named: path.description)
    let durations = (0..<count).map { duration(of: path, key: key.child(UInt64($0))) }.sorted()
    return (durations[count / 2 - 1] + durations[count / 2]) / 2
  }

  private func duration(of path: EndpointPath, key: DrawKey) -> Double {
    var seconds = 0.0
    for (index, step) in (endpoints[path]?.steps ?? []).enumerated() {
      let key = key.child(UInt64(index))
      guard key.uniform(1) < step.probability else { continue }
      switch step.action {
      case .work(let work): seconds += work.distribution.quantile(key.uniform(2))
      case .call(let name): seconds += call(name, from: path.service, key: key)
      case .together(let names):
        seconds += names.enumerated().map { call($1, from: path.service, key: key.child(UInt64($0))) }.max() ?? 0
      }
    }
    return seconds
  }

  private func call(_ dependency: String, from service: String, key: DrawKey) -> Double {
    guard let target = targets[service]?[dependency] else { return .infinity }
    return duration(of: target, key: key.child(named: dependency))
  }
}
