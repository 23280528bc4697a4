import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `A metric of sessions or CDNs` {
  /// Names alone: what they stand for is not looked at.
  private static let root = """
    workloads: {search: {call: api.find}}
    regions: {north: {zones: [a]}, tv: {zones: [b]}}
    players: {tv: {}, phone: {}}
    sessions: {}
    cdns: {alpha: {price: 0.02 USD/GB}, beta: {price: none}, gamma: {price: free}}
    """

  private func decoding(_ text: String = root) throws -> Decoding {
    var diagnostics: [Diagnostic] = []
    let node = YAMLReader.read(SourceFile(path: "model.yaml", text: text), diagnostics: &diagnostics)
    return Decoding(names: Names(of: try #require(node)), reader: .memory([:]))
  }

  private func phrase(_ text: String) -> Phrase {
    let location = SourceLocation(file: SourceFile(path: "s.yaml", text: text), line: 1, column: 1, length: text.count)
    return Phrase(text: text, location: location, isVerbatim: true)
  }

  @Test(arguments: [
    ("starts-lost", "starts-lost(sessions)"), ("starts-lost during faults", "starts-lost(sessions) during faults"),
    ("rebuffering-ratio(phone)", "rebuffering-ratio(phone)"), ("bitrate(north)", "bitrate(north)"),
    ("stalls-per-hour(alpha) during 1min..2min", "stalls-per-hour(alpha) during 1min..2min"),
    ("hit-ratio(beta)", "hit-ratio(beta)"), ("availability(sessions)", "availability(sessions)"),
    ("latency-p95(phone) among scoped", "latency-p95(phone) during run among scoped"),
    ("availability(search)", "availability(search)"), ("latency-p95(north)", "latency-p95(north)"),
    ("latency-mean(alpha) during faults", "latency-mean(alpha) during faults"),
    ("latency-p50(north) among scoped", "latency-p50(north) during run among scoped"),
  ])
  func `is read`(text: String, metric: String) throws {
    let decoding = try decoding()
    #expect(decoding.metric(phrase(text))?.metric(or: .run, .everyone).description == metric)
    #expect(decoding.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("starts-lost(tv)", DiagnosticID.badMetric, 13), ("starts-lost(search)", .badMetric, 13),
    ("hit-ratio(sessions)", .unknownCDN, 11), ("availability(alpha)", .badMetric, 14),
    ("recovery(sessions)", .badMetric, 10), ("bitrate(phone) among scoped", .badMetric, 22),
    ("availability", .badMetric, 1), ("hit-ratio", .badMetric, 1), ("starts-lost faults", .badMetric, 13),
    ("cost(beta)", .badMetric, 6), ("cost(sessions)", .unknownCDN, 6),
    ("starts-lost during run during faults", .badMetric, 24), ("latency-p95(tv)", .badMetric, 13),
    ("latency-p95(nobody)", .unknownWorkload, 13), ("full-fidelity(north)", .badMetric, 15),
  ])
  func `is refused where it stands`(text: String, id: DiagnosticID, column: Int) throws {
    let decoding = try decoding()
    #expect(decoding.metric(phrase(text)) == nil)
    #expect(decoding.diagnostics.map(\.id) == [id])
    #expect(decoding.diagnostics.first?.location?.column == column)
  }

  @Test func `needs sessions`() throws {
    let decoding = try decoding("workloads: {search: {call: api.find}}")
    #expect(decoding.metric(phrase("starts-lost")) == nil)
    #expect(decoding.metric(phrase("hit-ratio(alpha)")) == nil)
    #expect(decoding.diagnostics.map(\.id) == [.badMetric, .badMetric])
  }

  @Test(arguments: [
    ("bitrate(sessions) >= 3Mbps", 3e6), ("stalls-per-hour(sessions) <= 0.5/h", 0.5),
    ("stalls-per-hour(sessions) <= 1/min", 60), ("origin-rate(alpha) <= 200/s", 200), ("cost(alpha) <= 10 USD", 10),
    ("starts-lost <= 5%", 0.05), ("egress(alpha) < 2Gbps", 2e9), ("cost(gamma) <= 10 EUR", 10),
    ("latency-p95(sessions) <= 2s", 2),
  ])
  func `is compared in its unit`(text: String, bound: Double) throws {
    let decoding = try decoding()
    #expect(decoding.hypothesis(phrase(text))?.bound.value == bound)
    #expect(decoding.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("bitrate(sessions) >= 3", DiagnosticID.missingUnit), ("bitrate(sessions) >= 3s", .wrongUnit),
    ("stalls-per-hour(sessions) <= 5%", .wrongUnit), ("cost(alpha) <= 10", .missingUnit),
    ("cost(alpha) <= 10 dollars", .wrongUnit), ("cost(alpha) <= many USD", .notANumber),
    ("starts-lost <= 5s", .wrongUnit), ("cost(alpha) <= 10 EUR", .wrongUnit), ("cost(beta) <= 10 USD", .badMetric),
  ])
  func `is not compared in another unit`(text: String, id: DiagnosticID) throws {
    let decoding = try decoding()
    #expect(decoding.hypothesis(phrase(text)) == nil)
    #expect(decoding.diagnostics.map(\.id) == [id])
  }
}
