/// What a file is about, as its first keys say.
public enum DocumentKind: String, Hashable, Sendable, CaseIterable {
  case model, scenario, campaign, incident
}

extension ModelFile {
  /// What a file is, without decoding it.
  ///
  /// - Returns: nil where nothing says so: a part that models include, or a file that is not of this language.
  /// - Throws: where it can't be read, or is not YAML.
  public static func kind(path: String) throws(DiagnosticList) -> DocumentKind? {
    let file = try FileReader.disk.read(path)
    var diagnostics: [Diagnostic] = []
    let root = YAMLReader.read(file, diagnostics: &diagnostics)
    guard let root else { throw DiagnosticList(diagnostics) }
    let order: [DocumentKind] = [.incident, .campaign, .scenario, .model]
    return order.first { root[$0.rawValue] != nil }
  }
}
