import ArgumentParser
import Campaign
import Model
import Report
import ResultStore

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares a campaign's variants again, from its results.",
    discussion: """
      Prints what `ratchet campaign` prints at its end, also of a campaign that was interrupted, and against any \
      variant. The exit code tells of the expectations of the variant compared with: 0 supported, 1 one is refuted, \
      3 one is inconclusive.

        ratchet compare ratchet.sqlite --baseline shared-pool
        ratchet compare ratchet.sqlite --campaign isolation --format csv > isolation.csv
      """)

  @Argument(help: "A file of results.", completion: .file(extensions: ["sqlite"]))
  var results: String

  @Option(help: "Which campaign. (default: the latest in the file)")
  var campaign: String?

  @Option(
    help: ArgumentHelp("The variant the others are compared with. (default: the campaign's)", valueName: "variant"))
  var baseline: String?

  @Flag(help: "In text, compare other metrics and the reasons of failures too.")
  var details = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    guard FilePath.exists(results) else { throw Failure(.invalidInput, "there is no file \(results)") }
    let store = try ResultStore(path: results, access: .read)
    let result = try store.load(campaign: campaign)
    let version = try store.campaigns().last { $0.name == result.outline.name }?.toolVersion
    guard let report = CampaignReport(result, baseline: baseline, toolVersion: version ?? ToolVersion.text) else {
      let known = result.outline.variants.map { "`\($0.name)`" }.joined(separator: ", ")
      throw Failure(.invalidInput, "the campaign has no variant `\(baseline ?? "")`; it has \(known)")
    }
    if result.replications == 0 {
      throw Failure(.inconclusive, "no replication of `\(result.outline.name)` has ended in every variant yet")
    }
    try StandardOutput.write(report.formatted(output.format, detailed: details))
    let status = report.exitStatus
    if status != .done { throw Failure(status, "") }
  }
}
