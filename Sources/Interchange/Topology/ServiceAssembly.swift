import Model

/// Turns the records of one service's endpoints into its part of the model.
struct ServiceAssembly {
  private let service: String
  private let names: EndpointNames
  private let dependencyNames: [EndpointKey: String]
  private var usedEndpoints: Set<String>
  private(set) var dependencies: [ImportedDependency]
  private(set) var endpoints: [ImportedEndpoint] = []

  /// - Parameter callees: what the endpoints of the service call.
  init(service: String, callees: Set<EndpointKey>, names: EndpointNames) {
    self.service = service
    self.names = names
    usedEndpoints = names.endpoints(of: service)
    let endpointsOfService = Dictionary(grouping: callees, by: \.operation.service)
    var dependencyNames: [EndpointKey: String] = [:]
    var used: Set<String> = []
    for key in callees.sorted() {
      let path = names.path(key)
      let isOnly = endpointsOfService[key.operation.service]?.count == 1
      let name = LegalNames.unused(isOnly ? path.service : "\(path.service)-\(path.endpoint)", in: used)
      used.insert(name)
      dependencyNames[key] = name
    }
    self.dependencyNames = dependencyNames
    dependencies = dependencyNames.map { ImportedDependency(name: $1, target: names.path($0)) }
  }

  mutating func addEndpoint(_ key: EndpointKey, record: EndpointRecord, structure: CallStructure) {
    let name = names.path(key).endpoint
    let steps = steps(of: structure.parts, runs: Array(record.runs.indices), endpoint: name)
    let median = Median.of(record.runs.map { Double($0.served.duration) / 1e9 }) ?? 0
    endpoints.append(
      ImportedEndpoint(
        name: name, origin: .traced(operation: key.operation.name, runs: record.runs.count, median: median),
        steps: steps))
  }

  /// The steps of an endpoint; neighbours that the same runs have, and only some, become one branch.
  private mutating func steps(
    of parts: [CallStructure.Part], runs: [Int], endpoint: String
  ) -> [ImportedStep] {
    var steps: [ImportedStep] = []
    var next = 0
    while next < parts.count {
      switch parts[next] {
      case .work(let sample):
        steps += work(sample)
        next += 1
      case .calls(let first):
        var groups = [first]
        while next + groups.count < parts.count, first.isAllOrNone, first.isPresent.contains(false),
          case .calls(let group) = parts[next + groups.count], group.isAllOrNone,
          group.isPresent == first.isPresent
        {
          groups.append(group)
        }
        next += groups.count
        if groups.count == 1 {
          steps.append(calls(first, endpoint: endpoint))
        } else {
          let inner = groups.map { calls($0, endpoint: endpoint, certain: true) }
          let branch = addBranch(of: endpoint, steps: inner)
          steps.append(step(.call(branch), presence: first.isPresent))
        }
      }
    }
    return steps
  }

  /// Own time as work: none where it is zero, and with a probability where it is zero in some runs.
  private func work(_ sample: [Double]) -> [ImportedStep] {
    guard let work = ImportedWork(fitting: sample.filter { $0 > 0 }) else { return [] }
    return [step(.work(work), presence: sample.map { $0 > 0 })]
  }

  /// One call, or several at once. A parallel call that only some runs have is a branch, for `together` knows no
  /// chance.
  private mutating func calls(
    _ group: CallStructure.Group, endpoint: String, certain: Bool = false
  ) -> ImportedStep {
    let present = group.isPresent
    let targets = zip(group.slots, group.presence).map { slot, presence -> String in
      let dependency = dependencyNames[slot.callee, default: ""]
      if group.slots.count == 1 || presence == present { return dependency }
      let given = zip(presence, present).filter(\.1).map(\.0)
      return addBranch(of: endpoint, steps: [step(.call(dependency), presence: given)])
    }
    let action = targets.count == 1 ? ImportedStep.Action.call(targets[0]) : .together(targets)
    return step(action, presence: certain ? present.filter { $0 } : present)
  }

  private func step(_ action: ImportedStep.Action, presence: [Bool]) -> ImportedStep {
    let share = Double(presence.count { $0 }) / Double(presence.count)
    return ImportedStep(action: action, probability: share, runs: presence.count)
  }

  /// Adds an endpoint of the service with these steps, and returns the dependency that calls it.
  private mutating func addBranch(of endpoint: String, steps: [ImportedStep]) -> String {
    let name = LegalNames.unused("\(endpoint)-branch", in: usedEndpoints)
    usedEndpoints.insert(name)
    endpoints.append(ImportedEndpoint(name: name, origin: .branch(of: endpoint), steps: steps))
    let path = EndpointPath(service: names.service(service), endpoint: name)
    let dependency = LegalNames.unused(name, in: Set(dependencies.map(\.name)))
    dependencies.append(ImportedDependency(name: dependency, target: path))
    return dependency
  }
}
