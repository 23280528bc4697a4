import Foundation
import Testing

@Suite struct `ratchet init` {
  @Test func `writes files that are valid and a campaign that ends well`() throws {
    let folder = try Folder()
    let ending = try folder.ratchet("init", "new/system")
    #expect(ending.status == 0)
    let files = ["model.yaml", "scenario.yaml", "campaign.yaml"].map { "new/system/\($0)" }
    let valid = try RatchetProcess(["validate"] + files, in: folder).run()
    #expect(valid.status == 0)
    #expect(valid.errors == "")
    let campaign = try folder.ratchet("campaign", "new/system/campaign.yaml", "--quiet")
    #expect(campaign.status == 0)
    // 40 page views a second share two pools of 20 threads with calls that wait 2 s each: they fill, and pages are lost.
    #expect(campaign.output.contains("front's pool was full for"))
  }

  @Test func `overwrites nothing`() throws {
    let folder = try Folder()
    try folder.write("mine", to: "scenario.yaml")
    let ending = try folder.ratchet("init", ".")
    #expect(ending.status == 2)
    #expect(try folder.text("scenario.yaml") == "mine")
    #expect(folder.files == ["scenario.yaml"])
  }
}

@Suite struct `ratchet validate` {
  @Test(arguments: [
    ["validate", "--explain", "model.yaml"], ["validate", "model.yaml", "--explain"],
    ["validate", "model.yaml", "--explain", "values"], ["validate", "model.yaml", "--explain=values"],
  ])
  func `explains every value and where it came from`(arguments: [String]) throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try RatchetProcess(arguments, in: folder).run()
    #expect(ending.status == 0)
    #expect(ending.output.contains(/services\.front\.pool\.threads +6 +model\.yaml:7/))
    #expect(ending.output.contains(/services\.front\.replicas +1 +assumed/))
    #expect(ending.output.contains("were assumed, not given."))
  }

  @Test func `explains a campaign with its variants, its scenario and its model`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("validate", "campaign.yaml", "--explain")
    #expect(ending.output.contains(/variants\.shared-pool\.set\.services\.front\S+bulkhead +none/))
    #expect(ending.output.contains(/faults\.no-answer\.inject +hang +scenario\.yaml:4/))
    #expect(ending.output.contains(/expect\.pages-stay\.that +availability\(users\) >= 99% +scenario\.yaml:6/))
    #expect(ending.output.contains(/services\.front\.pool\.threads +6 +model\.yaml:7/))
  }

  @Test func `shows the compiled program`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let ending = try folder.ratchet("validate", "model.yaml", "--explain", "program")
    #expect(ending.output.contains("call   front -> back"))
    #expect(!ending.output.contains("assumed"))
  }

  @Test func `says how many cohorts and CDNs a model has`() throws {
    let folder = try Folder()
    try folder.write(
      """
      model: small
      time: {horizon: 1min}
      catalog: {titles: 1, popularity: zipf(0), duration: 1min, ladder: [1Mbps]}
      players: {one: {share: 50%, like: basic, bandwidth: 1Mbps}, two: {share: 50%, like: shaka, bandwidth: 1Mbps}}
      sessions: {arrivals: poisson(1/s)}
      cdns: {alpha: {edge: {sites: 1, cache: {size: 1GB}, latency: 1ms}, origin: origin.get}}
      services: {origin: {pool: {threads: 1}, endpoints: {get: [work: 1ms]}}}

      """, to: "small.yaml")
    #expect(
      try folder.ratchet("validate", "small.yaml").output
        == "small.yaml: model small (2 cohorts, 1 CDN, 1 service) is valid\n")
  }

  @Test func `checks all that a campaign names`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    #expect(
      try folder.ratchet("validate", "campaign.yaml").output.contains("campaign tiny-campaign (2 variants) is valid"))
    try folder.write(TinySystem.scenario().replacing("target: back", with: "target: bcak"), to: "scenario.yaml")
    let ending = try folder.ratchet("validate", "model.yaml", "campaign.yaml")
    #expect(ending.status == 2)
    #expect(ending.output.contains("model.yaml: model tiny"))
    #expect(ending.errors.contains("scenario.yaml:4:"))
    #expect(ending.errors.contains("did you mean `back`?"))
  }
}

@Suite struct `Every command` {
  @Test(arguments: [
    ["init"], ["validate"], ["run"], ["campaign"], ["compare"], ["import"], ["import", "jaeger"], ["schema"],
  ])
  func `shows an example in its help`(command: [String]) throws {
    let ending = try RatchetProcess(command + ["--help"], in: try Folder()).run()
    #expect(ending.status == 0)
    #expect(ending.output.contains("\n  ratchet \(command.joined(separator: " "))"))
  }

  @Test func `has the version of the tool`() throws {
    let folder = try Folder()
    let ending = try folder.ratchet("--version")
    #expect(ending.status == 0)
    #expect(ending.output.contains(/^\d+\.\d+\.\d+\n$/))
  }

  @Test func `prints a schema that is JSON`() throws {
    let folder = try Folder()
    let ending = try folder.ratchet("schema")
    let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
    #expect(json?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }
}
