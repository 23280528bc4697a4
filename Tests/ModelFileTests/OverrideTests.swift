import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `An override` {
  @Test func `sets a value that the file gives`() throws {
    #expect(try model(vod, set: ["services.edge-api.replicas=20"]).service("edge-api").replicas == 20)
  }

  @Test func `sets a value that the file leaves to its default`() throws {
    #expect(try model(vod, set: ["services.entitlement.cores=2"]).service("entitlement").cores == 2)
  }

  @Test func `takes a whole value in YAML's flow style`() throws {
    let model = try model(vod, set: ["services.entitlement.pool={threads: 3, queue: unbounded}"])
    #expect(try model.service("entitlement").pool == Pool(threads: 3, queue: .unbounded))
  }

  @Test func `reaches every name by a star`() throws {
    let model = try model(vod, set: ["services.*.dependencies.*.bulkhead=none", "services.*.replicas=1"])
    #expect(model.services.allSatisfy { $0.replicas == 1 })
    #expect(model.services.flatMap(\.dependencies).allSatisfy { $0.bulkhead == nil && $0.breaker != nil })
  }

  @Test func `of a dependency goes before its policy`() throws {
    let history = try model(vod, set: ["services.edge-api.dependencies.history.timeout=9s"])
      .service("edge-api").dependency("history")
    #expect(history.timeout == .seconds(9))
  }

  @Test func `reaches into what a dependency adopts, and leaves the others alone`() throws {
    let edge = try model(vod, set: ["services.edge-api.dependencies.history.bulkhead.threads=3"]).service("edge-api")
    #expect(try edge.dependency("history").bulkhead == .threads(3, queue: .bounded(5)))
    #expect(try edge.dependency("entitlement").bulkhead == .threads(10, queue: .bounded(5)))
  }

  @Test(arguments: [false, true])
  func `of a policy is inherited, whatever the order`(turned: Bool) throws {
    let overrides = [
      "services.edge-api.dependencies.history.bulkhead.threads=3", "policies.paved-road.bulkhead.queue=9",
    ]
    let edge = try model(vod, set: turned ? overrides.reversed() : overrides).service("edge-api")
    #expect(try edge.dependency("history").bulkhead == .threads(3, queue: .bounded(9)))
    #expect(try edge.dependency("entitlement").bulkhead == .threads(10, queue: .bounded(9)))
  }

  @Test func `can choose another policy, or none`() throws {
    let edge = try model(vod, set: ["services.edge-api.dependencies.*.policy=none"]).service("edge-api")
    #expect(try edge.dependency("entitlement").timeout == nil)
    #expect(try edge.dependency("history").timeout == .seconds(2))
  }

  @Test func `can switch on what was off`() throws {
    let model = try model(vod, set: ["workloads.viewers.retry.attempts=5"])
    #expect(try model.workload("viewers").call.retry?.attempts == 5)
    #expect(try model.workload("browsing").call.retry == nil)
  }

  @Test func `finds a step by its number, or by a key that it alone has`() throws {
    let model = try model(
      vod,
      set: [
        "services.viewing-history.endpoints.list.work=7ms", "services.edge-api.endpoints.play.2.work=4ms",
        "services.edge-api.endpoints.home.call=entitlement",
      ])
    #expect(
      try model.service("viewing-history").endpoint("list").steps == [Step(.work(try .constant(seconds: 0.007)))])
    #expect(
      try model.service("edge-api").endpoint("play").steps.last == Step(.work(try .constant(seconds: 0.004))))
    #expect(
      try model.service("edge-api").endpoint("home").steps.last
        == Step(.call("entitlement"), probability: Probability(0.4)))
  }

  @Test(arguments: [
    ("services.edge-api.replicas", DiagnosticID.badPath), ("=3", .badPath), ("services.edge-api.replicas=", .badPath),
    ("services.edge-api.replicas=[", .notYAML), ("services.edge-api.endpoints.play.work=1ms", .badPath),
    ("services.edge-api.endpoints.play.7.work=1ms", .badPath), ("services.edge-api.*=1", .badPath),
    ("servces.edge-api.replicas=1", .badPath), ("services.edge-api.pool.threads.x=1", .badPath),
    ("operations.telemetry=8", .notSupportedYet), ("services.*.dependencies.nobody.timeout=1s", .noMatch),
    ("services.edge-api.dependencies.history.bulkhead.size=1", .badPath),
  ])
  func `that names nothing is refused with exactly one reason`(text: String, id: DiagnosticID) {
    #expect(errors(in: vod, set: [text]).map(\.id) == [id])
  }

  @Test func `that makes the model invalid is blamed itself`() {
    let found = errors(in: vod, set: ["services.edge-api.dependencies.history.call=viewing-history.lst"])
    #expect(
      found.first?.rendered == """
        --set services.edge-api.dependencies.history.call=viewing-history.lst: error: `viewing-history` has no endpoint \
        `lst` [unknown-endpoint]
        1 | services.edge-api.dependencies.history.call=viewing-history.lst
          |                                                             ^^^ did you mean `list`?
        """)
  }
}
