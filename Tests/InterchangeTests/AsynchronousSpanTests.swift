import Interchange
import Testing

@Suite struct `Spans that nobody waits for` {
  private func topology(_ child: SpanSketch) throws -> ImportedTopology {
    try ImportedTopology(traces: [Trace("1", SpanSketch("web", "post", 0...10, [child]))])
  }

  @Test func `are arrivals of their own where they only follow from the parent`() throws {
    let topology = try topology(SpanSketch("mail", "send", 5...50, follows: true))
    #expect(topology.outline("web.post") == "work")
    #expect(topology.workloads.map(\.name) == ["post", "send"])
    #expect(topology.workloads.map(\.isAsynchronous) == [false, true])
    #expect(topology.medians.map(\.seconds) == [0.010, 0.045])
    #expect(topology.notes.contains { $0.contains("only follows from the parent") })
  }

  @Test func `are the consumers' of a message`() throws {
    let topology = try topology(SpanSketch("mail", "consume", 6...9, kind: .consumer))
    #expect(topology.workloads.map(\.name) == ["consume", "post"])
    #expect(topology.workMedians("web.post") == [10])
  }

  @Test func `are those that outlive the endpoint`() throws {
    let topology = try topology(SpanSketch("mail", "send", 5...50))
    #expect(topology.outline("web.post") == "work")
    #expect(topology.workloads.map(\.name) == ["post", "send"])
    #expect(topology.notes.contains { $0.contains("outlived the caller") })
  }

  @Test func `are not those that outlive only the span that started them, while the endpoint waits`() throws {
    let topology = try topology(
      SpanSketch("web", "dispatch", 1...2, [SpanSketch("web", "worker", 2...9, [SpanSketch("a", "x", 3...8)])]))
    #expect(topology.outline("web.post") == "work | call a | work")
    #expect(topology.notes.isEmpty)
  }
}

@Suite struct `Clock skew between processes` {
  @Test func `is removed by centring the server's span in the client's`() throws {
    // The server's clock is 100 ms ahead.
    let topology = try ImportedTopology(
      traces: [
        Trace(
          "1",
          SpanSketch(
            "web", "get", 0...10,
            [SpanSketch("web", "call", 1...9, kind: .client, [SpanSketch("a", "x", 102...106, kind: .server)])]))
      ])
    #expect(topology.outline("web.get") == "work | call a | work")
    #expect(topology.workMedians("web.get") == [3, 3])
    #expect(topology.notes.contains { $0.contains("as clock skew") })
  }

  @Test func `moves all calls to one process together, so that a sequence stays one`() throws {
    let topology = try ImportedTopology(
      traces: [
        Trace(
          "1",
          SpanSketch("web", "get", 0...10, [SpanSketch("a", "x", -5 ... -3), SpanSketch("a", "y", -2...1)]))
      ])
    #expect(topology.outline("web.get") == "call a-x | work | call a-y | work")
    #expect(topology.workMedians("web.get") == [1, 4])
  }
}
