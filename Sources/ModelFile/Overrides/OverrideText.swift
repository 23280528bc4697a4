import Model

/// A path and the value that is set there, with their places.
struct OverrideText {
  let path: Phrase
  let value: Node

  init(path: Phrase, value: Node) {
    self.path = path
    self.value = value
  }

  /// An override of the command line; nil after having reported what is wrong with its value.
  init?(_ override: CampaignPlan.Override, diagnostics: inout [Diagnostic]) {
    let file = SourceFile(path: "--set", text: "\(override.path)=\(override.value)", kind: .option)
    let length = override.path.unicodeScalars.count
    path = Phrase(
      text: override.path, location: SourceLocation(file: file, line: 1, column: 1, length: length), isVerbatim: true)
    guard !override.value.allSatisfy(\.isWhitespace) else {
      diagnostics.append(Diagnostic(.badPath, at: path.location, "`\(override.path)` is set to nothing"))
      return nil
    }
    let yaml = String(repeating: " ", count: length + 1) + override.value
    guard let value = YAMLReader.read(file, yaml: yaml, diagnostics: &diagnostics) else { return nil }
    self.value = value
  }

  /// Whether it sets something in the scenario and not in the model.
  var isOfScenario: Bool {
    ["faults", "expect"].contains(path.split(on: ".")[0].text)
  }

  /// The order in which overrides are applied: what others inherit goes first.
  var rank: Int {
    let parts = path.split(on: ".").map(\.text)
    if parts.first == "policies" { return 0 }
    return parts.last == "policy" ? 1 : 2
  }
}
