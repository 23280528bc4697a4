import Model

/// All calls of a model, and how often each is made.
struct CallGraph {
  let model: SystemModel
  /// Those of workloads, sessions, CDNs and live channels first, then those of services, each in the order of the model.
  private(set) var calls: [AuditedCall] = []
  private var services: [String: Service] = [:]
  /// The place in `calls` of each dependency of a service.
  private var places: [String: [String: Int]] = [:]
  /// Requests per second of each endpoint at the busiest time, as those of calls.
  private(set) var rates: [EndpointPath: Double] = [:]

  init(_ model: SystemModel) {
    self.model = model
    for service in model.services { services[service.name] = service }
    for workload in model.workloads {
      calls.append(AuditedCall(.workload(workload.name), workload.call, path: "workloads.\(workload.name)"))
    }
    addStreaming()
    for service in model.services {
      for dependency in service.dependencies {
        places[service.name, default: [:]][dependency.name] = calls.count
        calls.append(
          AuditedCall(
            .service(service.name), dependency, path: "services.\(service.name).dependencies.\(dependency.name)"))
      }
    }
    addRates()
  }

  private mutating func addStreaming() {
    guard let streaming = model.streaming else { return }
    for dependency in streaming.sessions.dependencies {
      calls.append(AuditedCall(.sessions, dependency, path: "sessions.dependencies.\(dependency.name)"))
    }
    for cdn in streaming.cdns {
      calls.append(AuditedCall(.cdn(cdn.name), cdn.origin, path: "cdns.\(cdn.name).origin"))
      if cdn.manifestOrigin.named(cdn.origin.name) != cdn.origin {
        calls.append(AuditedCall(.cdn(cdn.name), cdn.manifestOrigin, path: "cdns.\(cdn.name).manifest-origin"))
      }
    }
    for dependency in [streaming.catalog.live?.encode, streaming.catalog.live?.standby].compactMap(\.self) {
      calls.append(AuditedCall(.live, dependency, path: "catalog.live.\(dependency.name)"))
    }
  }

  /// The calls of an endpoint, each as a place in `calls`, with how likely it is made; what only a fallback calls is not.
  func children(of endpoint: EndpointPath) -> [(place: Int, probability: Double)] {
    guard let service = services[endpoint.service], let places = places[endpoint.service],
      let steps = service.endpoints.first(where: { $0.name == endpoint.endpoint })?.steps
    else { return [] }
    return steps.flatMap { step -> [(place: Int, probability: Double)] in
      let names: [String] =
        switch step.action {
        case .work: []
        case .call(let name): [name]
        case .together(let names, _): names
        }
      return names.compactMap { places[$0] }.map { ($0, step.probability.value) }
    }
  }

  /// Whether a step of the endpoint can do without some of the branches that it waits for.
  func isSpared(_ place: Int, by endpoint: EndpointPath) -> Bool {
    services[endpoint.service]?.endpoints.first { $0.name == endpoint.endpoint }.map { isSpared(calls[place], by: $0) }
      ?? true
  }

  func isSpared(_ call: AuditedCall, by endpoint: Endpoint) -> Bool {
    endpoint.steps.allSatisfy { !$0.waits(for: call.dependency.name) }
  }

  private mutating func addRates() {
    var fromCDNs: Set<EndpointPath> = []
    for place in calls.indices {
      switch calls[place].caller {
      case .workload(let name):
        let arrivals = model.workloads.first { $0.name == name }?.arrivals
        calls[place].rate = arrivals?.busiestRate(until: model.time.horizon) ?? 0
      case .sessions:
        let sessions = model.streaming?.sessions
        let isMadeAtStart =
          sessions?.start.contains { $0.actions.contains(.call(calls[place].dependency.name)) } ?? false
        calls[place].rate = isMadeAtStart ? sessions?.arrivals.busiestRate(until: model.time.horizon) ?? 0 : 0
      case .cdn, .live: calls[place].isAlsoAskedByCDNs = true
      case .service: continue
      }
      rates[calls[place].dependency.target, default: 0] += calls[place].rate
      if calls[place].isAlsoAskedByCDNs { fromCDNs.insert(calls[place].dependency.target) }
    }
    for endpoint in callersFirst {
      for child in children(of: endpoint) {
        let rate = rates[endpoint, default: 0] * child.probability
        calls[child.place].rate += rate
        rates[calls[child.place].dependency.target, default: 0] += rate
        if fromCDNs.contains(endpoint) {
          calls[child.place].isAlsoAskedByCDNs = true
          fromCDNs.insert(calls[child.place].dependency.target)
        }
      }
    }
  }

  /// All endpoints, each after those that call it: there are no cycles.
  private var callersFirst: [EndpointPath] {
    var seen: Set<EndpointPath> = []
    var calleesFirst: [EndpointPath] = []
    func visit(_ endpoint: EndpointPath) {
      guard seen.insert(endpoint).inserted else { return }
      for child in children(of: endpoint) { visit(calls[child.place].dependency.target) }
      calleesFirst.append(endpoint)
    }
    for service in model.services {
      for endpoint in service.endpoints { visit(EndpointPath(service: service.name, endpoint: endpoint.name)) }
    }
    return calleesFirst.reversed()
  }
}
