import Model
import Testing

@testable import ModelFile

/// What is proposed where a name of the streaming part was probably meant otherwise.
@Suite struct `What streaming proposes` {
  private func said(_ text: String, hypothesis: String = "availability(sessions) >= 1%") -> [Diagnostic] {
    let scenario = """
      scenario: s
      model: ../model.yaml
      faults: {f: {at: 1min, for: 1min, inject: hang, target: alpha}}
      expect:
        e: {that: \(hypothesis)}
      """
    do {
      _ = try ModelFileTests.scenario(scenario, on: text)
      return []
    } catch let error as DiagnosticList {
      return error.diagnostics
    } catch {
      return []
    }
  }

  @Test(arguments: [
    ("alpha", "`alpha` is a CDN, and `latency-p95` is told of workloads, `sessions` and cohorts"),
    ("eu", "`eu` is a region, and `latency-p95` is told of workloads, `sessions` and cohorts"),
  ])
  func `names who has startup quantiles`(name: String, message: String) {
    let said = said(Base.stream.text, hypothesis: "latency-p95(\(name)) <= 3s")
    #expect(said.map(\.id) == [.badMetric])
    #expect(said.map(\.message) == [message])
    #expect(said.map(\.suggestion) == ["expected `sessions`, `living-room` or `mobile`"])
  }

  @Test(arguments: [("rebufering", "rebuffering-ratio"), ("startlost", "starts-lost"), ("bitrat", "bitrate")])
  func `is the nearest metric`(word: String, metric: String) {
    let said = said(Base.stream.text, hypothesis: "\(word)(mobile) <= 1%")
    #expect(said.map(\.suggestion) == ["did you mean `\(metric)`?"])
  }

  @Test func `is a standby for the fallback of an encoder`() {
    let text = Base.stream.text.replacingFirst(
      "  duration: 40min",
      with: "  duration: 40min\n  live: {encode: {call: origin.segment, fallback: {call: api.play}}}")
    let said = said(text)
    #expect(said.map(\.message) == ["`live` has no dependency `api.play`"])
    #expect(
      said.map(\.suggestion) == [
        "give the call under `live` as `standby: {call: …}`, and say `fallback: {call: standby}`"
      ])
  }
}
