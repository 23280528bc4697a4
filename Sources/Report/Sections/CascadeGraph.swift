import Campaign
import Model

extension Cascade {
  /// The cascade as a graph for Graphviz: faults as octagons, what left its band as boxes, first causes drawn solid.
  ///
  /// Format: the DOT language, https://graphviz.org/doc/info/lang.html.
  public var dot: String {
    var lines = ["digraph cascade {", "  rankdir=LR;", "  node [shape=box];"]
    for (index, root) in roots.enumerated() {
      lines.append("  f\(index) [shape=octagon, label=\(quoted(label(root)))];")
    }
    for (index, node) in nodes.enumerated() {
      let style = node.to == nil ? ", style=bold" : node.depth == nil ? ", style=dotted" : ""
      lines.append("  n\(index) [label=\(quoted(label(node)))\(style)];")
    }
    for edge in edges {
      let style = edge.isFirst ? "" : ", style=dashed"
      lines.append("  \(id(edge.from)) -> n\(edge.to) [label=\(quoted([edge.carrier]))\(style)];")
    }
    return (lines + ["}"]).map { $0 + "\n" }.joined()
  }

  /// The same as a flowchart for Mermaid.
  ///
  /// Format: https://mermaid.js.org/syntax/flowchart.html.
  public var mermaid: String {
    var lines = ["flowchart LR"]
    for (index, root) in roots.enumerated() { lines.append("  f\(index){{\(escaped(label(root)))}}") }
    for (index, node) in nodes.enumerated() { lines.append("  n\(index)[\(escaped(label(node)))]") }
    for edge in edges {
      let arrow = edge.isFirst ? "-->" : "-.->"
      lines.append("  \(id(edge.from)) \(arrow)|\(escaped([edge.carrier]))| n\(edge.to)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func id(_ cause: Cause) -> String {
    switch cause {
    case .root(let index): "f\(index)"
    case .node(let index): "n\(index)"
    }
  }

  private func label(_ root: Root) -> [String] {
    ["fault \(root.fault)", root.phrase, "\(clock(root.from)) to \(clock(root.to))"]
  }

  private func label(_ node: Node) -> [String] {
    [node.phrase, "\(clock(node.from)) to \(node.to.map { clock($0) } ?? "the end")"]
  }

  /// Lines as a quoted string of DOT, in which a line break is `\n`.
  private func quoted(_ lines: [String]) -> String {
    let text = lines.map { line in
      line.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined()
    }
    return "\"\(text.joined(separator: "\\n"))\""
  }

  /// Lines as a quoted string of Mermaid, in which characters with a meaning are entities.
  private func escaped(_ lines: [String]) -> String {
    let entities: [Character: String] = [
      "\"": "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "|": "#124;", "`": "#96;",
    ]
    let text = lines.map { line in line.map { entities[$0] ?? String($0) }.joined() }
    return "\"\(text.joined(separator: "<br/>"))\""
  }
}
