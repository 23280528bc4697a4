import ResultStore

/// A file as the texts kept with results hold it.
struct StoredFile: Hashable {
  /// What stands before a file's path, in a line of its own before its text.
  static let header = "# file: "

  let path: String
  let text: String

  /// The files of a text; none where it does not say their paths.
  static func all(in text: String) -> [StoredFile] {
    guard text.hasPrefix(header) else { return [] }
    return "\n\(text)".split(separator: "\n\(header)").map { part in
      let end = part.firstIndex(of: "\n") ?? part.endIndex
      let rest = end == part.endIndex ? "" : part[part.index(after: end)...]
      return StoredFile(path: String(part[..<end]), text: String(rest))
    }
  }
}

extension CampaignTexts {
  /// All files by path, the campaign's own file first; empty where the texts do not say the paths.
  var files: [StoredFile] {
    let own = StoredFile.all(in: campaign)
    let model = StoredFile.all(in: model)
    return own.isEmpty || model.isEmpty ? [] : own + model
  }
}
