import Model

/// Reads the files of the model language.
public enum ModelFile {
  /// Reads a model, a scenario or a campaign, and all files that it names.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - overrides: values of the model, or with a path from `faults` or `expect` of the scenario, that are set
  ///     before anything is decoded.
  /// - Throws: everything that is wrong, at once.
  public static func load(
    path: String, overrides: [CampaignPlan.Override] = []
  ) throws(DiagnosticList) -> Document {
    var loader = Loader(reader: .disk)
    return try loader.load(path, overrides: overrides)
  }

  /// Reads a model together with a scenario that is run on it, whatever model the scenario's file names.
  public static func load(
    model: String, scenario: String, overrides: [CampaignPlan.Override] = []
  ) throws(DiagnosticList) -> ScenarioDocument {
    var loader = Loader(reader: .disk)
    return try loader.load(model: model, scenario: scenario, overrides: overrides)
  }

  /// Reads a text as if it were the file at `path`.
  /// - Parameter files: the texts of the files that it names, by path.
  public static func decode(
    text: String, path: String = "model.yaml", files: [String: String] = [:],
    overrides: [CampaignPlan.Override] = []
  ) throws(DiagnosticList) -> Document {
    var loader = Loader(reader: .memory(files.merging([path: text]) { _, text in text }))
    return try loader.load(path, overrides: overrides)
  }

  /// An override as it is written on the command line, `path=value`.
  public static func override(parsing text: String) throws(DiagnosticList) -> CampaignPlan.Override {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      let file = SourceFile(path: "--set", text: text, kind: .option)
      let place = SourceLocation(file: file, line: 1, column: 1, length: text.unicodeScalars.count)
      throw DiagnosticList([
        Diagnostic(
          .badPath, at: place, "`\(text)` sets nothing", suggestion: "expected `path=value`")
      ])
    }
    return CampaignPlan.Override(
      path: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}
