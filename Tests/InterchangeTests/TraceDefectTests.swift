import Interchange
import Testing

@Suite struct `Broken traces` {
  private let good = Trace("good", SpanSketch("web", "get", 0...10))

  private func span(_ id: String, under parent: String? = nil, kind: Span.Kind? = nil, duration: Int64 = 1_000_000)
    -> Span
  {
    Span(
      id: id, parent: parent.map { Span.Parent(span: $0, relation: .childOf) }, service: "s-\(id)", operation: "op",
      process: "p-\(id)", kind: kind, start: 0, duration: duration)
  }

  private func notes(_ spans: Span...) throws -> [String] {
    let topology = try ImportedTopology(traces: [good, Trace(id: "bad", spans: spans)])
    return topology.notes
  }

  @Test func `with orphans lose them and what hangs below`() throws {
    let topology = try ImportedTopology(
      traces: [Trace(id: "bad", spans: [span("a"), span("b", under: "gone"), span("c", under: "b")])])
    #expect(
      topology.notes == [
        "1 span has a parent that is not in the trace: left out, with the spans below (for instance trace bad, span b)"
      ])
    #expect(topology.services.map(\.name) == ["s-a"])
  }

  @Test func `without any root start at their topmost spans`() throws {
    let topology = try ImportedTopology(
      traces: [Trace(id: "bad", spans: [span("b", under: "gone"), span("c", under: "b")])])
    #expect(topology.workloads.map(\.endpoint.description) == ["s-b.op"])
    #expect(
      topology.notes == [
        "1 trace has no root in the file: the topmost spans stand for it (for instance trace bad, span b)"
      ])
  }

  @Test func `with a negative duration are left out`() throws {
    #expect(
      try notes(span("a", duration: -1)) == [
        "1 trace has a span of negative duration: left out (for instance trace bad, span a)"
      ])
  }

  @Test func `with cyclic parents are left out`() throws {
    #expect(
      try notes(span("a"), span("b", under: "c"), span("c", under: "b")) == [
        "1 trace has spans that are their own ancestors: left out (for instance trace bad)"
      ])
    #expect(
      try notes(span("a", under: "a")) == [
        "1 trace has spans that are their own ancestors: left out (for instance trace bad)"
      ])
  }

  @Test func `with one span twice count it once`() throws {
    #expect(
      try notes(span("a"), span("b", under: "a"), span("b", under: "a")) == [
        "1 span occurs twice in a trace: counted once (for instance trace bad, span b)"
      ])
  }

  @Test func `with one id for different spans are left out`() throws {
    #expect(
      try notes(span("a"), span("a", duration: 5)) == [
        "1 trace has different spans with one id: left out (for instance trace bad, id a)"
      ])
  }

  @Test func `with one id for both sides of a call are none`() throws {
    let client = Span(
      id: "a", service: "web", operation: "call", process: "p1", kind: .client, start: 0, duration: 9_000_000)
    let server = Span(
      id: "a", service: "api", operation: "op", process: "p2", kind: .server, start: 0, duration: 5_000_000)
    for spans in [[client, server], [server, client]] {
      let topology = try ImportedTopology(traces: [Trace(id: "zipkin", spans: spans)])
      #expect(topology.outline("web.call") == "call api | work")
      #expect(topology.notes.isEmpty)
    }
  }

  @Test func `deeper than 500 spans are left out`() throws {
    let chain = (0..<501).map { span("\($0)", under: $0 == 0 ? nil : "\($0 - 1)") }
    let topology = try ImportedTopology(traces: [good, Trace(id: "bad", spans: chain)])
    #expect(
      topology.notes == ["1 trace has more than 500 spans one under another: left out (for instance trace bad)"])
  }

  @Test func `without spans are left out`() throws {
    #expect(try notes() == ["1 trace has no spans: left out (for instance trace bad)"])
  }

  @Test func `are an error if no other is left`() {
    #expect(throws: InterchangeError.empty(reason: "the traces have no spans")) {
      try ImportedTopology(traces: [])
    }
    #expect(
      throws: InterchangeError.nothingUsable(reasons: [
        "1 trace has a span of negative duration: left out (for instance trace bad, span a)"
      ])
    ) {
      try ImportedTopology(traces: [Trace(id: "bad", spans: [span("a", duration: -1)])])
    }
  }

  @Test func `with errors keep their times`() throws {
    let topology = try ImportedTopology(
      traces: [Trace("1", SpanSketch("web", "get", 0...10, [SpanSketch("a", "x", 1...9, isError: true)]))])
    #expect(topology.outline("web.get") == "work | call a | work")
    #expect(
      topology.notes == [
        "1 span has the tag error: not modelled, their times count (for instance trace 1, span s1)"
      ])
  }
}
