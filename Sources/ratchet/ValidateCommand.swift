import ArgumentParser
import Campaign
import Engine
import Model
import ModelFile
import Report

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks models, scenarios and campaigns, and all files that they name.",
    discussion: """
      All that is wrong is told at once, each with its place. --explain shows every value with every default filled \
      in and where it came from, and what was assumed rather than given; --explain program shows what the engine runs.

        ratchet validate models/vod/vod.yaml models/vod/campaigns/isolation.yaml
        ratchet validate models/vod/vod.yaml --explain
        ratchet validate models/vod/vod.yaml --explain program --set time.warmup=0s
      """)

  enum Explained: String, ExpressibleByArgument, CaseIterable {
    case values, program
  }

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "Files of models, scenarios and campaigns.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Show every value and where it came from; with `program`, the compiled program.", valueName: "values|program"))
  var explain: Explained?

  @OptionGroup var changes: OverrideOptions

  @Option(help: "How the result is written.")
  var format = Format.text

  func run() throws {
    let overrides = try changes.overrides()
    let checked = files.map { CheckedFile($0, overrides: overrides) }
    switch format {
    case .text:
      for file in checked {
        StandardError.write(file.diagnostics)
        try StandardOutput.write(file.text(explaining: explain))
      }
    case .json:
      let result: JSONValue = [
        "schema": 1, "files": .array(checked.map { $0.json(explaining: explain) }),
      ]
      try StandardOutput.write(result.text)
    }
    if let failed = checked.first(where: { $0.document == nil }) {
      throw Failure(DiagnosticList(failed.diagnostics).exitStatus, "")
    }
  }
}

/// A file and what was found in it.
private struct CheckedFile {
  let path: String
  /// Nil where it has errors.
  let document: Document?
  let diagnostics: [Diagnostic]

  init(_ path: String, overrides: [CampaignPlan.Override]) {
    self.path = path
    do {
      let document = try ModelFile.load(path: path, overrides: overrides)
      self.document = document
      diagnostics = document.warnings
    } catch {
      document = nil
      diagnostics = error.diagnostics
    }
  }

  func text(explaining explained: ValidateCommand.Explained?) -> String {
    guard let document else { return "" }
    var text = "\(path): \(document.title) is valid\n"
    switch explained {
    case nil: break
    case .values: text += "\n" + ExplanationText(document.entries).text
    case .program: text += "\n" + document.program.listing + "\n"
    }
    return text
  }

  func json(explaining explained: ValidateCommand.Explained?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(path)), .init("valid", .bool(document != nil)),
      .init("kind", JSONValue(document?.kind)), .init("name", JSONValue(document?.name)),
      .init("diagnostics", .array(diagnostics.map(JSONValue.init))),
    ]
    if let document, let explained {
      switch explained {
      case .values: members.append(.init("values", .array(document.entries.map(JSONValue.init))))
      case .program: members.append(.init("program", .string(document.program.listing)))
      }
    }
    return .object(members)
  }
}
