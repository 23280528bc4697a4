import Interchange
import Testing

@Suite struct `The call structure of traces` {
  private func topology(_ traces: Trace...) throws -> ImportedTopology { try ImportedTopology(traces: traces) }

  @Test func `is a sequence where calls follow each other, with the own time between them`() throws {
    let topology = try topology(
      Trace("1", SpanSketch("web", "get", 0...10, [SpanSketch("a", "x", 2...5), SpanSketch("b", "y", 6...8)])))
    #expect(topology.outline("web.get") == "work | call a | work | call b | work")
    #expect(topology.workMedians("web.get") == [2, 1, 2])
    #expect(topology.workMedians("a.x") == [3])
  }

  @Test func `is a fork where calls overlap, and what the longest does not cover is own time`() throws {
    let topology = try topology(
      Trace("1", SpanSketch("web", "get", 0...10, [SpanSketch("a", "x", 2...6), SpanSketch("b", "y", 3...9)])))
    #expect(topology.outline("web.get") == "work | together a b | work")
    #expect(topology.workMedians("web.get") == [3, 1])
  }

  @Test func `takes an overlap of less than a tenth for an error of clocks`() throws {
    let topology = try topology(
      Trace("1", SpanSketch("web", "get", 0...10, [SpanSketch("a", "x", 0...5.2), SpanSketch("b", "y", 5...10)])))
    #expect(topology.outline("web.get") == "call a | call b")
  }

  @Test func `is a fork if the calls overlap in a quarter of the traces that have both, and not in fewer`() throws {
    func trace(_ id: Int, overlapping: Bool) -> Trace {
      Trace(
        "\(id)",
        SpanSketch(
          "web", "get", 0...10, [SpanSketch("a", "x", 1...4), SpanSketch("b", "y", overlapping ? 2...5 : 5...8)]))
    }
    let quarter = try ImportedTopology(traces: (0..<4).map { trace($0, overlapping: $0 == 0) })
    #expect(quarter.outline("web.get").contains("together a b"))
    let fifth = try ImportedTopology(traces: (0..<5).map { trace($0, overlapping: $0 == 0) })
    #expect(fifth.outline("web.get").contains("call a"))
  }

  @Test func `merges the client's and the server's span, the network being the caller's own time`() throws {
    let topology = try topology(
      Trace(
        "1",
        SpanSketch(
          "web", "get", 0...10,
          [
            SpanSketch(
              "web", "call x", 1...9, kind: .client, [SpanSketch("a", "x", 3...6, kind: .server)])
          ])))
    #expect(topology.outline("web.get") == "work | call a | work")
    #expect(topology.workMedians("web.get") == [3, 4])
  }

  @Test func `tells parallel calls by the clients' spans where the servers' do not overlap`() throws {
    func call(_ service: String, client: ClosedRange<Double>, server: ClosedRange<Double>) -> SpanSketch {
      SpanSketch("web", "call", client, kind: .client, [SpanSketch(service, "x", server, kind: .server)])
    }
    let topology = try topology(
      Trace(
        "1",
        SpanSketch(
          "web", "get", 0...10, [call("a", client: 1...8, server: 2...3), call("b", client: 1...9, server: 5...8)])))
    #expect(topology.outline("web.get") == "work | together a b | work")
  }

  @Test func `counts spans of the same service as own work, in order`() throws {
    let topology = try topology(
      Trace(
        "1",
        SpanSketch(
          "web", "get", 0...10,
          [SpanSketch("web", "parse", 0...3), SpanSketch("a", "x", 4...6), SpanSketch("web", "render", 6...10)])))
    #expect(topology.outline("web.get") == "work | call a | work")
    #expect(topology.workMedians("web.get") == [4, 4])
    #expect(topology.services.map(\.name) == ["a", "web"])
  }

  @Test func `says how likely a call is`() throws {
    let topology = try ImportedTopology(
      traces: (0..<5).map { number in
        Trace("\(number)", SpanSketch("web", "get", 0...10, number < 2 ? [SpanSketch("a", "x", 4...6)] : []))
      })
    #expect(topology.outline("web.get") == "work | call a 40%")
  }

  @Test func `repeats a call that is made several times, each with the share of the runs that had it`() throws {
    func calls(_ count: Int) -> [SpanSketch] {
      (0..<count).map { number in
        let start = Double(2 * number + 1)
        return SpanSketch("a", "x", start...(start + 1))
      }
    }
    let topology = try ImportedTopology(
      traces: [1, 2, 4, 4].enumerated().map { Trace("\($0)", SpanSketch("web", "get", 0...10, calls($1))) })
    #expect(topology.outline("web.get") == "work | call a | work | call a 75% | call get-branch 50%")
    #expect(topology.outline("web.get-branch") == "call a | call a")
  }

  @Test func `folds calls beyond the 32nd into own time, with a note`() throws {
    let calls = (0..<40).map { number in
      let start = Double(number)
      return SpanSketch("a", "x", start...(start + 0.5))
    }
    let topology = try topology(Trace("1", SpanSketch("web", "get", 0...40, calls)))
    #expect(topology.endpoint("web.get")?.steps.count { $0.action == .call("a") } == 32)
    // 32 gaps and 8 whole calls: 40 - 32 x 0.5.
    #expect(abs(topology.workMedians("web.get").reduce(0, +) - 24) < 0.01)
    #expect(topology.notes.contains { $0.contains("8 calls beyond 32 of") })
  }

  @Test func `makes a parallel call that only some runs have a branch of its own`() throws {
    let topology = try ImportedTopology(
      traces: (0..<4).map { number in
        let always = SpanSketch("a", "x", 2...6)
        return Trace(
          "\(number)",
          SpanSketch("web", "get", 0...10, number == 0 ? [always, SpanSketch("b", "y", 2...5)] : [always]))
      })
    #expect(topology.outline("web.get") == "work | together a get-branch | work")
    #expect(topology.outline("web.get-branch") == "call b 25%")
  }

  @Test func `keeps calls together that the same runs have: a miss in a cache is read and then stored`() throws {
    let topology = try ImportedTopology(
      traces: (0..<5).map { number in
        let lookup = SpanSketch("cache", "get", 1...2)
        let miss = [SpanSketch("db", "find", 2...6), SpanSketch("cache", "set", 6...7)]
        return Trace("\(number)", SpanSketch("web", "get", 0...8, number < 3 ? [lookup] + miss : [lookup]))
      })
    #expect(topology.outline("web.get") == "work | call cache-get | work | call get-branch 60%")
    #expect(topology.outline("web.get-branch") == "call db | call cache-set")
  }

  @Test func `has work with a probability where some runs have no own time`() throws {
    let topology = try ImportedTopology(
      traces: (0..<4).map { number in
        Trace("\(number)", SpanSketch("web", "get", 0...(number == 0 ? 5 : 4), [SpanSketch("a", "x", 0...4)]))
      })
    #expect(topology.outline("web.get") == "call a | work 25%")
  }

  @Test func `has no cycle of endpoints where operations call themselves or each other`() throws {
    let recursion = try topology(
      Trace(
        "1",
        SpanSketch(
          "a", "walk", 0...9, kind: .server,
          [SpanSketch("a", "walk", 1...8, kind: .server, [SpanSketch("a", "walk", 2...7, kind: .server)])])))
    #expect(recursion.outline("a.walk") == "work | call a-walk-nested-1 | work")
    #expect(recursion.outline("a.walk-nested-1") == "work | call a-walk-nested-2 | work")
    #expect(recursion.service("a")?.endpoints.map(\.name) == ["walk", "walk-nested-1", "walk-nested-2"])

    let mutual = try topology(
      Trace("1", SpanSketch("a", "x", 0...4, [SpanSketch("b", "y", 1...3)])),
      Trace("2", SpanSketch("b", "y", 0...4, [SpanSketch("a", "x", 1...3)])))
    #expect(mutual.service("a")?.dependencies.map(\.target.description) == ["b.y-nested-1"])
    #expect(mutual.service("b")?.dependencies.map(\.target.description) == ["a.x-nested-1"])
    #expect(mutual.outline("a.x-nested-1") == "work")
  }

  @Test func `infers a database from the client's span alone`() throws {
    let topology = try topology(
      Trace(
        "1", SpanSketch("web", "get", 0...10, [SpanSketch("web", "SELECT", 2...7, kind: .client, peer: "mysql")])))
    #expect(topology.outline("web.get") == "work | call mysql | work")
    #expect(topology.service("mysql")?.isInferred == true)
    #expect(topology.workMedians("mysql.SELECT") == [5])
  }

  @Test func `counts the hosts of a service as its replicas`() throws {
    let topology = try topology(
      Trace("1", SpanSketch("web", "get", 0...1, host: "web-1")),
      Trace("2", SpanSketch("web", "get", 0...1, host: "web-2")))
    #expect(topology.service("web")?.replicas == 2)
    #expect(topology.service("web")?.areReplicasAssumed == false)
  }
}
