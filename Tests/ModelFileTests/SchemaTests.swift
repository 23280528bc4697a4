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
        "stage", "replicas", "zones", "pool", "cores", "style", "balancing", "cancellation", "failures",
        "dependencies", "endpoints",
      ])
    #expect(service["additionalProperties"] as? Bool == false)
    let required = try #require(service["required"] as? [String])
    #expect(Set(required) == ["pool", "endpoints"])
    let replicas: [String: Any] = try #require(properties["replicas"])
    #expect(replicas["default"] as? Int == 1)
    #expect(replicas["description"] as? String == "how many replicas there are")
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
    #expect(keys.contains(["at", "for", "inject", "target", "scope", "salt", "speed"]))
    #expect(keys.contains(["at", "for", "inject", "target", "scope", "salt"]))
  }

  private enum FaultEffectWords {
    static let all = ["unavailable", "hang", "error", "latency", "slow", "crash", "capacity", "surge", "pause"]
  }

  @Test func `is made of well-formed JSON`() {
    #expect(JSON.object([]).text == "{}")
    #expect(JSON.string("a\"b\\c\n\u{1}é").text == #""a\"b\\c\n\u0001é""#)
    #expect(JSON.array([1, true, "x"]).text == #"[1, true, "x"]"#)
  }
}
