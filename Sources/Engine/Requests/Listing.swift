import Model

extension Program {
  /// The compiled program, for people: every endpoint's operations and every edge's policies.
  public var listing: String {
    var lines: [String] = []
    for endpoint in endpoints {
      lines.append("\(endpoint.name):")
      for counter in endpoint.start..<endpoint.end {
        lines.append("  \(padded(Int(counter)))  \(text(of: operations[counter]))")
      }
    }
    lines.append("")
    lines.append("edges:")
    for (index, name) in edgeNames.enumerated() {
      lines.append("  \(padded(index))  \(name): \(text(of: edges[index]))")
    }
    if faults.count > 0 {
      lines.append("")
      lines.append("faults:")
      for (index, name) in faultNames.enumerated() {
        lines.append("  \(padded(index))  \(name): \(text(of: faults[index]))")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func text(of fault: FaultInstance) -> String {
    var parts = ["\(fault.effect)"]
    if fault.begins != Edge.noLimit {
      parts.append("from \(duration(fault.begins)) to \(duration(fault.ends))")
    } else {
      parts.append("by a failure process")
    }
    if fault.effect == .set, case .set(let set) = scenario?.faults[Int(fault.fault)].effect {
      return parts.joined(separator: "; ") + "; \(set.path) to \(set.text)"
    }
    if fault.effect == .surge { return parts.joined(separator: "; ") + "; x\(fault.magnitude.end)" }
    if fault.cohort >= 0 {
      parts.append("on what \(media.cohortNames[Int(fault.cohort)]) asks")
    } else if fault.cdn >= 0 {
      parts.append(
        "on \(media.cdnNames[Int(fault.cdn)])" + (fault.site < 0 ? "" : "#\(media.nodes[fault.site].number)"))
    }
    let places = (fault.firstPlace..<fault.firstPlace + fault.placeCount).map { faultPlaces[$0] }
    let calls = places.compactMap { place -> String? in
      if place.isEdge { return services[Int(place.service)].name }
      return place.endpoint >= 0 ? endpoints[Int(place.endpoint)].name : nil
    }
    if !calls.isEmpty { parts.append("on calls of " + calls.joined(separator: ", ")) }
    let whole = places.filter { !$0.isEdge && $0.endpoint < 0 }.map { Int($0.firstMember) }
    let hit = (0..<initialReplicas.count).filter { replica in whole.contains { members[$0 + replica] != 0 } }
    if !hit.isEmpty { parts.append("on replicas " + hit.map { replicaName($0) }.joined(separator: ", ")) }
    if fault.edge >= 0 { parts.append("of the bulkhead of \(edgeNames[Int(fault.edge)])") }
    switch fault.scope {
    case .everything: break
    case .oneDevice: parts.append("for one device")
    case .devices: parts.append("for \(Double(fault.scopeThreshold) / 0x1p64) of devices")
    case .requests: parts.append("for \(Double(fault.scopeThreshold) / 0x1p64) of requests")
    }
    return parts.joined(separator: "; ")
  }

  private func replicaName(_ replica: Int) -> String {
    let service = services[Int(initialReplicas[replica].service)]
    return "\(service.name)#\(replica - Int(service.firstReplica))"
  }

  private func duration(_ nanoseconds: Int64) -> String { SimulationDuration(nanoseconds: nanoseconds).text }

  private func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: " ", count: max(0, 4 - digits.count)) + digits
  }

  private func text(of operation: Operation) -> String {
    let action =
      switch operation.code {
      case .work: "work   \(distributions[Int(operation.argument)].languageText)"
      case .call: "call   \(edgeNames[Int(operation.argument)])"
      case .cachedCall: "call   \(edgeNames[Int(operation.argument)]) unless its answer is kept"
      case .fork:
        "fork   "
          + (0..<Int32(operation.count)).map {
            edgeNames[Int(branches[operation.argument + $0].edge)]
          }.joined(separator: ", ") + "; \(operation.needed) of \(operation.count) must succeed"
      case .reply: "reply"
      }
    if operation.threshold == .max { return action }
    return "\(action)  with probability \(Double(operation.threshold) / 0x1p64)"
  }

  private func text(of edge: Edge) -> String {
    var parts = ["\(endpoints[Int(edge.endpoint)].name)"]
    if edge.timeout != Edge.noLimit { parts.append("timeout \(duration(edge.timeout))") }
    if edge.deadline != Edge.noLimit { parts.append("deadline \(duration(edge.deadline))") }
    if edge.attempts > 1 {
      let planned = (0..<edge.attempts - 1).map { duration(pauses[edge.firstPause + $0]) }
      let jitter = Retry.Jitter.allCases.first { $0.code == edge.jitter }?.rawValue ?? ""
      let reasons = FailureReason.allCases.filter { edge.retryOn & 1 << $0.code.rawValue != 0 }.map(\.rawValue)
      parts.append(
        "\(edge.attempts) attempts, pauses \(planned.joined(separator: ", ")), jitter \(jitter), "
          + "after \(reasons.joined(separator: ", "))")
    }
    if edge.breaker >= 0 { parts.append(text(of: breakerSettings[edge.breaker])) }
    if edge.places > 0 {
      let queue = edge.bulkheadQueue == Int32.max ? "unbounded" : "\(edge.bulkheadQueue)"
      parts.append("bulkhead \(edge.places), queue \(queue)")
    }
    if edge.fallbackSampler >= 0 {
      let asks = edge.fallbackEdge < 0 ? "static" : "calls \(edgeNames[Int(edge.fallbackEdge)])"
      parts.append("fallback \(asks)")
    }
    return parts.joined(separator: "; ")
  }

  private func text(of breaker: BreakerSettings) -> String {
    let window = breaker.isTimeWindow ? "\(breaker.window) s" : "\(breaker.window) calls"
    return "breaker at \(breaker.failureRate) failed or \(breaker.slowCallRate) over \(duration(breaker.slowCall)) "
      + "of \(window), from \(breaker.minimumCalls) calls, open \(duration(breaker.open)), "
      + "half-open \(breaker.halfOpenCalls) calls"
  }
}
