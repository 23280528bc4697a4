import ArgumentParser

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a small working model, scenario and campaign, with comments.",
    discussion: """
      Nothing that is there already is overwritten.

        ratchet init my-system
        ratchet campaign my-system/campaign.yaml
      """)

  @Argument(help: "The folder; it is made where there is none.", completion: .directory)
  var folder: String

  func run() throws {
    if FilePath.exists(folder), !FilePath.isFolder(folder) {
      throw Failure(.invalidInput, "can't write to \(folder): it is not a folder")
    }
    let files = Scaffold.files.map { (path: "\(folder)/\($0.name)", text: $0.text) }
    for file in files where FilePath.exists(file.path) {
      throw Failure(.invalidInput, "\(file.path) is there already and is left as it is; nothing was written")
    }
    try OutputFile.makeFolder(folder)
    for file in files { try OutputFile.write(file.text, to: file.path, overwriting: false) }
    let names = files.map { "  \($0.path)\n" }.joined()
    try StandardOutput.write(
      """
      Written:
      \(names)
      Now compare its two designs, and look at one run closely:
        ratchet campaign \(folder)/campaign.yaml
        ratchet run \(folder)/scenario.yaml

      """)
  }
}
