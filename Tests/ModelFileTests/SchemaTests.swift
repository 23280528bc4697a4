import Foundation
import Testing

@testable import ModelFile

@Suite struct `The JSON Schema` {
  private func definitions() throws -> [String: [String: Any]] {
    let root = try #require(
      JSONSerialization.jsonObject(with: Data(ModelFile.jsonSchema().utf8)) as? [String: Any])
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    return try #require(root["$defs"] as? [String: [String: Any]])
  }

  @Test func `is the same text each time`() {
    #expect(ModelFile.jsonSchema() == ModelFile.jsonSchema())
  }

  @Test func `has the declared keys, and allows no others`() throws {
    let definitions = try definitions()
    let service = try #require(definitions["service"])
    let properties: [String: [String: Any]] = try #require(service["properties"] as? [String: [String: Any]])
    #expect(
      Set(properties.keys) == [
        "stage", "replicas", "autoscaling", "zones", "pool", "cores", "style", "balancing", "cancellation", "failures",
        "dependencies", "endpoints",
      ])
    #expect(service["additionalProperties"] as? Bool == false)
    let required = try #require(service["required"] as? [String])
    #expect(Set(required) == ["pool", "endpoints"])
    let replicas: [String: Any] = try #require(properties["replicas"])
    #expect(replicas["default"] as? Int == 1)
    #expect(replicas["description"] as? String == "how many replicas there are; with `autoscaling`, at first")
    for name in ["model", "scenario", "campaign", "part"] { #expect(definitions[name] != nil) }
  }

  @Test func `refers only to what it defines`() throws {
    let names = Set(try definitions().keys)
    let references = ModelFile.jsonSchema().components(separatedBy: "#/$defs/").dropFirst().map { rest in
      String(rest.prefix { $0 != "\"" })
    }
    #expect(!references.isEmpty)
    #expect(Set(references).isSubset(of: names))
  }

  @Test func `offers each fault with its own settings`() throws {
    let fault = try #require(try definitions()["fault"])
    let branches = try #require(fault["anyOf"] as? [[String: Any]])
    #expect(branches.count == FaultEffectWords.all.count)
    let keys = branches.map { Set(($0["properties"] as? [String: Any] ?? [:]).keys) }
    #expect(keys.contains(["at", "for", "inject", "target", "scope", "salt", "repeat", "speed"]))
    #expect(keys.contains(["at", "for", "inject", "target", "scope", "salt", "repeat"]))
  }

  @Test func `says of each fault what it means`() throws {
    let fault = try #require(try definitions()["fault"])
    let branches = try #require(fault["anyOf"] as? [[String: Any]])
    let meanings = branches.compactMap { branch in
      ((branch["properties"] as? [String: Any])?["inject"] as? [String: Any])?["description"] as? String
    }
    #expect(meanings.count == branches.count)
    #expect(Set(meanings).count == branches.count)
    #expect(meanings.first?.hasPrefix("what the fault does: new calls are refused at once") == true)
  }

  @Test(arguments: [
    ("poisson(120/s)", true), ("constant(1.5/min)", true), ("poisson( 120/s )", true), ("poisson(120)", false),
    ("poisson(120 /s)", false), ("poisson(120ms)", false), ("closed(clients=10 think=1s)", true), ("120/s", false),
    ("ramp(from=0/s to=5/s over=1min at=2s)", true),
  ])
  func `wants a unit in the rate of arrivals`(text: String, isValid: Bool) throws {
    let pattern = try #require(try definitions()["arrivals"]?["pattern"] as? String)
    let matches = try Regex(pattern).firstMatch(in: text) != nil
    #expect(matches == isValid)
    #expect(decodes(arrivals: text) == isValid)
  }

  private func decodes(arrivals: String) -> Bool {
    let text = Base.queue.text.replacingFirst("poisson(14.4/s)", with: arrivals)
    return (try? ModelFile.decode(text: text)) != nil
  }

  @Test(arguments: DistributionName.allCases)
  func `shows how each distribution is written`(name: DistributionName) throws {
    let text = try #require(try definitions()["distribution"]?["description"] as? String)
    #expect(text.contains("`\(name.rawValue)("))
  }

  @Test func `describes every key`() throws {
    for (name, definition) in try definitions() {
      let objects = [definition] + (definition["anyOf"] as? [[String: Any]] ?? [])
      for object in objects {
        for (key, value) in object["properties"] as? [String: [String: Any]] ?? [:] {
          #expect((value["description"] as? String)?.isEmpty == false, "\(name).\(key)")
        }
      }
    }
  }

  private enum FaultEffectWords {
    static let all = [
      "unavailable", "hang", "error", "latency", "slow", "crash", "capacity", "surge", "pause", "flush-cache",
      "bandwidth", "loss", "partition", "leak", "bad-deploy", "set",
    ]
  }

  @Test func `is made of well-formed JSON`() {
    #expect(JSON.object([]).text == "{}")
    #expect(JSON.string("a\"b\\c\n\u{1}é").text == #""a\"b\\c\n\u0001é""#)
    #expect(JSON.array([1, true, "x"]).text == #"[1, true, "x"]"#)
  }
}
