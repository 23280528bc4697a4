import Foundation
import Testing

/// Which modules a module may import: the table of the architecture, which the folders follow.
private let allowed: [String: Set<String>] = [
  "Sampling": ["CGSL"],
  "Statistics": ["Sampling", "CGSL"],
  "Model": ["Sampling"],
  "ModelFile": ["Model", "Sampling", "Yams"],
  "Engine": ["Model", "Sampling"],
  "Campaign": ["Engine", "Model", "Statistics", "Sampling"],
  // It turns what replications yielded, and what was estimated from it, into rows: the types of those are spelt there.
  "ResultStore": ["Campaign", "Engine", "Statistics", "Model", "GRDB"],
  "Interchange": ["Engine", "Model", "ModelFile", "Sampling"],
  "Report": ["Campaign", "Statistics", "Model"],
  "ratchet": [
    "Sampling", "Statistics", "Model", "ModelFile", "Engine", "Campaign", "ResultStore", "Interchange", "Report",
    "ArgumentParser",
  ],
  "ratchet-bench": ["AllocationCounter", "Sampling", "Model", "ModelFile", "Engine", "Campaign", "ArgumentParser"],
]

/// Modules of the system. The engine and what it is made of use none: no wall clock, no threads, no dictionaries of others.
private let system: Set<String> = ["Foundation", "Dispatch", "Glibc", "Synchronization"]
private let withoutSystem: Set<String> = ["Sampling", "Model", "Engine"]

private let sources = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../Sources").standardizedFileURL

private func swiftFiles(of module: String) -> [URL] {
  let folder = sources.appending(path: module)
  let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
  return names.filter { $0.hasSuffix(".swift") }.sorted().map { folder.appending(path: $0) }
}

@Suite struct `The modules` {
  @Test func `are those of the table`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }
    #expect(Set(folders) == Set(allowed.keys).union(["AllocationCounter", "CGSL"]))
  }

  @Test(arguments: allowed.keys.sorted())
  func `import only what the table lets them`(module: String) throws {
    let files = swiftFiles(of: module)
    #expect(!files.isEmpty)
    let permitted = try #require(allowed[module]).union(withoutSystem.contains(module) ? [] : system)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("import ") {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), words.count > position + 1,
          words[..<position].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "private" })
        else { continue }
        let imported = String(words[position + 1].split(separator: ".")[0])
        #expect(permitted.contains(imported), "\(module)/\(file.lastPathComponent) imports \(imported)")
      }
    }
  }

  @Test(arguments: allowed.keys.sorted())
  func `keep each file short enough to hold in the head`(module: String) throws {
    for file in swiftFiles(of: module) {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 500, "\(module)/\(file.lastPathComponent) has \(lines.count) lines")
    }
  }
}
