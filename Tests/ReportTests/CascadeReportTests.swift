import Model
import Testing

@testable import Campaign
@testable import Report

/// Goldens: texts that were read and found right, and graphs that were read against the formats' grammars.
@Suite struct `A cascade in a report` {
  /// A hang that fills a pool, is retried, and turns viewers away.
  private static let cascade = Cascade(
    binWidth: .seconds(1), start: .seconds(20 * 3600),
    roots: [
      Cascade.Root(
        fault: "history \"down\"", effect: "hang", target: "history", targets: ["history"], from: at(180), to: at(360))
    ],
    nodes: [
      node(.service, "history", .poolFull, 181, 361, peak: 1, normal: 0.25, depth: 1),
      node(.edge, "edge -> history", .timeouts, 182, 361, peak: 40, depth: 2),
      node(.edge, "edge -> history", .retries, 182, 361, peak: 81, amplification: 2.95, depth: 3),
      node(.workload, "viewers", .requestsFail, 185, nil, peak: 12, depth: 3),
      node(.service, "desk", .slow, 190, 200, peak: 0.25, normal: 0.1, depth: nil),
    ],
    edges: [
      Cascade.Edge(from: .root(0), to: 0, carrier: "hang", at: at(181), isFirst: true),
      Cascade.Edge(from: .node(0), to: 1, carrier: "waiting", at: at(182), isFirst: true),
      Cascade.Edge(from: .root(0), to: 1, carrier: "hang", at: at(182), isFirst: false),
      Cascade.Edge(from: .node(1), to: 2, carrier: "its own", at: at(182), isFirst: true),
      Cascade.Edge(from: .node(1), to: 3, carrier: "failures", at: at(185), isFirst: true),
    ],
    chains: [
      Cascade.Chain(
        workload: "viewers", reason: .timeout, component: "edge -> history", origin: .fault(nodes: [0], root: 0),
        count: 1500),
      Cascade.Chain(
        workload: "viewers", reason: .rejected, component: "edge", origin: .alsoWithoutFaults, count: 400),
      Cascade.Chain(workload: "viewers", reason: .rejected, component: "edge", origin: .unknown, count: 100),
    ])

  private static func at(_ seconds: Int64) -> SimulationTime { .zero + .seconds(seconds) }

  private static func node(
    _ kind: CascadeComponent.Kind, _ name: String, _ mechanism: CascadeMechanism, _ from: Int64, _ to: Int64?,
    peak: Double, normal: Double = 0, amplification: Double? = nil, depth: Int?
  ) -> Cascade.Node {
    Cascade.Node(
      component: CascadeComponent(kind, 0), name: name, mechanism: mechanism, from: at(from), to: to.map(at),
      departures: 1, peak: peak, normal: normal, amplification: amplification, depth: depth)
  }

  @Test func `is told as text`() {
    let text = TextRenderer(.plain).text(Self.cascade.section)
    #expect(
      text == """

        Cascade  (the first bin of 1.00 s outside the band of the twin, and the first one inside again)
          20:03:00 hang of history → history pool full at 20:03:01 → edge -> history timeouts at 20:03:02 → \
        viewers requests fail at 20:03:05
          20:03:00 hang of history → history pool full at 20:03:01 → edge -> history timeouts at 20:03:02, retries x2.95
            at        what             how            at worst  from                                 until
          faults
            20:03:00  history          hang                     fault history "down"                 20:06:00
          departures
            20:03:01  history          pool full          100%  hang of history                      20:06:01
            20:03:02  edge -> history  timeouts             40  history pool full (waiting)          20:06:01
            20:03:02  edge -> history  retries              81  edge -> history timeouts (its own)   20:06:01
            20:03:05  viewers          requests fail        12  edge -> history timeouts (failures)  never
            20:03:10  desk             slow             250 ms  no way from a fault was found        20:03:20

        Failed requests by chain  (from what the asker saw back to the fault)
          failures  share  chain
             1,500  75.0%  viewers: timeout at edge -> history <- history pool full <- hang of history (fault \
        history "down")
               400  20.0%  viewers: rejected at edge, as without faults
               100   5.0%  viewers: rejected at edge, not explained by the faults

        """)
  }

  @Test func `is drawn for Graphviz`() {
    #expect(
      Self.cascade.dot == #"""
        digraph cascade {
          rankdir=LR;
          node [shape=box];
          f0 [shape=octagon, label="fault history \"down\"\nhang of history\n20:03:00 to 20:06:00"];
          n0 [label="history pool full\n20:03:01 to 20:06:01"];
          n1 [label="edge -> history timeouts\n20:03:02 to 20:06:01"];
          n2 [label="edge -> history retries x2.95\n20:03:02 to 20:06:01"];
          n3 [label="viewers requests fail\n20:03:05 to the end", style=bold];
          n4 [label="desk slow\n20:03:10 to 20:03:20", style=dotted];
          f0 -> n0 [label="hang"];
          n0 -> n1 [label="waiting"];
          f0 -> n1 [label="hang", style=dashed];
          n1 -> n2 [label="its own"];
          n1 -> n3 [label="failures"];
        }

        """#)
  }

  @Test func `is drawn for Mermaid`() {
    #expect(
      Self.cascade.mermaid == """
        flowchart LR
          f0{{"fault history #quot;down#quot;<br/>hang of history<br/>20:03:00 to 20:06:00"}}
          n0["history pool full<br/>20:03:01 to 20:06:01"]
          n1["edge -#gt; history timeouts<br/>20:03:02 to 20:06:01"]
          n2["edge -#gt; history retries x2.95<br/>20:03:02 to 20:06:01"]
          n3["viewers requests fail<br/>20:03:05 to the end"]
          n4["desk slow<br/>20:03:10 to 20:03:20"]
          f0 -->|"hang"| n0
          n0 -->|"waiting"| n1
          f0 -.->|"hang"| n1
          n1 -->|"its own"| n2
          n1 -->|"failures"| n3

        """)
  }

  @Test func `is data whose places are in range`() {
    let json = Self.cascade.json
    func list(_ key: String) -> [JSONValue] {
      guard case .array(let values) = json.members.first(where: { $0.key == key })?.value else { return [] }
      return values
    }
    #expect(list("roots").count == 1 && list("nodes").count == 5 && list("edges").count == 5)
    #expect(
      list("chains").first?.members.map(\.key) == [
        "workload", "reason", "component", "origin", "nodes", "root", "count", "text",
      ])
    #expect(list("nodes")[3].members.first { $0.key == "to" }?.value == .null)
    #expect(list("edges")[2].members.first { $0.key == "from" }?.value == ["root": 0])
  }

  @Test func `leaves out a factor that is none`() {
    let barely = Self.node(.edge, "edge -> history", .retries, 182, 361, peak: 5, amplification: 1.0003, depth: 3)
    #expect(barely.phrase == "edge -> history retries")
  }

  @Test func `has the time of day, fractions and days`() {
    #expect(Self.cascade.clock(Self.at(15_000)) == "00:10:00 +1d")
    #expect(Self.cascade.clock(SimulationTime(nanoseconds: 1_500_000_000)) == "20:00:01.5")
    #expect(Self.cascade.clock(SimulationTime(nanoseconds: 1_025_000_000)) == "20:00:01.025")
  }
}
