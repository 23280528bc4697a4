import ArgumentParser
import Campaign
import Model
import ModelFile
import Report

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Lists what a model lacks before anything is broken: timeouts, fallbacks, isolation.",
    discussion: """
      Every call with its protection; timeouts longer than the caller's; retries that multiply; pools that one hung \
      dependency fills, by arithmetic and by a run in which it hangs for a minute; and the services that all have to \
      answer. --write makes three scenarios of each call (hang, error, latency), each with hypotheses.

        ratchet audit models/vod/vod.yaml
        ratchet audit models/vod/vod.yaml --write experiments && ratchet run experiments/edge-api-history-hang.yaml
        ratchet audit models/vod/vod.yaml --no-runs --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "A model's file.", completion: .file(extensions: ["yaml", "yml"]))
  var model: String

  @Option(
    name: .customLong("write"),
    help: ArgumentHelp("A folder for the experiments; files that are there are left as they are.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  @Flag(help: "Arithmetic alone.")
  var noRuns = false

  @Option(help: "Where the random numbers of the runs start.")
  var seed: UInt64 = CampaignPlan.standardSeed

  @OptionGroup var changes: OverrideOptions

  @Option(help: "How the result is written.")
  var format = Format.text

  @Flag(help: "No progress and no warnings on standard error.")
  var quiet = false

  func run() throws {
    guard case .model(let document) = try ModelFile.load(path: model, overrides: try changes.overrides()) else {
      throw Failure(.invalidInput, "\(model) is not a model; an audit is of one")
    }
    if !quiet { StandardError.write(document.warnings) }
    if let folder, FilePath.exists(folder), !FilePath.isFolder(folder) {
      throw Failure(.invalidInput, "can't write experiments to \(folder): it is not a folder")
    }
    let audit = SystemAudit(document.model)
    let trials = noRuns ? nil : try trials(of: audit)
    let entries = document.explanation.entries
    let report = AuditReport(audit, trials: trials) { path in
      entries.first { ($0.path == path || $0.path.hasPrefix("\(path).")) && $0.origin != .assumed }?.origin.text
    }
    switch format {
    case .text: try StandardOutput.write(report.text(StandardOutput.isColoured ? .coloured : .plain))
    case .json: try StandardOutput.write(report.json.text)
    }
    if let folder { try write(audit, to: folder) }
  }

  private func trials(of audit: SystemAudit) throws -> [HangTrial] {
    let interruption = Interruption()
    let trials = HangTrial.all(
      of: audit, seed: seed, isCancelled: { interruption.cancellation.isCancelled },
      progress: { done, all, call in
        if !quiet, StandardError.isTerminal { StandardError.write("run \(done + 1) of \(all): \(call.name) hangs\n") }
      })
    guard let trials else { throw Failure(.interrupted, "interrupted; --no-runs makes no runs") }
    return trials
  }

  private func write(_ audit: SystemAudit, to folder: String) throws {
    let path = FilePath.relative(model, from: folder)
    let experiments = audit.calls.flatMap { call in
      Experiment.Failing.allCases.map { Experiment($0, of: call, in: audit, model: path) }
    }
    try OutputFile.makeFolder(folder)
    let new = experiments.filter { !FilePath.exists("\(folder)/\($0.name).yaml") }
    for experiment in new {
      try OutputFile.write(experiment.text, to: "\(folder)/\(experiment.name).yaml", overwriting: false)
    }
    if quiet { return }
    let left = experiments.count - new.count
    StandardError.write(
      "\(new.count) experiments written to \(folder)"
        + (left > 0 ? "; \(left) were there and are left as they are" : "")
        + "\n")
  }
}
