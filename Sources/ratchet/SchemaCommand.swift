import ArgumentParser
import ModelFile

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of the model language.",
    discussion: """
      It is made from the same declarations that decode the files. An editor that is told of it completes keys and \
      marks mistakes while you type:

        ratchet schema > ratchet.schema.json
      """)

  func run() throws {
    let schema = ModelFile.jsonSchema()
    try StandardOutput.write(schema.hasSuffix("\n") ? schema : schema + "\n")
  }
}
