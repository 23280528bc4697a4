import ArgumentParser
import Campaign
import Model
import ModelFile
import Report

struct RampCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ramp",
    abstract: "Runs a scenario's faults at growing scope, until a hypothesis is refuted.",
    discussion: """
      The scopes are those of the scenario's `ramp`, as in `ramp: [one device, 1%, 5%, 25%, 100%]`, which is also what \
      is assumed where it has none. Each replaces the scope of every fault that can have it, and reaches all whom the \
      scope before it reaches. At each the scenario is run until every hypothesis is supported or refuted; the first \
      scope that refutes one is the last.

      Told is the dose-response: the availability while the faults are active, among those in scope and among \
      everyone, for each scope. The exit code: 0 all hypotheses are supported at every scope; 1 one is refuted; \
      3 something is inconclusive; 2 invalid input.

        ratchet ramp models/vod/scenarios/viewing-history-hangs.yaml
        ratchet ramp scenario.yaml --set services.web.replicas=2 --format csv
      """)

  @Argument(help: "A scenario's file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @OptionGroup var trials: TrialOptions

  @OptionGroup var changes: OverrideOptions

  @OptionGroup var output: OutputOptions

  func run() throws {
    let overrides = try changes.overrides()
    guard case .scenario(let document) = try ModelFile.load(path: scenario, overrides: overrides) else {
      throw Failure(.invalidInput, "\(scenario) is not a scenario; a ramp needs one, with faults and `expect`")
    }
    if !output.quiet { StandardError.write(document.warnings) }
    if document.scenario.expectations.isEmpty {
      throw Failure(.invalidInput, "\(scenario) expects nothing, so there is nothing at which a ramp could stop")
    }
    guard let ramp = document.ramp else {
      throw Failure(
        .invalidInput,
        "\(scenario) has no `ramp`, and none of its faults can have a scope of devices; for faults of replicas say "
          + "`ramp: [1 replica, 2 replicas]`")
    }
    let outcomes = RampReport.outcomes(of: document.model.model)
    let variants = ramp.steps.map { document.variant(overrides, scenario: $0.scenario) }
    for variant in variants {
      try CampaignPlan.trial(of: variant, outcomes: outcomes, maximum: trials.replications, seed: trials.seed)
        .checkLimits()
    }
    let runner = TrialRunner(trials, isQuiet: output.quiet)
    var steps: [RampReport.Step] = []
    for (place, variant) in variants.enumerated() {
      let label = "scope \(place + 1) of \(variants.count)"
      let trial = runner.run(variant, outcomes: outcomes, label: label).trial
      steps.append(RampReport.Step(scope: ramp.steps[place].scope, trial: trial))
      if runner.isInterrupted || trial.expectations.contains(where: { $0.verdict == .refuted }) { break }
    }
    let report = RampReport(
      scenario: document.scenario.name, ramp: ramp, steps: steps, seed: trials.seed, maximum: trials.replications,
      toolVersion: ToolVersion.text)
    try StandardOutput.write(report.formatted(output.format))
    if report.isInterrupted {
      throw Failure(.interrupted, "interrupted: what had been decided until then is told")
    }
    let status = ExitStatus(report.verdict)
    if status != .done { throw Failure(status, "") }
  }
}

extension RampReport {
  func formatted(_ format: OutputFormat) -> String {
    switch format {
    case .text: text(StandardOutput.isColoured ? .coloured : .plain)
    case .json: json.text
    case .csv: rows.csv
    }
  }
}
