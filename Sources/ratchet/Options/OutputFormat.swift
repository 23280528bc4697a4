import ArgumentParser

/// How a result is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv
}

struct OutputOptions: ParsableArguments {
  @Option(help: "How the result is written.")
  var format = OutputFormat.text

  @Flag(help: "No progress and no warnings on standard error.")
  var quiet = false
}
