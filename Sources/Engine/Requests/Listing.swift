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
    return lines.joined(separator: "\n")
  }

  private func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: " ", count: max(0, 4 - digits.count)) + digits
  }

  private func text(of operation: Operation) -> String {
    let action =
      switch operation.code {
      case .work: "work   \(distributions[Int(operation.argument)].languageText)"
      case .call: "call   \(edgeNames[Int(operation.argument)])"
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
    if edge.timeout != Edge.noLimit { parts.append("timeout \(edge.timeout) ns") }
    if edge.deadline != Edge.noLimit { parts.append("deadline \(edge.deadline) ns") }
    if edge.attempts > 1 {
      let planned = (0..<edge.attempts - 1).map { String(pauses[edge.firstPause + $0]) }
      parts.append("\(edge.attempts) attempts, pauses \(planned.joined(separator: ", ")) ns")
    }
    if edge.breaker >= 0 { parts.append("breaker") }
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
}
