import ArgumentParser

/// The command with all its subcommands.
struct Ratchet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ratchet",
    abstract: "How available will this streaming system be when things break, and what would make it more so?",
    discussion: """
      A topology and a scenario are YAML files; a campaign runs variants of them many times on common random \
      numbers and compares availability. Begin with:

        ratchet init my-system
        ratchet campaign my-system/campaign.yaml

      Results go to standard output, progress and diagnostics to standard error.

      Exit codes: 0 done, or the expectations are supported; 1 an expectation is refuted; 2 invalid input; \
      3 inconclusive; 4 the machine failed (disk, permission); 64 wrong usage; 130 interrupted, what was done is saved.
      """,
    version: ToolVersion.text,
    subcommands: [
      InitCommand.self, ValidateCommand.self, RunCommand.self, CampaignCommand.self, CompareCommand.self,
      CheckCommand.self, RampCommand.self, ExplainCommand.self, AuditCommand.self, ImportCommand.self, SchemaCommand.self,
    ])
}

/// The version of this tool; kept with results, since replications of two versions may differ.
enum ToolVersion {
  static let text = "0.1.0"
}
