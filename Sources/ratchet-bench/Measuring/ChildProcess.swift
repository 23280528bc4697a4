import Foundation

/// A command that is run to its end, and what it wrote.
enum ChildProcess {
  struct Ending {
    let status: Int32
    let output: Data
    let errors: String
  }

  /// - Parameter temporaryFolder: where the command puts its temporary files, unless where all do.
  /// - Throws: where the command can't be started, or was ended since this process was interrupted.
  static func run(_ path: String, _ arguments: [String], temporaryFolder: URL? = nil) throws -> Ending {
    try Interruption.check()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let temporaryFolder {
      process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": temporaryFolder.path]) { $1 }
    }
    let output = Pipe()
    // A file, since two pipes could fill one after the other.
    let errors = FileManager.default.temporaryDirectory.appending(path: "ratchet-bench-\(UUID().uuidString).log")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    let errorFile = try FileHandle(forWritingTo: errors)
    process.standardOutput = output
    process.standardError = errorFile
    try process.run()
    Interruption.watch(process.processIdentifier)
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    Interruption.forget()
    process.waitUntilExit()
    try errorFile.close()
    try Interruption.check()
    return Ending(
      status: process.terminationStatus, output: written,
      errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
  }
}

extension Measurement {
  /// Runs a workload once in a process of its own, so that memory and caches are its own too.
  static func inChild(_ workload: Workload, requests: Int, seed: UInt64) throws -> Measurement {
    guard let path = Bundle.main.executablePath else { throw BenchmarkError("ratchet-bench can't find itself") }
    let ending = try ChildProcess.run(
      path, ["--measure", workload.rawValue, "--requests", String(requests), "--seed", String(seed)])
    guard ending.status == 0 else {
      let reason = ending.errors.trimmingPrefix("Error: ").trimmingCharacters(in: .whitespacesAndNewlines)
      throw BenchmarkError("\(workload.rawValue): \(reason)")
    }
    return try JSONDecoder().decode(Measurement.self, from: ending.output)
  }
}
