import ArgumentParser
import Campaign
import Engine
import Interchange
import Model
import ModelFile
import Report

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs one replication and looks at it closely.",
    discussion: """
      Prints what became of every workload's requests, what each endpoint and service did, and a timeline. One \
      replication judges nothing: for intervals and verdicts run a campaign. A replication with the same seed and \
      number is the same in every campaign.

        ratchet run models/vod/vod.yaml --scenario models/vod/scenarios/viewing-history-hangs.yaml
        ratchet run models/queue/mm16.yaml --set services.desk.pool.threads=15 --seed 7 --format json
        ratchet run models/vod/vod.yaml --telemetry telemetry
      """)

  @Argument(
    help: "A model's file, or a scenario's, which names its model.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "A scenario that is run on the model.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String?

  @OptionGroup var changes: OverrideOptions

  @Option(help: "Where the random numbers start.")
  var seed = CampaignPlan.standardSeed

  @Option(help: "Which replication, from 0.")
  var replication = 0

  @Flag(help: "Check conservation after every event, which takes longer.")
  var checkInvariants = false

  @OptionGroup var telemetry: TelemetryOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if replication < 0 { throw ValidationError("Replications are numbered from 0.") }
  }

  func run() throws {
    let overrides = try changes.overrides()
    try telemetry.check()
    let loaded = try LoadedModel(file, scenario: scenario, overrides: overrides)
    if !output.quiet { StandardError.write(loaded.warnings) }
    let plan = CampaignPlan.single(
      model: loaded.model, scenario: loaded.scenario, overrides: overrides, seed: seed)
    try plan.checkLimits()
    let design = CampaignDesign(plan)
    let interruption = Interruption()
    if checkInvariants || telemetry.folder != nil {
      try watch(design.variants[0].program, interruption)
    }
    let runner = SimulationRunner(design)
    guard
      let record = runner.run(
        variant: 0, replication: replication, isCancelled: { interruption.cancellation.isCancelled })
    else { throw Failure(.interrupted, "interrupted") }
    let report = RunReport(design.outline, record: record, toolVersion: ToolVersion.text)
    try StandardOutput.write(report.formatted(output.format))
  }

  /// Runs the replication for what it tells on the way: that it conserves, where a violation ends the process with the
  /// time and the entity, and its telemetry.
  private func watch(_ program: Program, _ interruption: Interruption) throws(Failure) {
    let files = try telemetry.open(for: program.model)
    var simulation = Simulation(program, checkingInvariants: checkInvariants)
    let outcome = simulation.run(
      seed: seed, replication: replication,
      isCancelled: { interruption.cancellation.isCancelled || files?.hasFailed ?? false },
      recording: files.map { files in { files.record($0) } })
    do { try files?.close() } catch { throw Failure(.machineFailed, error.description) }
    guard let outcome else {
      let kept = telemetry.folder.map { "; what happened until then is in \($0)" } ?? ""
      throw Failure(.interrupted, "interrupted" + kept)
    }
    if checkInvariants, !output.quiet {
      StandardError.write("conservation held after each of \(outcome.events) events\n")
    }
  }
}

extension RunReport {
  func formatted(_ format: OutputFormat) -> String {
    switch format {
    case .text: text(StandardOutput.isColoured ? .coloured : .plain)
    case .json: json.text
    case .csv: rows.csv
    }
  }
}
