import Model

/// Who calls whom: endpoints call through dependencies, dependencies fall back on dependencies.
struct CallGraph {
  /// Who may call an endpoint.
  enum Caller: Hashable, Comparable {
    case workload
    case service(String)
    case sessions
    case cdn(String)
    /// What makes the segments of live channels.
    case live
  }

  struct Dependency: Hashable, Comparable {
    let caller: Caller
    let name: String
    static func < (a: Self, b: Self) -> Bool { (a.caller, a.name) < (b.caller, b.name) }
  }

  struct Declaration {
    let target: EndpointPath
    let timeout: (duration: SimulationDuration, location: SourceLocation)?
  }

  private enum Vertex: Hashable {
    case endpoint(EndpointPath)
    case dependency(Dependency)
  }

  private struct Edge {
    let to: Vertex
    let location: SourceLocation
  }

  private var edges: [Vertex: [Edge]] = [:]
  private(set) var declarations: [Dependency: Declaration] = [:]

  /// A step of an endpoint calls a dependency of its service.
  mutating func addStep(of endpoint: EndpointPath, calling name: String, at location: SourceLocation) {
    let dependency = Dependency(caller: .service(endpoint.service), name: name)
    edges[.endpoint(endpoint), default: []].append(Edge(to: .dependency(dependency), location: location))
  }

  mutating func addDependency(_ dependency: Dependency, _ declaration: Declaration, at location: SourceLocation) {
    declarations[dependency] = declaration
    edges[.dependency(dependency), default: []].append(Edge(to: .endpoint(declaration.target), location: location))
  }

  /// A dependency falls back on another one of the same caller.
  mutating func addFallback(of dependency: Dependency, on name: String, at location: SourceLocation) {
    let other = Dependency(caller: dependency.caller, name: name)
    edges[.dependency(dependency), default: []].append(Edge(to: .dependency(other), location: location))
  }

  /// The dependencies that an endpoint's steps call.
  func calls(of endpoint: EndpointPath) -> [Dependency] {
    (edges[.endpoint(endpoint)] ?? []).compactMap { edge in
      if case .dependency(let dependency) = edge.to { dependency } else { nil }
    }
  }

  /// All endpoints that some call names.
  var calledEndpoints: Set<EndpointPath> { Set(declarations.values.map(\.target)) }

  /// Where walks start: at those who are called by nobody, then at the others, by their names.
  private var starts: [Vertex] {
    func isCaller(_ vertex: Vertex) -> Bool {
      guard case .dependency(let dependency) = vertex else { return false }
      if case .service = dependency.caller { return false } else { return true }
    }
    let sorted = edges.keys.sorted { Self.label($0) < Self.label($1) }
    return sorted.filter(isCaller) + sorted.filter { !isCaller($0) }
  }

  /// The cycles that a walk in depth first finds, each closed by the edge at its location.
  var cycles: [(names: [String], isOfFallbacks: Bool, location: SourceLocation)] {
    var found: [(names: [String], isOfFallbacks: Bool, location: SourceLocation)] = []
    var done: Set<Vertex> = []
    for start in starts where !done.contains(start) {
      var trail: [(vertex: Vertex, next: Int)] = [(start, 0)]
      var positions: [Vertex: Int] = [start: 0]
      while let (vertex, next) = trail.last {
        let outgoing = edges[vertex] ?? []
        guard next < outgoing.count else {
          done.insert(vertex)
          positions[vertex] = nil
          trail.removeLast()
          continue
        }
        trail[trail.count - 1].next += 1
        let edge = outgoing[next]
        if let position = positions[edge.to] {
          let cycle = trail[position...].map(\.vertex)
          let endpoints = cycle.filter { if case .endpoint = $0 { true } else { false } }
          let shown = endpoints.isEmpty ? cycle : endpoints
          found.append(((shown + [shown[0]]).map(Self.label), endpoints.isEmpty, edge.location))
        } else if !done.contains(edge.to) {
          positions[edge.to] = trail.count
          trail.append((edge.to, 0))
        }
      }
    }
    return found
  }

  /// Where a call is written under which more than `limit` endpoints are nested, itself included; of several the one
  /// nearest to the leaves. The graph must have no cycles.
  /// - Complexity: O(vertices + edges).
  func firstCall(deeperThan limit: Int) -> SourceLocation? {
    var depths: [Vertex: Int] = [:]
    for start in starts where depths[start] == nil {
      var trail = [start]
      while let vertex = trail.last {
        let outgoing = edges[vertex] ?? []
        let unknown = outgoing.map(\.to).filter { depths[$0] == nil }
        if !unknown.isEmpty {
          trail += unknown
          continue
        }
        trail.removeLast()
        let below = outgoing.map { (depths[$0.to] ?? 0, $0.location) }.max { $0.0 < $1.0 }
        guard case .endpoint = vertex else {
          depths[vertex] = below?.0 ?? 0
          continue
        }
        depths[vertex] = 1 + (below?.0 ?? 0)
        if let below, below.0 >= limit { return below.1 }
      }
    }
    return nil
  }

  private static func label(_ vertex: Vertex) -> String {
    switch vertex {
    case .endpoint(let path): path.description
    case .dependency(let dependency): dependency.label
    }
  }
}

extension CallGraph.Dependency {
  /// Where it is declared.
  var label: String {
    switch caller {
    case .workload: "workloads.\(name)"
    case .service(let service): "\(service).dependencies.\(name)"
    case .sessions: "sessions.dependencies.\(name)"
    case .cdn(let cdn): "\(cdn).\(name)"
    case .live: "live.\(name)"
    }
  }

  /// Who calls, for a message.
  var callerText: String {
    switch caller {
    case .workload: "the workload `\(name)`"
    case .service(let service): "`\(service)`"
    case .sessions: "a session"
    case .cdn(let cdn): "the CDN `\(cdn)`"
    case .live: "the encoding of live channels"
    }
  }
}
