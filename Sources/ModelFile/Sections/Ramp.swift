import Model

extension ValueKind where Value == [FaultScope] {
  /// Scopes, each of which reaches whom the one before it reaches, and more.
  static var ramp: ValueKind {
    let list = ValueKind<[FaultScope]>.list(.scope, isEmptyAllowed: false)
    return ValueKind(shape: list.shape) { node, decoding in
      guard let scopes = list.decode(node, decoding), let items = node.items else { return nil }
      let wrong = scopes.indices.dropFirst().filter { !scopes[$0].isBeyond(scopes[$0 - 1]) }
      for place in wrong {
        let (before, text) = (items[place - 1].flowText, items[place].flowText)
        let isMixed = scopes[place].unit != scopes[place - 1].unit
        decoding.report(
          .badScope, at: items[place].location,
          isMixed
            ? "`\(text)` is of another kind than `\(before)` before it"
            : "`\(text)` reaches nobody whom `\(before)` before it does not reach",
          suggestion: isMixed
            ? "a ramp is of devices, of requests or of replicas alone" : "the scopes of a ramp grow")
      }
      return wrong.isEmpty ? scopes : nil
    }
  }
}

extension FaultScope {
  /// What a scope counts.
  fileprivate enum Unit { case all, devices, requests, replicas }

  fileprivate var unit: Unit {
    switch self {
    case .everything: .all
    case .oneDevice, .devices: .devices
    case .requests: .requests
    case .replicas: .replicas
    }
  }

  /// Whether it reaches all whom another scope reaches, and more.
  fileprivate func isBeyond(_ other: FaultScope) -> Bool {
    switch (self, other) {
    case (.everything, .everything): false
    case (.everything, _), (.devices, .oneDevice): true
    case (.devices(let own), .devices(let part)), (.requests(let own), .requests(let part)): own.value > part.value
    case (.replicas(let own), .replicas(let count)): own > count
    case (.oneDevice, _), (.devices, _), (.requests, _), (.replicas, _): false
    }
  }

  /// A scope of the same kind that every target has which can have any of the kind.
  fileprivate var least: FaultScope {
    switch unit {
    case .all, .devices: .devices(Probability(0.01))
    case .requests: .requests(Probability(0.01))
    case .replicas: .replicas(1)
    }
  }
}

extension Scenario {
  /// Those of its faults that can have scopes of the kind of these.
  private func faults(rampedBy scopes: [FaultScope], in names: Names) -> [Fault] {
    guard let kind = scopes.first?.least else { return [] }
    return faults.filter { $0.reaching(kind).scopeProblem(in: names) == nil }
  }

  /// Those of its faults whose scopes its ramp replaces.
  func rampedFaults(in names: Names) -> [Fault] { faults(rampedBy: ramp, in: names) }

  /// What is wrong with its ramp.
  ///
  /// - Parameter node: the list of scopes.
  func rampProblems(at node: Node, in names: Names) -> [Diagnostic] {
    let ramped = faults(rampedBy: ramp, in: names)
    if ramped.isEmpty {
      return [
        Diagnostic(
          .badScope, at: node.location,
          faults.isEmpty ? "there are no faults to ramp" : "none of the faults can have such a scope")
      ]
    }
    return zip(ramp, node.items ?? []).compactMap { scope, item in
      let problem = ramped.lazy.compactMap { $0.reaching(scope).scopeProblem(in: names) }.first
      return problem.map { Diagnostic(.badScope, at: item.location, $0.message, suggestion: $0.suggestion) }
    }
  }

  /// Itself at growing scope: as its file says, else at the scopes that FIT goes through; nil where no fault can have
  /// such scopes.
  func ramped(in names: Names) -> Ramp? {
    let percentages = [0.01, 0.05, 0.25].map { FaultScope.devices(Probability($0)) }
    // Where nobody says how many devices there are, there is no one device.
    let first = faults(rampedBy: percentages, in: names).allSatisfy { $0.problemOfOneDevice(in: names) == nil }
    let usual = (first ? [.oneDevice] : []) + percentages + [.everything]
    let scopes = ramp.isEmpty ? usual : ramp
    let ramped = faults(rampedBy: scopes, in: names).map(\.name)
    if ramped.isEmpty { return nil }
    let steps = scopes.map { scope in
      Ramp.Step(
        scope: scope, scenario: striking(with: faults.map { ramped.contains($0.name) ? $0.reaching(scope) : $0 }))
    }
    return Ramp(steps: steps, isAssumed: ramp.isEmpty, faults: ramped)
  }
}
