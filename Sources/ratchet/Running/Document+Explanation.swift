import Engine
import Model
import ModelFile
import Report

extension Document {
  var kind: String {
    switch self {
    case .model: "model"
    case .scenario: "scenario"
    case .campaign: "campaign"
    }
  }

  var name: String {
    switch self {
    case .model(let document): document.model.name
    case .scenario(let document): document.scenario.name
    case .campaign(let document): document.plan.name
    }
  }

  /// `campaign isolation (3 variants)`.
  var title: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    let size =
      switch self {
      case .model(let document):
        [
          document.model.streaming.map { counted($0.players.count, "cohort") },
          document.model.streaming.map { counted($0.cdns.count, "CDN") },
          document.model.streaming != nil && document.model.workloads.isEmpty
            ? nil : counted(document.model.workloads.count, "workload"),
          counted(document.model.services.count, "service"),
        ].compactMap(\.self).joined(separator: ", ")
      case .scenario(let document):
        "\(counted(document.scenario.faults.count, "fault")), "
          + counted(document.scenario.expectations.count, "expectation")
      case .campaign(let document): counted(document.plan.variants.count, "variant")
      }
    return "\(kind) \(name) (\(size))"
  }

  /// Its own values, then those of the model that it is about.
  var entries: [Explanation.Entry] {
    switch self {
    case .model(let document): document.explanation.entries
    case .scenario(let document): document.explanation.entries + document.model.explanation.entries
    case .campaign(let document): document.explanation.entries + document.model.explanation.entries
    }
  }

  /// What the engine runs; of a campaign the baseline.
  var program: Program {
    switch self {
    case .model(let document): return Program(model: document.model, scenario: nil, windows: [.run])
    case .scenario(let document):
      return Program(model: document.model.model, scenario: document.scenario, windows: [.run])
    case .campaign(let document):
      let plan = document.plan
      guard let variant = plan.variants.first(where: { $0.name == plan.baseline }) else {
        preconditionFailure("A campaign has its baseline.")
      }
      return Program(model: variant.model, scenario: variant.scenario, windows: [.run])
    }
  }
}

/// Every value with where it came from, one a line, and how many were assumed.
struct ExplanationText {
  let text: String

  init(_ entries: [Explanation.Entry]) {
    let rows = entries.map { entry -> [Phrase] in
      let isAssumed = entry.origin == .assumed
      return [
        Phrase(entry.path), Phrase(entry.value), Phrase(entry.origin.text, isAssumed ? .doubtful : .faint),
      ]
    }
    let assumed = entries.count { $0.origin == .assumed }
    let blocks: [Block] = [
      .table(Table([.left("value"), .left("is"), .left("from")], rows)),
      .paragraph(Phrase("\(assumed) of \(entries.count) values were assumed, not given.", .faint)),
    ]
    text = TextRenderer(StandardOutput.isColoured ? .coloured : .plain).text(blocks)
  }
}

extension JSONValue {
  init(_ entry: Explanation.Entry) {
    self = [
      "path": .string(entry.path), "value": .string(entry.value), "origin": .string(entry.origin.text),
      "assumed": .bool(entry.origin == .assumed),
    ]
  }

  init(_ diagnostic: Diagnostic) {
    let place = diagnostic.location
    self = [
      "id": .string(diagnostic.id.rawValue), "severity": .string(diagnostic.severity.rawValue),
      "path": .string(diagnostic.path), "line": place.map { .integer($0.line) } ?? .null,
      "column": place.map { .integer($0.column) } ?? .null, "length": place.map { .integer($0.length) } ?? .null,
      "message": .string(diagnostic.message), "suggestion": JSONValue(diagnostic.suggestion),
    ]
  }
}
