import ArgumentParser
import Foundation
import Model

/// How trials are run.
struct TrialOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The most replications of a trial; it ends as soon as all is decided.", valueName: "n"))
  var replications = 200

  @Option(help: "Where the random numbers start.")
  var seed = CampaignPlan.standardSeed

  @Option(help: ArgumentHelp("Replications that run at the same time. (default: the number of cores)", valueName: "n"))
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("At least one job is needed.") }
    if replications < 1 { throw ValidationError("At least one replication is needed.") }
  }

  var usedJobs: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}
