import Foundation
import Testing

@Suite struct `ratchet run` {
  @Test func `prints the keys that were promised and counts that conserve`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("run", "scenario.yaml", "--seed", "11", "--format", "json")
    #expect(ending.status == 0)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? Int == 1)
    #expect(json["model"] as? String == "tiny")
    #expect(json["scenario"] as? String == "back-hangs")
    #expect(json["seed"] as? Int == 11)
    #expect(json["replications"] as? Int == 1)
    #expect((json["fingerprint"] as? String)?.count == 16)
    let users = try #require((json["workloads"] as? [String: [String: Any]])?["users"])
    func count(_ key: String) throws -> Int { try #require(users[key] as? Int) }
    // 35 measured seconds at 30 a second: 1,050 on average, standard deviation 32.4; 6 of them are never exceeded.
    let requests = try count("requests")
    #expect((856...1244).contains(requests))
    #expect(try requests == count("success") + count("degraded") + count("failed") + count("inFlight"))
    #expect(try count("degraded") > 100)
    let endpoints = try #require(json["endpoints"] as? [String: [String: Any]])
    #expect(Set(endpoints.keys) == ["back.read", "front.page"])
    let back = try #require((json["services"] as? [String: [String: Any]])?["back"])
    #expect(Set(back.keys).isSuperset(of: ["utilisation", "wait", "queue", "inService", "up"]))
  }

  @Test func `is the same each time and another with another seed or replication`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let first = try folder.ratchet("run", "model.yaml", "--format", "json").output
    #expect(try folder.ratchet("run", "model.yaml", "--format", "json").output == first)
    #expect(try folder.ratchet("run", "model.yaml", "--format", "json", "--seed", "1").output != first)
    #expect(try folder.ratchet("run", "model.yaml", "--format", "json", "--replication", "1").output != first)
  }

  @Test func `takes a scenario by option and overrides by path`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let named = try folder.ratchet("run", "model.yaml", "--scenario", "scenario.yaml", "--format", "json")
    #expect(named.output == (try folder.ratchet("run", "scenario.yaml", "--format", "json").output))
    let wide = try folder.ratchet(
      "run", "scenario.yaml", "--set", "services.front.pool.threads=500", "--set", "faults.no-answer.for=5s",
      "--check-invariants")
    #expect(wide.status == 0)
    #expect(wide.output.contains("set services.front.pool.threads=500"))
    #expect(wide.output.contains("faults from 15s to 20s"))
    #expect(wide.errors.contains("conservation held"))
  }

  @Test func `shows a table, a timeline and what holds here`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("run", "scenario.yaml")
    for part in ["Workloads", "Endpoints", "Services", "Timeline", "one replication: not judged", "pages-stay"] {
      #expect(ending.output.contains(part))
    }
    #expect(!ending.output.contains("\u{1B}"), "no colour where there is no terminal")
    let rows = try folder.ratchet("run", "scenario.yaml", "--format", "csv").output
    #expect(rows.hasPrefix("kind,name,window,measure,value\r\n"))
    #expect(rows.contains("workload,users,during faults,degraded,"))
  }

  @Test func `a reader that leaves early is no failure`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try RatchetProcess(
      shell: "\"$RATCHET\" run scenario.yaml --format json 2>errors.txt | head -c 10; echo", in: folder
    ).run()
    #expect(ending.output == "{\n  \"schem\n")
    #expect(try folder.text("errors.txt") == "")
    let gone = try RatchetProcess(
      shell: "(\"$RATCHET\" run scenario.yaml; echo $? >status.txt) | true", in: folder
    ).run()
    #expect(!gone.isKilled)
    #expect(try folder.text("status.txt") == "0\n")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk under standard output is the machine's failure`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try RatchetProcess(shell: "\"$RATCHET\" run model.yaml >/dev/full", in: folder).run()
    #expect(ending.status == 4)
    #expect(ending.errors.contains("standard output"))
  }
}
