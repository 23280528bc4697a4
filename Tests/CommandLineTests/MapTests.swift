import Foundation
import Testing

/// A queue that retries keep in collapse after a pause of half a second or so.
enum FragileSystem {
  static func write(to folder: Folder) throws {
    try folder.write(
      """
      model: collapse
      workloads:
        customers: {arrivals: constant(7/s), call: desk.serve, timeout: 500ms, retry: {attempts: 4, backoff: 50ms}}
      services:
        desk:
          pool: {threads: 1, queue: unbounded}
          endpoints: {serve: [work: 100ms]}
      time: {horizon: 130s}

      """, to: "model.yaml")
    try folder.write(
      """
      scenario: pause
      model: model.yaml
      faults:
        collection: {at: 30s, for: 1s, inject: pause, target: desk}

      """, to: "scenario.yaml")
  }
}

@Suite struct `ratchet map` {
  private static let small = ["--load", "0.3..1.5", "--loads", "3", "--trigger", "duration=0.25..1", "--sizes", "3"]

  private func map(_ folder: Folder, _ arguments: [String]) throws -> RatchetProcess.Ending {
    try RatchetProcess(["map"] + arguments, in: folder).run()
  }

  @Test func `shows loads, triggers, the boundary and what sustains it`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    let ending = try map(folder, ["scenario.yaml", "--replications", "2"] + Self.small)
    #expect(ending.status == 0)
    for part in [
      "Stability of collapse, scenario pause", "stable", "vulnerable", "overloaded", "Boundary",
      "Boundary along the load",
      "critical load", "What sustains it",
      "retries of customers -> desk: 4.00 attempts a call (1.00)", "without retries",
      "customers: metastable: 0% available",
    ] {
      #expect(ending.output.contains(part), "\(part) is not in \(ending.output)")
    }
    #expect(!ending.output.contains("\u{1B}"))
    #expect(folder.files == ["model.yaml", "scenario.yaml"])
  }

  @Test func `is the same for any number of jobs, as JSON and as rows`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    let arguments = ["model.yaml", "--scenario", "scenario.yaml", "--replications", "1"] + Self.small
    let first = try map(folder, arguments + ["--format", "json", "--jobs", "1"])
    #expect(try map(folder, arguments + ["--format", "json", "--jobs", "3"]).output == first.output)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any])
    let loads = try #require(json["loads"] as? [[String: Any]])
    #expect(loads.compactMap { $0["stability"] as? String } == ["stable", "vulnerable", "overloaded"])
    let boundary = try #require(loads[1]["boundary"] as? [String: Double])
    #expect(try #require(boundary["above"]) < #require(boundary["atMost"]))
    let triggers = try #require(json["triggers"] as? [[String: Any]])
    #expect(triggers.count == 4 && triggers[0]["size"] is NSNull)
    let least = try #require(triggers[3]["boundary"] as? [String: Double])
    #expect(try #require(least["above"]) < #require(least["atMost"]))
    #expect(json["unresolved"] as? Int == 0)
    let short = try map(folder, arguments + ["--budget", "2"])
    #expect(short.status == 0 && short.output.contains("the budget of 2 runs did not suffice"))
    let rows = try map(folder, arguments + ["--format", "csv"]).output
    #expect(rows.hasPrefix("load,stability,size,replications,recovered,"))
    // A row without a trigger for each load, and three with one for the two that are not overloaded.
    #expect(rows.split(separator: "\r\n").count == 1 + 3 + 2 * 3)
  }

  @Test(arguments: [
    ["--load", "1.2..0.5"], ["--load", "0..1"], ["--load", "low..high"], ["--loads", "0"], ["--loads", "1"],
    ["--trigger", "size=1..2"], ["--trigger", "probability=10%..200%"], ["--trigger", "duration=0..1"],
    ["--resolution", "0"], ["--replications", "0"], ["--budget", "-1"], ["--jobs", "0"], ["--sizes", "1"],
  ])
  func `refuses options that mean nothing`(options: [String]) throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    let ending = try map(folder, ["scenario.yaml"] + options)
    #expect(ending.status == 64)
    #expect(ending.output == "")
  }

  @Test func `that is interrupted shows what there is`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    let map = try RatchetProcess(["map", "scenario.yaml", "--replications", "1000"], in: folder)
    try map.process.run()
    Thread.sleep(forTimeInterval: 1)
    map.process.interrupt()
    let ending = try map.wait()
    #expect(ending.status == 130)
    #expect(ending.output.contains("interrupted: runs are missing"))
    #expect(ending.errors.contains("the map is printed as far as it was made"))
  }

  @Test func `says what a map lacks`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    func errors(_ arguments: [String]) throws -> String {
      let ending = try map(folder, arguments)
      #expect(ending.status == 2)
      #expect(ending.output == "")
      return ending.errors
    }
    #expect(try errors(["model.yaml"]).contains("there is no fault that could be the trigger"))
    #expect(try errors(["scenario.yaml", "--trigger", "scope=5%..50%"]).contains("`collection` strikes all"))
    #expect(try errors(["scenario.yaml", "--trigger", "probability=5%..50%"]).contains("has a `probability`"))
  }
}

@Suite struct `After a fault` {
  @Test func `a run says that it stays degraded`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    let ending = try folder.ratchet("run", "scenario.yaml")
    #expect(ending.output.contains("customers  metastable: 0% available 99.0 s later; the band begins at 100%"))
    let short = try folder.ratchet("run", "scenario.yaml", "--set", "faults.collection.for=400ms")
    #expect(short.output.contains("customers  recovered: in the band after 0 s"))
    let json = try folder.ratchet("run", "scenario.yaml", "--format", "json").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let customers = try #require((object["metastability"] as? [String: [String: Any]])?["customers"])
    #expect(customers["metastable"] as? Int == 1)
    #expect(customers["share"] as? Double == 1)
  }

  /// The results keep it: a comparison made from them says the same.
  @Test func `a campaign tells in how many replications it does`() throws {
    let folder = try Folder()
    try FragileSystem.write(to: folder)
    try folder.write(
      """
      campaign: retries
      model: model.yaml
      scenario: scenario.yaml
      variants:
        with: {}
        without: {set: {workloads.customers.retry: none}}
      baseline: with
      outcomes: [recovery(customers)]
      replications: 3

      """, to: "campaign.yaml")
    let campaign = try folder.ratchet("campaign", "campaign.yaml")
    #expect(campaign.output.contains("After the faults"))
    let rows = campaign.output.split(separator: "\n").filter { $0.contains("43.9% to 100%") }
    #expect(rows.count == 1, "\(campaign.output)")
    let compared = try folder.ratchet("compare", "ratchet.sqlite")
    #expect(compared.output == campaign.output)
  }
}
