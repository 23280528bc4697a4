import Foundation
import Testing

/// glibc chooses at run time among several versions of exp, log, pow and others; those that use fused multiply-add give
/// another last bit for some arguments. `GLIBC_TUNABLES` switches them off, as on a processor that lacks the
/// instruction.
@Suite struct `Results on a processor without fused multiply-add` {
  private static let withoutFMA = ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable,-FMA_Usable"]
  private static let withFMA = ["GLIBC_TUNABLES": ""]

  @Test(arguments: ["text", "json"]) func `of a run are the same`(format: String) throws {
    let folder = try Folder()
    try EveryDistribution.write(to: folder)
    let usual = try folder.ratchet("run", "scenario.yaml", "--format", format, environment: Self.withFMA)
    let other = try folder.ratchet("run", "scenario.yaml", "--format", format, environment: Self.withoutFMA)
    #expect(usual.status == 0 && usual.errors == "", "\(usual.errors)")
    #expect(usual.output == other.output)
  }

  @Test func `of a campaign are the same`() throws {
    let folder = try Folder()
    try EveryDistribution.write(to: folder)
    func result(_ environment: [String: String], in file: String) throws -> String {
      let ending = try folder.ratchet(
        "campaign", "campaign.yaml", "--quiet", "--format", "json", "--results", file, environment: environment)
      #expect(ending.errors == "")
      return ending.output
    }
    let usual = try result(Self.withFMA, in: "usual.sqlite")
    #expect(usual.contains("\"tablesFingerprint\""))
    #expect(usual == (try result(Self.withoutFMA, in: "other.sqlite")))
  }

  @Test func `name the tables that were drawn through`() throws {
    let folder = try Folder()
    try EveryDistribution.write(to: folder)
    func tables(_ arguments: [String]) throws -> String {
      let ending = try RatchetProcess(["run", "scenario.yaml", "--format", "json"] + arguments, in: folder).run()
      let json = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
      return try #require(json["tablesFingerprint"] as? String)
    }
    let usual = try tables([])
    #expect(usual.count == 16)
    #expect(try tables(["--seed", "3"]) == usual)
    #expect(try tables(["--set", "services.front.replicas=3"]) == usual)
    #expect(try tables(["--set", "faults.slow.add=exponential(mean=50ms)"]) != usual)
  }

  /// What makes the other tests worth anything: that the tunable has an effect here. Python's functions are the C
  /// library's.
  @Test(.enabled(if: Self.hasFMA && Self.python != nil, "needs an x86 processor with FMA, glibc and Python"))
  func `are compared although the C library's are not the same`() throws {
    let line = """
      import math, struct, sys
      for i in range(100000):
          x = (i + 0.5) / 100000
          sys.stdout.write(struct.pack('ddd', math.exp(-20 * x), math.log(x), math.pow(x, 0.37)).hex() + '\\n')
      """
    let folder = try Folder()
    try folder.write(line, to: "functions.py")
    func values(_ environment: [String: String]) throws -> [Substring] {
      let python = Process()
      let output = Pipe()
      python.executableURL = URL(fileURLWithPath: try #require(Self.python))
      python.arguments = [folder.path("functions.py")]
      python.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      python.standardOutput = output
      try python.run()
      let data = try output.fileHandleForReading.readToEnd() ?? Data()
      python.waitUntilExit()
      return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }
    let usual = try values(Self.withFMA)
    let other = try values(Self.withoutFMA)
    #expect(usual.count == 100_000 && other.count == 100_000)
    #expect(zip(usual, other).contains { $0 != $1 })
  }

  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  private static let hasFMA: Bool = {
    #if os(Linux) && arch(x86_64) && canImport(Glibc)
      let flags = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
        .split(separator: "\n").first { $0.hasPrefix("flags") }
      return flags?.split(separator: " ").contains("fma") ?? false
    #else
      return false
    #endif
  }()
}
