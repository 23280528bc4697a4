import Foundation

/// The built program, run as its users run it.
struct RatchetProcess {
  let process = Process()
  /// Kept, since it is removed when nothing refers to it.
  private let folder: Folder
  private let outputPath: String
  private let errorPath: String

  /// - Parameters:
  ///   - folder: the working folder; what is written lands in files of it.
  ///   - environment: added to the test's own.
  init(_ arguments: [String], in folder: Folder, environment: [String: String] = [:]) throws {
    try self.init(executable: Self.executable, arguments, in: folder, environment: environment)
  }

  /// A line for the shell, in which `$RATCHET` is the program.
  init(shell line: String, in folder: Folder) throws {
    try self.init(
      executable: URL(fileURLWithPath: "/bin/sh"), ["-c", line], in: folder,
      environment: ["RATCHET": Self.executable.path])
  }

  private init(executable: URL, _ arguments: [String], in folder: Folder, environment: [String: String]) throws {
    self.folder = folder
    let name = UUID().uuidString
    outputPath = folder.path("\(name).out")
    errorPath = folder.path("\(name).err")
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.root)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file(outputPath)
    process.standardError = try Self.file(errorPath)
  }

  private static func file(_ path: String) throws -> FileHandle {
    let url = URL(fileURLWithPath: path)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  struct Ending {
    /// The exit code; the signal's number where a signal ended it.
    let status: Int32
    let isKilled: Bool
    let output: String
    let errors: String
  }

  func run() throws -> Ending {
    try process.run()
    return try wait()
  }

  func wait() throws -> Ending {
    process.waitUntilExit()
    return Ending(
      status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      output: try String(contentsOfFile: outputPath, encoding: .utf8),
      errors: try String(contentsOfFile: errorPath, encoding: .utf8))
  }

  /// Waits until a process that is being run has told something on standard error.
  func waitForErrors(containing text: String) throws {
    for _ in 0..<2000 {
      if try String(contentsOfFile: errorPath, encoding: .utf8).contains(text) { return }
      usleep(5000)
    }
    throw Silence(text: text)
  }

  /// That something was not told within ten seconds.
  struct Silence: Error { let text: String }

  /// The program lies beside the tests.
  static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let tests = bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("ratchet")
  }()
}

/// A folder of one test, removed with it.
final class Folder {
  let root: String

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("ratchet-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  var files: Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
      .filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }
  }

  @discardableResult
  func ratchet(_ arguments: String..., environment: [String: String] = [:]) throws -> RatchetProcess.Ending {
    try RatchetProcess(arguments, in: self, environment: environment).run()
  }
}
