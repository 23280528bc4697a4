import ArgumentParser
import Campaign
import Foundation
import Interchange
import Model
import ModelFile
import Report

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes a model of foreign files.",
    discussion: """
        ratchet import jaeger traces.json -o model.yaml
      """,
    subcommands: [ImportJaegerCommand.self])
}

struct ImportJaegerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jaeger",
    abstract: "Makes a model of traces in Jaeger's JSON.",
    discussion: """
      Who calls whom, at once or one after another, how likely, and how long each works is taken from the traces. What \
      traces can't tell (pools, timeouts, retries) is assumed, and the model says so. Then a short campaign runs on \
      the model, and its median latencies are printed beside the traced ones.

        ratchet import jaeger traces.json -o model.yaml
      """)

  @Argument(help: "Traces as Jaeger's user interface or query API gives them.", completion: .file(extensions: ["json"]))
  var file: String

  @Option(name: .shortAndLong, help: "The model's file.", completion: .file(extensions: ["yaml", "yml"]))
  var output: String

  @Option(help: "The model's name, in letters, digits and hyphens.")
  var name = "imported"

  @Flag(help: "Replace the model's file if it is there.")
  var force = false

  @Flag(inversion: .prefixedNo, help: "Run the model and print its medians beside the traced ones.")
  var check = true

  @Flag(help: "No notes and no progress on standard error.")
  var quiet = false

  func validate() throws {
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      throw ValidationError("A model's name has letters, digits and hyphens.")
    }
  }

  func run() throws {
    try OutputFile.check(output, overwriting: force)
    let traces = try JaegerTraces.read(file)
    let topology = try ImportedTopology(traces: traces, name: name)
    try OutputFile.write(topology.yaml, to: output, overwriting: force)
    if !quiet {
      StandardError.write(topology.notes.map { "note: \($0)\n" }.joined())
      StandardError.write(
        "wrote \(output): \(topology.services.count) services from \(topology.traceCount) traces with "
          + "\(topology.spanCount) spans\n")
    }
    if check { try StandardOutput.write(try MedianCheck(topology, model: output, quiet: quiet).text) }
  }
}

/// The medians of a campaign on an imported model beside those of the traces.
private struct MedianCheck {
  /// How far a simulated median may be from the traced one.
  private static let tolerance = 0.2
  private static let toleranceText = "\(Int((tolerance * 100).rounded()))%"
  private static let replications = 5
  let text: String

  init(_ topology: ImportedTopology, model path: String, quiet: Bool) throws {
    let model = try LoadedModel(path, scenario: nil, overrides: []).model
    let medians = topology.medians
    let plan = CampaignPlan(
      name: "medians", variants: [.init(name: "imported", model: model, scenario: nil, overrides: [])],
      baseline: "imported", outcomes: medians.map { Metric(.latencyP50, of: $0.workload) },
      replications: .init(minimum: Self.replications, maximum: Self.replications, until: nil), confidence: 0.95,
      seed: CampaignPlan.standardSeed)
    let interruption = Interruption()
    let display = ProgressDisplay(isTerminal: StandardError.isTerminal)
    let result = CampaignRun.execute(
      CampaignDesign(plan), jobs: ProcessInfo.processInfo.activeProcessorCount, journal: UnrecordedReplications(),
      cancellation: interruption.cancellation, progress: { if !quiet { display.show($0) } })
    display.clear()
    guard result.status == .complete, let summary = result.summaries.first else {
      throw Failure(.interrupted, "interrupted: the model is written, its medians were not checked")
    }
    let rows = zip(medians, summary.outcomes).map { traced, simulated -> [Phrase] in
      let ratio = simulated.estimate.map { $0.value / traced.seconds - 1 }
      let agrees = ratio.map { $0.magnitude <= Self.tolerance } ?? false
      return [
        Phrase(traced.workload), Phrase(NumberText.text(traced.seconds, .time)), Phrase(String(traced.traces)),
        Phrase(NumberText.value(simulated.estimate, .time)), Phrase(NumberText.interval(simulated.estimate, .time)),
        Phrase(ratio.map { String(format: "%+.0f%%", $0 * 100) } ?? "-"),
        agrees ? Phrase("agrees", .good) : Phrase("more than \(Self.toleranceText) off", .bad),
      ]
    }
    let table = Table(
      [
        .left("workload"), .right("traced median"), .right("of"), .right("simulated"), .left("interval"),
        .right("off by"),
        .left(""),
      ], rows)
    text = TextRenderer(StandardOutput.isColoured ? .coloured : .plain).text([
      .title("End-to-end medians"),
      .list([
        Phrase(
          "simulated: \(Self.replications) replications of \(model.time.horizon.text) at the traced rates, 95% confidence",
          .faint),
        Phrase("agrees: at most \(Self.toleranceText) off the traced median", .faint),
      ]),
      .table(table),
    ])
  }
}
