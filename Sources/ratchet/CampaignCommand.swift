import ArgumentParser
import Campaign
import Foundation
import Model
import ModelFile
import Report
import ResultStore

struct CampaignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract: "Runs a Monte Carlo campaign and compares its variants.",
    discussion: """
      Every replication is saved as it ends: after Ctrl-C or a crash, --resume goes on with what is there. The result \
      is the same with any number of jobs, whole or resumed.

      The exit code tells of the expectations of the baseline, the design you stand by: 0 supported, 1 one is refuted, \
      3 one is inconclusive. What is refuted in another variant is a finding of the comparison and no failure. \
      Objectives are reported and do not count.

        ratchet campaign models/vod/campaigns/isolation.yaml
        ratchet campaign campaign.yaml --jobs 4 --results isolation.sqlite --format json > isolation.json
        ratchet campaign campaign.yaml --resume
      """)

  @Argument(help: "A campaign's file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: ArgumentHelp("Replications that run at the same time. (default: the number of cores)", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Go on with the latest campaign of this name in the results.")
  var resume = false

  @Option(help: "The file that keeps the results, new or not.", completion: .file(extensions: ["sqlite"]))
  var results = "ratchet.sqlite"

  @OptionGroup var changes: OverrideOptions

  @Option(
    name: .customLong("csv"),
    help: ArgumentHelp("A folder for the results as CSV files.", valueName: "folder"), completion: .directory)
  var csvFolder: String?

  @Flag(help: "In text, compare other metrics and the reasons of failures too.")
  var details = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("At least one job is needed.") }
  }

  func run() throws {
    let overrides = try changes.overrides()
    let document = try CampaignDocument(path: file, overrides: overrides)
    if !output.quiet { StandardError.write(document.warnings) }
    try document.plan.checkLimits()
    if let csvFolder, FilePath.exists(csvFolder), !FilePath.isFolder(csvFolder) {
      throw Failure(.invalidInput, "can't write CSV files to \(csvFolder): it is not a folder")
    }
    let design = CampaignDesign(document.plan, overrides: overrides)
    try ResultPath.check(results)
    if resume, !FilePath.exists(results) {
      throw ResultStoreError.nothingToResume(path: results, name: design.outline.name)
    }
    let store = try ResultStore(path: results, access: .write)
    let texts = CampaignTexts(document, toolVersion: ToolVersion.text)
    let archive =
      resume
      ? try store.resume(design, texts: texts) : try store.begin(design, texts: texts, at: Date())
    let result = try execute(design, archive: archive)
    if result.status == .interrupted { throw interrupted(result) }
    if let csvFolder { try store.export(to: csvFolder, campaign: design.outline.name) }
    guard let report = CampaignReport(result, toolVersion: ToolVersion.text) else {
      preconditionFailure("A campaign has its baseline.")
    }
    try StandardOutput.write(report.formatted(output.format, detailed: details))
    let status = report.exitStatus
    if status != .done { throw Failure(status, "") }
  }

  private func execute(_ design: CampaignDesign, archive: CampaignArchive) throws -> CampaignResult {
    let interruption = Interruption()
    let display = ProgressDisplay(isTerminal: StandardError.isTerminal)
    let isQuiet = output.quiet
    if resume, !isQuiet { StandardError.write("resuming: \(archive.stored.count) runs are there\n") }
    let last = LastProgress()
    let result = try CampaignRun.execute(
      design, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, journal: archive,
      cancellation: interruption.cancellation,
      progress: { progress in
        last.keep(progress)
        if !isQuiet { display.show(progress) }
      })
    display.clear()
    try archive.finish(result)
    if !isQuiet { StandardError.write(summary(of: result, elapsed: display.elapsed, requests: last.requests)) }
    return result
  }

  private func summary(of result: CampaignResult, elapsed: Double, requests: Int) -> String {
    let count = result.outline.variants.count
    let rate = ProgressLine.rate(Double(requests) / max(elapsed, 0.001))
    return "\(result.replications) replications of \(count) \(count == 1 ? "variant" : "variants") in "
      + "\(PlainNumber.duration(elapsed)), \(rate) requests/s; saved in \(results)\n"
  }

  private func interrupted(_ result: CampaignResult) -> Failure {
    Failure(
      .interrupted,
      "interrupted: what had ended is saved in \(results); go on with `ratchet campaign \(file) "
        + "--results \(results) --resume`")
  }
}

extension CampaignReport {
  func formatted(_ format: OutputFormat, detailed: Bool) -> String {
    switch format {
    case .text: text(StandardOutput.isColoured ? .coloured : .plain, detailed: detailed)
    case .json: json.text
    case .csv: rows.csv
    }
  }

  /// What the expectations of the baseline say.
  var exitStatus: ExitStatus {
    let verdicts = (baselineSummary?.expectations ?? []).map(\.verdict)
    if verdicts.contains(.refuted) { return .refuted }
    return verdicts.contains(.inconclusive) ? .inconclusive : .done
  }
}
