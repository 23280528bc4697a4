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
    ("alpha", "`alpha` is a CDN, and `availability` is told of workloads, `sessions` and cohorts"),
    ("eu", "`eu` is a region, and `availability` is told of workloads, `sessions` and cohorts"),
  ])
  func `names whose starts are requests`(name: String, message: String) {
    let said = said(Base.stream.text, hypothesis: "availability(\(name)) >= 99%")
    #expect(said.map(\.id) == [.badMetric])
    #expect(said.map(\.message) == [message])
    #expect(said.map(\.suggestion) == ["expected `sessions`, `living-room` or `mobile`"])
  }

  @Test func `is the nearest name that has startup times`() {
    let said = said(Base.stream.text, hypothesis: "latency-p95(alpa) <= 3s")
    #expect(said.map(\.id) == [.unknownWorkload])
    #expect(said.map(\.suggestion) == ["did you mean `alpha`?"])
    #expect(self.said(Base.stream.text, hypothesis: "latency-p95(eu) <= 3s").isEmpty)
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
