import Foundation

/// A command that is run to its end, and what it wrote.
enum ChildProcess {
  struct Ending {
    let status: Int32
    let output: Data
    let errors: String
  }

  /// - Throws: where the command can't be started.
  static func run(_ path: String, _ arguments: [String]) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    // A file, since two pipes could fill one after the other.
    let errors = FileManager.default.temporaryDirectory.appending(path: "ratchet-bench-\(UUID().uuidString).log")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    let errorFile = try FileHandle(forWritingTo: errors)
    process.standardOutput = output
    process.standardError = errorFile
    try process.run()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try errorFile.close()
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
      throw BenchmarkError("\(workload.rawValue): \(ending.errors.trimmingPrefix("Error: "))")
    }
    return try JSONDecoder().decode(Measurement.self, from: ending.output)
  }
}
