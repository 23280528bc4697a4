import ArgumentParser
import Campaign
import Foundation
import Model
import ModelFile
import Report

struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Sweeps load and the size of a trigger into a stability map.",
    discussion: """
      The faults of a scenario are the trigger. Each cell of the map is a load and a size of the trigger, and tells in \
      how many replications the system stays degraded after the trigger has gone. For each load the trigger from \
      which on it does, and for each trigger the load, are found by halving the widest gaps, within one budget of runs; \
      and one such run is looked at for what sustains it. `ratchet campaign` \
      tells of a single cell in more detail.

        ratchet map scenario.yaml
        ratchet map model.yaml --scenario scenario.yaml --load 0.6..1.1 --loads 6 --trigger duration=0.1..4
        ratchet map scenario.yaml --trigger probability=5%..100% --replications 20 --format json
      """)

  @Argument(
    help: "A scenario's file, or a model's with --scenario.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "A scenario that is run on the model.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String?

  @OptionGroup var changes: OverrideOptions

  @Option(
    help: ArgumentHelp("Factors on the arrivals of everything, from the least to the largest.", valueName: "a..b"))
  var load = SweptRange(0.5, 1.2)

  @Option(help: ArgumentHelp("How many loads there are, evenly spaced.", valueName: "n"))
  var loads = 8

  @Option(
    help: ArgumentHelp(
      "What is varied of the faults: `duration`, a factor on theirs; `scope` or `probability`, as fractions.",
      valueName: "what=a..b"))
  var trigger = SweptTrigger(.duration, SweptRange(0.125, 4))

  @Option(
    help: ArgumentHelp("How many sizes of the trigger there are, each by the same factor larger.", valueName: "n"))
  var sizes = 6

  @Option(help: ArgumentHelp("Of each cell.", valueName: "n"))
  var replications = 5

  @Option(help: ArgumentHelp("How close the boundary is looked for, as a part of it.", valueName: "fraction"))
  var resolution = SweptFraction(0.05)

  @Option(
    help: ArgumentHelp(
      "How many runs look for the boundary between the cells, at most, along loads and triggers together.",
      valueName: "n"))
  var budget = 2000

  @Option(
    help: ArgumentHelp(
      "The part of its requests that a system may leave unserved without a trigger and not be overloaded.",
      valueName: "fraction"))
  var tolerance = SweptFraction(0.05)

  @Option(help: "Where the random numbers start.")
  var seed = CampaignPlan.standardSeed

  @Option(help: ArgumentHelp("Runs at the same time. (default: the number of cores)", valueName: "n"))
  var jobs: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("At least one job is needed.") }
    if replications < 1 { throw ValidationError("At least one replication is needed.") }
    if budget < 0 { throw ValidationError("A budget can't be below nothing.") }
    if !(1...100).contains(loads) || !(1...100).contains(sizes) {
      throw ValidationError("There can be 1 to 100 loads and sizes.")
    }
    if loads == 1, load.low != load.high { throw ValidationError("A single load has no range: give `--load 1..1`.") }
    if sizes == 1, trigger.range.low != trigger.range.high {
      throw ValidationError("A single size has no range: give `--trigger \(trigger.measure.rawValue)=1..1`.")
    }
    if load.low <= 0 { throw ValidationError("A load is above 0.") }
    if trigger.range.low <= 0 { throw ValidationError("A trigger's size is above 0; without a trigger is always run.") }
    if trigger.measure.isFraction, trigger.range.high > 1 {
      throw ValidationError("A \(trigger.measure.rawValue) is at most 100%.")
    }
    if !(0.001...0.5).contains(resolution.value) { throw ValidationError("A resolution is from 0.1% to 50%.") }
  }

  func run() throws {
    let overrides = try changes.overrides()
    let loaded = try LoadedModel(file, scenario: scenario, overrides: overrides)
    if !output.quiet { StandardError.write(loaded.warnings) }
    let design: StabilityMapDesign
    do {
      design = try StabilityMapDesign(
        model: loaded.model, scenario: loaded.scenario, measure: trigger.measure, loads: load.evenly(loads),
        sizes: trigger.range.geometrically(sizes), replications: replications, seed: seed,
        resolution: resolution.value, budget: budget, tolerance: tolerance.value)
    } catch { throw Failure(.invalidInput, error.description) }
    let interruption = Interruption()
    let display = ProgressDisplay(isTerminal: StandardError.isTerminal)
    let isQuiet = output.quiet
    let map = StabilityMapRun(design, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount).execute(
      cancellation: interruption.cancellation, progress: { if !isQuiet { display.show($0) } })
    let example = map.isComplete ? map.example { interruption.cancellation.isCancelled } : nil
    display.clear()
    let report = StabilityMapReport(map, example: example, toolVersion: ToolVersion.text)
    try StandardOutput.write(report.formatted(output.format))
    if !map.isComplete { throw Failure(.interrupted, "interrupted: the map is printed as far as it was made") }
  }
}

extension StabilityMap {
  /// The least load that some trigger leaves degraded, at the least size of the grid that does, looked at closely.
  fileprivate func example(isCancelled: () -> Bool) -> StabilityMapReport.Example? {
    for column in columns where column.stability == .vulnerable {
      for cell in column.cells where cell.count(.metastable) > 0 {
        let subject = design.subject(load: column.load, size: cell.size)
        for replication in 0..<design.replications {
          let diagnosis = MetastabilityDiagnosis(
            model: subject.model, scenario: subject.scenario, seed: design.seed, replication: replication,
            workloads: design.judged, isCancelled: isCancelled)
          guard let diagnosis else { return nil }
          if !diagnosis.signs.isEmpty || !diagnosis.counterfactuals.isEmpty {
            return StabilityMapReport.Example(load: column.load, size: cell.size, diagnosis: diagnosis)
          }
        }
      }
    }
    return nil
  }
}

extension StabilityMapReport {
  fileprivate func formatted(_ format: OutputFormat) -> String {
    switch format {
    case .text: text(StandardOutput.isColoured ? .coloured : .plain)
    case .json: json.text
    case .csv: rows.csv
    }
  }
}
