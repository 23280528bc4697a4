import ArgumentParser
import Campaign
import Foundation
import Model
import ModelFile
import Report

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks the hypotheses of scenarios, for CI.",
    discussion: """
      Runs every scenario that the paths lead to (a folder is gone through with all that is in it) until each of its \
      hypotheses is supported or refuted, then each of its sabotages, in which the hypotheses named must be refuted. \
      Models, campaigns and scenarios that expect nothing are skipped and counted. The result is the same with any \
      number of jobs.

      The exit code: 0 all are supported and all sabotages turn what they should; 1 a hypothesis is refuted, or one \
      still holds in a sabotage; 3 something is inconclusive; 2 a file is invalid, and then nothing is run.

      In JUnit's XML a hypothesis is a test, and what is refuted, inconclusive or not turned by its sabotage is a \
      failure of that type; where the check is interrupted, what had not been decided is skipped. Where GITHUB_ACTIONS is `true`, the lines concerned are annotated: on standard output, or \
      with --format json or csv, whose output stays as it is, on standard error, which is read too.

        ratchet check models/chaos
        ratchet check models/chaos --junit check.xml --sarif check.sarif
        ratchet check scenario.yaml --replications 1000 --no-sabotage --format json
      """)

  @Argument(help: "Scenarios, and folders of them.", completion: .file(extensions: ["yaml", "yml"]))
  var paths: [String]

  @OptionGroup var trials: TrialOptions

  @OptionGroup var changes: OverrideOptions

  @Flag(inversion: .prefixedNo, help: "Run sabotages too.")
  var sabotage = true

  @Option(help: ArgumentHelp("Writes the result as JUnit's XML.", valueName: "file"), completion: .file())
  var junit: String?

  @Option(
    help: ArgumentHelp("Writes what does not hold as SARIF, at its lines.", valueName: "file"), completion: .file())
  var sarif: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let overrides = try changes.overrides()
    for path in [junit, sarif].compactMap(\.self) { try OutputFile.check(path, overwriting: true) }
    let files = try ScenarioFiles(paths, overrides: overrides)
    if !output.quiet { StandardError.write(files.warnings) }
    if !files.errors.isEmpty {
      let report = report([], of: files, problems: files.errors.filter { $0.severity == .error }.map(problem))
      try write(report, showing: false)
      throw DiagnosticList(files.errors)
    }
    if files.scenarios.isEmpty {
      throw Failure(.invalidInput, "nothing to check: no scenario with `expect` under \(paths.joined(separator: ", "))")
    }
    for (path, document) in files.scenarios { try checkLimits(document, path, overrides) }
    let runner = TrialRunner(trials, isQuiet: output.quiet)
    var checked: [ScenarioCheck] = []
    for (place, (path, document)) in files.scenarios.enumerated() where !runner.isInterrupted {
      let label = "\(place + 1) of \(files.scenarios.count) \(document.scenario.name)"
      checked.append(check(document, path, overrides, runner, label: label))
    }
    let report = report(checked, of: files, problems: [])
    try write(report, showing: true)
    if report.isInterrupted {
      throw Failure(.interrupted, "interrupted: what had been decided until then is told, the rest counts as skipped")
    }
    let status = ExitStatus(report.verdict)
    if status != .done { throw Failure(status, "") }
  }

  private func checkLimits(
    _ document: ScenarioDocument, _ path: String, _ overrides: [CampaignPlan.Override]
  ) throws(Failure) {
    let variants = [document.variant(overrides)] + document.sabotages.map(\.variant)
    for variant in variants {
      try CampaignPlan.trial(of: variant, maximum: trials.replications, seed: trials.seed).checkLimits()
    }
  }

  private func check(
    _ document: ScenarioDocument, _ path: String, _ overrides: [CampaignPlan.Override], _ runner: TrialRunner,
    label: String
  ) -> ScenarioCheck {
    let locations = document.locations
    let variant = document.variant(overrides)
    let (trial, seconds) = runner.run(variant, label: label)
    let withoutFaults = runner.steadyState(of: trial, variant, label: label)
    var sabotages: [SabotageCheck] = []
    if sabotage {
      for sabotage in document.sabotages where !runner.isInterrupted {
        let (trial, seconds) = runner.run(sabotage.variant, label: "\(label), sabotage \(sabotage.name)")
        sabotages.append(
          SabotageCheck(
            name: sabotage.name, overrides: sabotage.variant.overrides,
            place: .init(locations.sabotage(named: sabotage.name), of: path), trial: trial, seconds: seconds))
      }
    }
    return ScenarioCheck(
      name: document.scenario.name, place: .init(locations.scenario, of: path), trial: trial,
      places: document.scenario.expectations.map { .init(locations.expectation(named: $0.name), of: path) },
      trialSeconds: seconds, withoutFaults: withoutFaults, sabotages: sabotages,
      skippedSabotages: document.sabotages.map(\.name).filter { name in !sabotages.contains { $0.name == name } })
  }

  private func report(
    _ checked: [ScenarioCheck], of files: ScenarioFiles, problems: [CheckReport.Problem]
  ) -> CheckReport {
    CheckReport(
      scenarios: checked, problems: problems, skipped: files.skipped,
      notRun: problems.isEmpty ? files.scenarios.dropFirst(checked.count).map(unrun) : [], seed: trials.seed,
      maximum: trials.replications, toolVersion: ToolVersion.text)
  }

  private func unrun(_ path: String, _ document: ScenarioDocument) -> CheckReport.Unrun {
    CheckReport.Unrun(name: document.scenario.name, place: .init(document.locations.scenario, of: path))
  }

  private func problem(_ diagnostic: Diagnostic) -> CheckReport.Problem {
    let message = diagnostic.message + (diagnostic.suggestion.map { "; \($0)" } ?? "")
    let place = diagnostic.location.map { CheckReport.Place($0, of: diagnostic.path) }
    return CheckReport.Problem(
      id: diagnostic.id.rawValue, message: message, place: place ?? CheckReport.Place(path: diagnostic.path))
  }

  /// Writes the files that were asked for, the annotations where somebody reads them, and the result.
  private func write(_ report: CheckReport, showing isShown: Bool) throws(Failure) {
    if let junit { try OutputFile.write(report.junit, to: junit, overwriting: true) }
    if let sarif { try OutputFile.write(report.sarif.text, to: sarif, overwriting: true) }
    if isShown { try StandardOutput.write(report.formatted(output.format)) }
    guard ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" else { return }
    switch output.format {
    case .text: try StandardOutput.write(report.annotations)
    case .json, .csv: StandardError.write(report.annotations)
    }
  }
}

extension CheckReport {
  func formatted(_ format: OutputFormat) -> String {
    switch format {
    case .text: text(StandardOutput.isColoured ? .coloured : .plain)
    case .json: json.text
    case .csv: rows.csv
    }
  }
}

extension CheckReport.Place {
  /// - Parameter path: of the file, where the place is within an option of the command line.
  init(_ location: SourceLocation, of path: String) {
    switch location.file.kind {
    case .file: self.init(path: location.file.path, line: location.line, column: location.column)
    case .option: self.init(path: path)
    }
  }
}

extension ScenarioDocument {
  /// The scenario on its model, as a trial runs it.
  func variant(_ overrides: [CampaignPlan.Override], scenario other: Scenario? = nil) -> CampaignPlan.Variant {
    CampaignPlan.Variant(
      name: scenario.name, model: model.model, scenario: other ?? scenario, overrides: overrides)
  }
}
