import Interchange
import Testing

@Suite(.enabled(if: SharedCorpus.isPresent, "../shared/corpus/traces is absent: nothing to import"))
struct `The traces of DeathStarBench` {
  let topology: ImportedTopology

  init() throws {
    topology = try ImportedTopology(traces: JaegerTraces.read(SharedCorpus.deathStarBench))
  }

  @Test func `yield all spans, services and endpoints, and nothing to complain of`() {
    #expect(topology.traceCount == 20)
    #expect(topology.spanCount == 660)
    #expect(topology.services.count == 12)
    #expect(topology.services.map(\.endpoints.count) == Array(repeating: 1, count: 12))
    #expect(topology.notes.isEmpty)
  }

  // The structure is that of socialNetwork/src/ComposePostService/ComposePostHandler.h: text, creator, media and unique
  // id are started with std::async and awaited; then the post and both timelines are written one after another.
  @Test func `show what compose-post calls at once and what in turn`() {
    #expect(
      topology.outline("compose-post-service.compose-post-server")
        == "work | together media-service text-service unique-id-service user-service"
        + " | work | call post-storage-service | work | call user-timeline-service | work | call home-timeline-service | work"
    )
    #expect(
      topology.outline("text-service.compose-text-server")
        == "work | together url-shorten-service user-mention-service | work")
    #expect(
      topology.outline("home-timeline-service.write-home-timeline-server") == "work | call social-graph-service | work")
  }

  @Test func `have the rate of the requests, not of the 20% that were sampled`() throws {
    let workload = try #require(topology.workloads.first)
    // 19 intervals in 1.851 s, each trace standing for five requests.
    #expect(abs(workload.rate.perSecond - 19 / 1.851 / 0.2) < 0.05)
    #expect(!workload.isRateAssumed)
  }

  @Test func `agree with the imported model in every endpoint's median within 20%, if nothing queues`() {
    let sampler = ReferenceSampler(topology)
    for service in topology.services {
      for endpoint in service.endpoints {
        guard case .traced(_, _, let traced) = endpoint.origin else { continue }
        let simulated = sampler.median(of: .init(service: service.name, endpoint: endpoint.name))
        #expect(abs(simulated / traced - 1) < 0.2, "\(service.name).\(endpoint.name)")
      }
    }
  }

  // The requirement on the importer: medians within 20%, side by side.
  @Test func `agree with the engine's run of the imported model in the end-to-end medians within 20%`() throws {
    let run = try SimulatedImport(topology)
    for traced in topology.medians {
      let tally = try #require(run.tally(traced.workload))
      let simulated = try #require(tally.latency.quantile(0.5))
      print(
        "\(traced.workload): traced median \(traced.seconds * 1e3) ms of \(traced.traces),",
        "simulated \(simulated * 1e3) ms of \(tally.ended)")
      #expect(tally.ended > 1_000)
      #expect(tally.failed == 0)
      #expect(abs(simulated / traced.seconds - 1) < 0.2)
    }
  }
}
