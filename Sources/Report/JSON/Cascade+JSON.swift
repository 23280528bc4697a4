import Campaign
import Model

extension Cascade {
  /// Seconds are since the start of the replication; numbers in `from`, `to` and `nodes` are places in the lists.
  public var json: JSONValue {
    [
      "binSeconds": .number(binWidth.seconds), "startSeconds": .number(start.seconds),
      "roots": .array(roots.map(json)), "nodes": .array(nodes.map(json)), "edges": .array(edges.map(json)),
      "chains": .array(chains.map(json)),
    ]
  }

  private func json(_ root: Root) -> JSONValue {
    [
      "fault": .string(root.fault), "effect": .string(root.effect), "target": .string(root.target),
      "targets": .array(root.targets.map { .string($0) }),
      "from": .number(root.from.seconds), "to": .number(root.to.seconds),
    ]
  }

  private func json(_ node: Node) -> JSONValue {
    [
      "component": .string(node.name), "kind": .string(node.component.kind.rawValue),
      "mechanism": .string(node.mechanism.rawValue), "from": .number(node.from.seconds),
      "to": JSONValue(node.to?.seconds), "departures": .integer(node.departures), "peak": .number(node.peak),
      "normal": .number(node.normal), "amplification": JSONValue(node.amplification),
      "depth": node.depth.map { .integer($0) } ?? .null,
    ]
  }

  private func json(_ edge: Edge) -> JSONValue {
    let from: JSONValue =
      switch edge.from {
      case .root(let index): ["root": .integer(index)]
      case .node(let index): ["node": .integer(index)]
      }
    return [
      "from": from, "to": .integer(edge.to), "carrier": .string(edge.carrier), "at": .number(edge.at.seconds),
      "isFirst": .bool(edge.isFirst),
    ]
  }

  private func json(_ chain: Chain) -> JSONValue {
    let origin: (kind: String, nodes: JSONValue, root: JSONValue) =
      switch chain.origin {
      case .fault(let nodes, let root): ("fault", .array(nodes.map { .integer($0) }), .integer(root))
      case .alsoWithoutFaults: ("also without faults", .null, .null)
      case .unknown: ("unknown", .null, .null)
      }
    return [
      "workload": .string(chain.workload), "reason": .string(chain.reason.rawValue),
      "component": .string(chain.component), "origin": .string(origin.kind), "nodes": origin.nodes,
      "root": origin.root, "count": .integer(chain.count), "text": .string(text(of: chain)),
    ]
  }
}
