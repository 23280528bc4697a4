import Engine
import Foundation
import Testing

@testable import Interchange

@Suite struct `Lines of spans` {
  private func span(parent: UInt64, endpoint: Int32, hasFailed: Bool) -> TelemetryRecord {
    .span(
      .init(
        trace: TelemetryFixture.request, span: 0xE1, parent: parent, began: 2_010_000_001, ended: 2_070_000_000,
        endpoint: endpoint, replica: 1, hasFailed: hasFailed))
  }

  @Test func `are OTLP's JSON`() {
    // The services in the order of their names: clock, origin, packager.
    let line = TelemetryFixture.lines([span(parent: 0xE0, endpoint: 2, hasFailed: true)], of: .spans)[0]
    #expect(
      line == #"{"resourceSpans":[{"resource":{"attributes":["#
        + #"{"key":"service.name","value":{"stringValue":"packager"}},"#
        + #"{"key":"service.instance.id","value":{"stringValue":"packager-1"}},"#
        + #"{"key":"ratchet.stage","value":{"stringValue":"packaging"}}]},"#
        + #""scopeSpans":[{"scope":{"name":"ratchet"},"spans":[{"traceId":"\#(TelemetryFixture.trace)","#
        + #""spanId":"00000000000000e1","parentSpanId":"00000000000000e0","name":"packager.segment","kind":2,"#
        + #""startTimeUnixNano":"68402010000001","endTimeUnixNano":"68402070000000","status":{"code":2}}]}]}]}"#)
  }

  @Test func `have no parent at the root, and no stage where the model has none`() {
    let line = TelemetryFixture.lines([span(parent: 0, endpoint: 0, hasFailed: false)], of: .spans)[0]
    #expect(line.contains("\"clock.read\""))
    #expect(line.contains("\"status\":{}"))
    #expect(!line.contains("parentSpanId"))
    #expect(!line.contains("ratchet.stage"))
  }

  @Test func `have the trace that the CDN's log names`() throws {
    let fields = try TelemetryFixture.fields(TelemetryFixture.delivery(.miss))
    let line = TelemetryFixture.lines([span(parent: 0, endpoint: 1, hasFailed: false)], of: .spans)[0]
    let trace = try #require(fields["x-trace-id"])
    #expect(line.contains("\"traceId\":\"\(trace)\""))
    #expect(trace.hasSuffix(try #require(fields["x-edge-request-id"])))
  }
}
