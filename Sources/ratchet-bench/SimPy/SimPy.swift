import Foundation

/// SimPy in a virtual environment of its own, which is removed with this.
final class SimPy {
  static let version = "4.1.1"

  private let folder: URL
  private var python: String { folder.appending(path: "environment/bin/python").path }

  /// Installs SimPy from the Python Package Index.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ratchet-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
      for peer in Peer.allCases { try Data(peer.script).write(to: folder.appending(path: peer.file)) }
      let environment = folder.appending(path: "environment").path
      let made = try ChildProcess.run("/usr/bin/env", ["python3", "-m", "venv", environment], temporaryFolder: folder)
      if made.status == 127 { throw BenchmarkError("--peers needs Python 3.8 or later, and there is no python3") }
      guard made.status == 0 else {
        throw BenchmarkError("--peers could not make a virtual environment: \(Self.reason(made))")
      }
      let installed = try ChildProcess.run(
        python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "simpy==\(Self.version)"],
        temporaryFolder: folder)
      guard installed.status == 0 else {
        throw BenchmarkError(
          "--peers could not install simpy \(Self.version) from the Python Package Index: \(Self.reason(installed))")
      }
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  struct Run: Decodable {
    let seconds: Double
    let requests: Int
    /// As in a measurement of ours.
    let meanSeconds: [String: Double]
    let simpy: String
    let python: String
  }

  func run(_ peer: Peer, requests: Int, seed: UInt64) throws -> Run {
    let ending = try ChildProcess.run(
      python, [folder.appending(path: peer.file).path, String(requests), String(seed)])
    guard ending.status == 0 else { throw BenchmarkError("SimPy's \(peer.file) failed: \(Self.reason(ending))") }
    return try JSONDecoder().decode(Run.self, from: ending.output)
  }

  private static func reason(_ ending: ChildProcess.Ending) -> String {
    let text = ending.errors + String(decoding: ending.output, as: UTF8.self)
    return text.split(separator: "\n").last.map(String.init) ?? "no reason given"
  }
}
