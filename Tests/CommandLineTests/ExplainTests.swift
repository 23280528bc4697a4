import Foundation
import Testing

@Suite struct `ratchet explain` {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `tells who was hurt, the same in text, in JSON and in a file`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("explain", "scenario.yaml", "--seed", "11", "--format", "json", "--csv", "hurt.csv")
    #expect(ending.status == 0, "\(ending.errors)")
    let told = try json(ending.output)
    let total = try #require(told["total"] as? [String: Any])
    let hurt = try #require(total["hurt"] as? Int)
    let helped = try #require(total["helped"] as? Int)
    // Half a second of thirty pages a second at the very least, in 15 s of a hang that has a fallback.
    #expect(hurt > 100)
    #expect((told["injected"] as? [String]) == ["no-answer: at 15s, for 15s, inject hang, target back"])
    #expect((told["differences"] as? [Any])?.count == hurt + helped)
    let lines = try folder.text("hurt.csv").split(whereSeparator: \.isNewline)
    #expect(lines.count == hurt + helped + 1 && lines[0].hasPrefix("key,workload,"))
    // What `run` counts is what the two sides add up to.
    let run = try json(try folder.ratchet("run", "scenario.yaml", "--seed", "11", "--format", "json").output)
    #expect(run["fingerprint"] as? String == told["fingerprint"] as? String)
    let users = try #require((run["workloads"] as? [String: [String: Any]])?["users"])
    let inRun = try #require(total["inRun"] as? [String: Int])
    for ending in ["success", "degraded", "failed"] { #expect(users[ending] as? Int == inRun[ending]) }
    let text = try folder.ratchet("explain", "scenario.yaml", "--seed", "11", "--list", "3").output
    for part in ["What the faults did", "Hurt", "Why", "Endpoints", "back.read", "When", "Some who were hurt"] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `explains a variant of a campaign, and the same replication from its results`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 2)
    let campaign = try folder.ratchet("campaign", "campaign.yaml", "--results", "r.sqlite")
    #expect(campaign.status == 0 || campaign.status == 1 || campaign.status == 3, "\(campaign.errors)")
    let file = try folder.ratchet(
      "explain", "campaign.yaml", "--variant", "shared-pool", "--replication", "1", "--format", "json")
    // The files may be gone.
    for name in ["model.yaml", "scenario.yaml", "campaign.yaml"] {
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
    let stored = try folder.ratchet("explain", "r.sqlite/tiny-campaign/shared-pool/1", "--format", "json")
    #expect(stored.status == 0, "\(stored.errors)")
    var (one, other) = (try json(file.output), try json(stored.output))
    #expect((other["remarks"] as? [String])?.first?.contains("is the one that r.sqlite holds") == true)
    one["remarks"] = nil
    other["remarks"] = nil
    #expect(NSDictionary(dictionary: one) == NSDictionary(dictionary: other))
  }

  @Test func `says what it cannot explain`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 2)
    _ = try folder.ratchet("campaign", "campaign.yaml", "--results", "r.sqlite")
    let cases: [([String], String)] = [
      (["model.yaml"], "nothing breaks"), (["campaign.yaml", "--variant", "nobody"], "no variant `nobody`"),
      (["scenario.yaml", "--variant", "isolated"], "has no variants"), (["nowhere.yaml"], "does not exist"),
      (["r.sqlite/other/isolated/0"], "no campaign `other`"),
      (["r.sqlite/tiny-campaign/nobody/0"], "no variant `nobody`"),
      (["r.sqlite/tiny-campaign/isolated/7"], "holds no replication 7"),
      (["r.sqlite/tiny-campaign/isolated/0", "--seed", "3"], "as it was run"),
      (["scenario.yaml", "--set", "faults.no-answer.at=50s"], "begins at 50s"),
    ]
    for (arguments, message) in cases {
      let ending = try RatchetProcess(["explain"] + arguments, in: folder).run()
      #expect(ending.status == 2, "\(arguments)")
      #expect(ending.errors.contains(message) && ending.output.isEmpty, "\(arguments): \(ending.errors)")
    }
    #expect(try folder.ratchet("explain", "scenario.yaml", "--replication", "-1").status == 64)
  }

  /// The queue that retries keep in collapse: the same tests know it as a map's.
  @Test func `tells whether it stays degraded, and what sustains it`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    let ending = try folder.ratchet("explain", "scenario.yaml")
    #expect(ending.status == 0, "\(ending.errors)")
    for part in [
      "What sustains it", "customers: metastable: 0% available", "retries of customers -> desk: 3.99 attempts a call",
      "without retries", "recovers in 10.0 s",
    ] {
      #expect(ending.output.contains(part), "\(part) is not in \(ending.output)")
    }
    let told = try json(try folder.ratchet("explain", "scenario.yaml", "--format", "json").output)
    let aftermath = try #require(told["aftermath"] as? [String: Any])
    let customers = try #require((aftermath["workloads"] as? [String: [String: Any]])?["customers"])
    #expect(customers["verdict"] as? String == "metastable")
    let signs = try #require(aftermath["signs"] as? [[String: Any]])
    #expect(signs.first?["mechanism"] as? String == "retries" || signs.first?["mechanism"] as? String == "dead-work")
    #expect((aftermath["counterfactuals"] as? [[String: Any]])?.count == 2)
    // A pause that is short enough leaves one line, and one that lasts to the horizon nothing.
    let short = try folder.ratchet("explain", "scenario.yaml", "--set", "faults.collection.for=400ms").output
    #expect(short.contains("customers recovered: in the band of the twin at once") && !short.contains("sustains"))
    let endless = try folder.ratchet("explain", "scenario.yaml", "--set", "faults.collection.for=200s")
    #expect(endless.status == 0 && !endless.output.contains("After the faults"))
    let nothing = try json(
      try folder.ratchet("explain", "scenario.yaml", "--set", "faults.collection.for=200s", "--format", "json").output)
    #expect(nothing["aftermath"] is NSNull)
  }
}
