/// Where the parts of a scenario stand that are told about later.
public struct ScenarioLocations: Hashable, Sendable {
  private let expectations: [String: SourceLocation]
  private let sabotages: [String: SourceLocation]
  /// Where the scenario's name stands.
  public let scenario: SourceLocation

  init(_ root: Node) {
    func keys(of section: String) -> [String: SourceLocation] {
      let entries = (root[section]?.entries ?? []).map { ($0.key.text, $0.key.location) }
      return Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }
    expectations = keys(of: "expect")
    sabotages = keys(of: "sabotage")
    scenario = root["scenario"]?.location ?? root.location
  }

  /// Where the name of a hypothesis stands.
  public func expectation(named name: String) -> SourceLocation { expectations[name] ?? scenario }
  /// Where the name of a sabotage stands.
  public func sabotage(named name: String) -> SourceLocation { sabotages[name] ?? scenario }
}
