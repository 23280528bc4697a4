import Foundation
import Model
import Testing

@testable import ModelFile

/// What the JSON Schema lets pass is held against what decodes.
@Suite struct `The JSON Schema of metrics` {
  @Test(arguments: [
    ("availability(living-room)", true), ("starts-lost", true), ("rebuffering-ratio during 3min..6min", true),
    ("stalls-per-hour( eu )  during faults among everyone", true), ("latency-p999(sessions) among scoped", true),
    ("latency-p95 (mobile) among everyone during run", true), ("cost(alpha)", true), ("origin-rate(beta)", true),
    ("availability", false), ("hit-ratio", false), ("quality(sessions)", false), ("starts-lost()", false),
    ("starts-lost during never..ever", false), ("bitrate among 3min..6min", false), ("egress(alpha beta)", false),
  ])
  func `knows metrics and whose they are`(text: String, isValid: Bool) throws {
    #expect(try matches(text, "metric") == isValid)
    #expect(decodes("outcomes: [\(text)]") == isValid)
  }

  @Test(arguments: [
    ("starts-lost <= 5%", true), ("availability(mobile)>=0.999", true), ("latency-p95(sessions) < 2s", true),
    ("stalls-per-hour <= 0.5/h", true), ("origin-rate(alpha) during run > 200/s", true),
    ("bitrate(eu) >= 3Mbps", true), ("cost(alpha) <= 1e3  USD", true), ("cost(alpha) <= 10USD", false),
    ("starts-lost = 5%", false), ("starts-lost", false),
    ("starts-lost <= twin", true), ("starts-lost <= twin + 1%", true), ("latency-p95(mobile) <= 1.5 x twin", true),
    ("latency-p95(mobile) <= 2 x twin - 50ms in 90% of runs", true), ("starts-lost < 2% in 99.5% of runs", true),
    ("queue-max(api) <= 100", true), ("pool-use(api) during 3min..6min < 80%", true), ("pool-full(api) <= 0.5", true),
    ("error-ratio(api.play) < 1%", true), ("latency-p99(api.play) <= 50ms", true),
    ("starts-lost <= twin + 1ms x", false), ("starts-lost <= x twin", false), ("starts-lost <= 2% in most runs", false),
    ("queue-max(api) <= many", false), ("egress(alpha) < 2 Gbps", false), ("bitrate > x3", false),
  ])
  func `knows what metrics are compared with`(text: String, isValid: Bool) throws {
    #expect(try matches(text, "hypothesis") == isValid)
    let faults = "faults: {f: {at: 1min, for: 1min, inject: hang, target: api}}"
    #expect(decodes("\(faults)\nexpect: {it: {that: \(text)}}", in: "scenario: s") == isValid)
    let isPlain = !text.contains("twin") && !text.contains(" of runs") && !text.contains("most")
    for sign in ["<=", ">=", "<", ">"] where isPlain && text.contains(" \(sign) ") {
      let precise = text.replacingFirst(sign, with: "+-")
      #expect(try matches(precise, "precision") == isValid)
      #expect(decodes("outcomes: [starts-lost]\nreplications: {max: 50, until: \(precise)}") == isValid)
      let parts = text.components(separatedBy: " \(sign) ")
      #expect(try matches(parts[1], "bound") == isValid)
      let objective = "objectives: {it: {indicator: \(parts[0]), target: \(parts[1])}}\n"
      #expect(((try? ModelFile.decode(text: Self.stream + objective)) != nil) == isValid)
      break
    }
  }

  @Test(arguments: Metric.Quantity.allCases)
  func `says what each metric is`(quantity: Metric.Quantity) throws {
    let text = try #require(try definitions()["metric"]?["description"] as? String)
    #expect(text.contains("`\(quantity.rawValue)`"))
  }

  private static let stream = Base.stream.text.replacingFirst("  alpha:\n", with: "  alpha:\n    price: 0.02 USD/GB\n")

  private func definitions() throws -> [String: [String: Any]] {
    let root = try #require(
      JSONSerialization.jsonObject(with: Data(ModelFile.jsonSchema().utf8)) as? [String: Any])
    return try #require(root["$defs"] as? [String: [String: Any]])
  }

  private func matches(_ text: String, _ definition: String) throws -> Bool {
    let pattern = try #require(try definitions()[definition]?["pattern"] as? String)
    return try Regex(pattern).firstMatch(in: text) != nil
  }

  /// Whether a campaign or a scenario about sessions with these lines is valid.
  private func decodes(_ lines: String, in kind: String = "campaign: c\nvariants: {all: {}}") -> Bool {
    (try? ModelFile.decode(
      text: "\(kind)\nmodel: stream.yaml\n\(lines)\n", path: "c.yaml", files: ["stream.yaml": Self.stream])) != nil
  }
}
