import Testing

@testable import ModelFile

@Suite struct `The explanation` {
  private func explanation(_ text: String, set overrides: [String] = []) throws -> Explanation {
    let values = try overrides.map { try ModelFile.override(parsing: $0) }
    guard case .model(let document) = try ModelFile.decode(text: text, path: "vod.yaml", overrides: values) else {
      throw WrongDocument()
    }
    return document.explanation
  }

  private func line(_ path: String, _ explanation: Explanation) -> String? {
    explanation.entries.first { $0.path == path }.map { "\($0.value) \($0.origin.text)" }
  }

  @Test func `says where each value came from`() throws {
    let explanation = try explanation(vod, set: ["services.entitlement.replicas=2"])
    #expect(line("services.edge-api.pool.threads", explanation) == "100 vod.yaml:29")
    #expect(line("services.entitlement.replicas", explanation) == "2 --set")
    #expect(line("services.entitlement.balancing", explanation) == "round-robin assumed")
    let history = "services.edge-api.dependencies.history"
    #expect(line("\(history).timeout", explanation) == "2s vod.yaml:39")
    #expect(line("\(history).bulkhead.threads", explanation) == "10 policy paved-road (vod.yaml:11)")
    #expect(line("\(history).breaker.slow-call", explanation) == "60s assumed")
    #expect(line("workloads.viewers.retry", explanation) == "none assumed")
    #expect(line("services.edge-api.endpoints.play.1.together", explanation) == "[entitlement, history] vod.yaml:45")
  }

  /// A golden.
  @Test func `of one queue reads so`() throws {
    #expect(
      try explanation(Base.queue.text).rendered == """
        EXPLAIN
        """)
  }
}
