import Foundation

extension CheckReport {
  /// As SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", 2020), for tools that show results in the
  /// lines they are about: a result a finding, at the hypothesis, the sabotage or what is invalid.
  public var sarif: JSONValue {
    let findings = findings
    var rules: [String] = []
    for finding in findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
    let driver: JSONValue = [
      "name": "ratchet", "version": .string(toolVersion),
      "rules": .array(rules.map { Self.descriptor(of: $0) }),
    ]
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": driver],
          "invocations": [["executionSuccessful": .bool(problems.isEmpty && !isInterrupted)]],
          // Columns count Unicode scalars.
          "columnKind": "unicodeCodePoints",
          "results": .array(findings.map { $0.sarif(rules: rules, telling: $0.isAlone(among: findings)) }),
        ]
      ],
    ]
  }

  private static func descriptor(of rule: String) -> JSONValue {
    guard let known = CheckRule(rawValue: rule) else { return ["id": .string(rule)] }
    return ["id": .string(rule), "shortDescription": ["text": .string(known.meaning)]]
  }
}

extension CheckFinding {
  /// Whether its subject tells it from the others.
  fileprivate func isAlone(among all: [CheckFinding]) -> Bool {
    all.count { $0.rule == rule && $0.subject == subject } == 1
  }

  /// - Parameter isAlone: whether its subject tells it from the other results, so that it is known again where its file
  ///   has another name.
  fileprivate func sarif(rules: [String], telling isAlone: Bool) -> JSONValue {
    var region: [JSONValue.Member] = []
    if let line = place.line { region.append(.init("startLine", .integer(line))) }
    if let column = place.column { region.append(.init("startColumn", .integer(column))) }
    let file: JSONValue = ["artifactLocation": ["uri": .string(Self.reference(to: place.path))]]
    let physical = region.isEmpty ? file : file.adding([.init("region", .object(region))])
    return [
      "ruleId": .string(rule), "ruleIndex": .integer(rules.firstIndex(of: rule) ?? -1),
      "level": .string(severity.rawValue), "message": ["text": .string("\(title): \(message)")],
      "locations": [["physicalLocation": physical]],
      "partialFingerprints": ["subject/v1": .string("\(rule) \(subject)\(isAlone ? "" : " \(place.path)")")],
    ]
  }

  /// A path as a URI reference: relative as it is, absolute with its scheme.
  private static func reference(to path: String) -> String {
    let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    return path.hasPrefix("/") ? "file://" + encoded : encoded
  }
}

extension JSONValue: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
