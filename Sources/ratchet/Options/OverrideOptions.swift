import ArgumentParser
import Model
import ModelFile

struct OverrideOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Overrides one value, for instance services.edge-api.replicas=20; `*` stands for any one name.",
      valueName: "path=value"))
  var texts: [String] = []

  /// - Throws: all that is wrong with them.
  func overrides() throws(DiagnosticList) -> [CampaignPlan.Override] {
    var wrong: [Diagnostic] = []
    var overrides: [CampaignPlan.Override] = []
    for text in texts {
      do {
        overrides.append(try ModelFile.override(parsing: text))
      } catch {
        wrong += error.diagnostics
      }
    }
    if !wrong.isEmpty { throw DiagnosticList(wrong) }
    return overrides
  }
}
