import Campaign
import Foundation
import Model

/// Runs trials one after another, each on all cores, and tells how far they have come.
struct TrialRunner {
  let options: TrialOptions
  let isQuiet: Bool
  private let interruption = Interruption()

  init(_ options: TrialOptions, isQuiet: Bool) {
    self.options = options
    self.isQuiet = isQuiet
  }

  var isInterrupted: Bool { interruption.cancellation.isCancelled }

  /// - Parameter label: what is told before the progress.
  /// - Returns: the trial, and how many seconds it took.
  func run(
    _ variant: CampaignPlan.Variant, outcomes: [Metric] = [], label: String
  ) -> (trial: Trial, seconds: Double) {
    let (trial, seconds) = run(variant, outcomes: outcomes, maximum: options.replications, label: label)
    if !isQuiet {
      let verdicts = trial.expectations.map { "\($0.expectation.name) \($0.verdict.rawValue)" }
      StandardError.write(
        "\(label): \(verdicts.joined(separator: ", ")) (\(trial.replications) replications, "
          + "\(PlainNumber.duration(seconds)))\n")
    }
    return (trial, seconds)
  }

  /// What the refuted hypotheses of a trial come to without the faults, by their names.
  func steadyState(of trial: Trial, _ variant: CampaignPlan.Variant, label: String) -> [String: Double] {
    guard !trial.isInterrupted, let state = SteadyState(of: trial, variant) else { return [:] }
    let maximum = min(SteadyState.replications, options.replications)
    let (twins, _) = run(state.variant, maximum: maximum, label: "\(label), without its faults")
    return SteadyState.means(in: twins)
  }

  private func run(
    _ variant: CampaignPlan.Variant, outcomes: [Metric] = [], maximum: Int, label: String
  ) -> (trial: Trial, seconds: Double) {
    let display = ProgressDisplay(isTerminal: StandardError.isTerminal, label: label)
    let quiet = isQuiet
    let trial = Trial(
      variant, outcomes: outcomes, maximum: maximum, seed: options.seed, jobs: options.usedJobs,
      cancellation: interruption.cancellation, progress: { if !quiet { display.show($0) } })
    display.clear()
    return (trial, display.elapsed)
  }
}
