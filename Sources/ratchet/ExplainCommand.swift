import ArgumentParser
import Campaign
import Model
import Report

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Who was hurt by the faults of one replication, and why.",
    discussion: """
      Runs the replication once as it is and once without its faults, on the same random numbers, and compares them \
      request by request: a request that came to something worse was hurt by the faults, one that came to something \
      better was helped. What is hurt and not struck was hurt by way of others, though no fault acted on it directly. \
      The cascade says what left its normal band, in which order, and who passed it on. Where the system stays \
      degraded once the faults are gone, it is looked for what sustains that, and the replication is run again \
      without it.

        ratchet explain models/vod/scenarios/viewing-history-hangs.yaml
        ratchet explain models/vod/campaigns/isolation.yaml --variant shared-pool --replication 3 --csv hurt.csv
        ratchet explain models/vod/scenarios/viewing-history-hangs.yaml --dot cascade.dot
        ratchet explain ratchet.sqlite/isolation/shared-pool/3
      """)

  @Argument(
    help: ArgumentHelp(
      "A scenario's or a campaign's file, or a replication in a file of results.",
      valueName: "file or RESULTS/CAMPAIGN/VARIANT/N"),
    completion: .file(extensions: ["yaml", "yml", "sqlite"]))
  var file: String

  @Option(help: "A scenario that is run on the model.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String?

  @Option(help: "Which variant of a campaign. (default: its baseline)")
  var variant: String?

  @Option(help: "Which replication, from 0. (default: 0)")
  var replication: Int?

  @Option(help: "Where the random numbers start. (default: as in the campaign, or as with `ratchet run`)")
  var seed: UInt64?

  @OptionGroup var changes: OverrideOptions

  @Option(help: ArgumentHelp("How many of the requests are listed in text.", valueName: "n"))
  var list = 10

  @Option(
    name: .customLong("csv"),
    help: ArgumentHelp("A file for all requests that were hurt or helped, as CSV.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var csvFile: String?

  @Option(
    name: .customLong("dot"),
    help: ArgumentHelp("A file for the cascade as a graph, for Graphviz.", valueName: "file"),
    completion: .file(extensions: ["dot", "gv"]))
  var dotFile: String?

  @Option(
    name: .customLong("mermaid"),
    help: ArgumentHelp("A file for the cascade as a flowchart, for Mermaid.", valueName: "file"),
    completion: .file(extensions: ["mmd"]))
  var mermaidFile: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let replication, replication < 0 { throw ValidationError("Replications are numbered from 0.") }
    if list < 0 { throw ValidationError("The list can't be shorter than empty.") }
  }

  func run() throws {
    let overrides = try changes.overrides()
    for path in [csvFile, dotFile, mermaidFile] { if let path { try OutputFile.check(path, overwriting: true) } }
    let explained = try ExplainedReplication(
      file,
      ExplainedReplication.Choice(
        scenario: scenario, variant: variant, replication: replication, seed: seed, overrides: overrides))
    if !output.quiet { StandardError.write(explained.warnings) }
    let interruption = Interruption()
    let twinRun = TwinRun(
      of: explained.variant, seed: explained.seed, replication: explained.replication,
      isCancelled: { interruption.cancellation.isCancelled })
    guard let twinRun else {
      if interruption.cancellation.isCancelled { throw Failure(.interrupted, "interrupted") }
      throw Failure(.invalidInput, "nothing is injected before the horizon: there is no twin to compare with")
    }
    let cascade = Cascade(
      of: explained.variant, seed: explained.seed, replication: explained.replication,
      isCancelled: { interruption.cancellation.isCancelled })
    guard let cascade else { throw Failure(.interrupted, "interrupted") }
    let aftermath = explained.aftermath { interruption.cancellation.isCancelled }
    if interruption.cancellation.isCancelled { throw Failure(.interrupted, "interrupted") }
    let report = ExplainReport(
      explained.subject(twinRun), twinRun, cascade: cascade, aftermath: aftermath, most: list)
    if let dotFile { try OutputFile.write(cascade.dot, to: dotFile, overwriting: true) }
    if let mermaidFile { try OutputFile.write(cascade.mermaid, to: mermaidFile, overwriting: true) }
    if let csvFile { try OutputFile.write(report.differenceRows.csv, to: csvFile, overwriting: true) }
    try StandardOutput.write(report.formatted(output.format))
  }
}

extension ExplainedReplication {
  /// Whether it stays degraded once the faults are gone; nil where they last to the horizon.
  func aftermath(isCancelled: () -> Bool) -> MetastabilityDiagnosis? {
    guard let scenario = variant.scenario else { return nil }
    return MetastabilityDiagnosis(
      model: variant.model, scenario: scenario, seed: seed, replication: replication, isCancelled: isCancelled)
  }

  func subject(_ twinRun: TwinRun) -> ExplainReport.Subject {
    ExplainReport.Subject(
      model: variant.model.name, scenario: variant.scenario?.name ?? "", campaign: campaign,
      variant: campaign == nil ? nil : variant.name, seed: seed, replication: replication, time: variant.model.time,
      injected: injected, overrides: variant.overrides + overrides, remarks: remarks(twinRun),
      toolVersion: ToolVersion.text)
  }

  /// Whether this is the replication that the results hold.
  private func remarks(_ twinRun: TwinRun) -> [String] {
    guard let stored else { return [] }
    let isSame = stored.record.outcome.fingerprint == twinRun.run.outcome.fingerprint
    let isTwinSame = stored.record.twinFingerprint.map { $0 == twinRun.twin.outcome.fingerprint } ?? true
    if isSame, isTwinSame {
      let twin = stored.record.twinFingerprint == nil ? "" : ", and its twin's,"
      return ["its fingerprint\(twin) is the one that \(stored.path) holds"]
    }
    let version =
      stored.toolVersion == ToolVersion.text
      ? "" : ": they were made by ratchet \(stored.toolVersion), this is \(ToolVersion.text)"
    return [
      "this is NOT the replication that \(stored.path) holds, whose fingerprint is "
        + "\(Fingerprint.text(stored.record.outcome.fingerprint))\(version)"
    ]
  }
}

extension ExplainReport {
  func formatted(_ format: OutputFormat) -> String {
    switch format {
    case .text: text(StandardOutput.isColoured ? .coloured : .plain)
    case .json: json.text
    case .csv: rows.csv
    }
  }
}
