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
    #expect(line("services.edge-api.endpoints.play.1.together", explanation) == "[entitlement, history] vod.yaml:44")
  }

  @Test func `of a breaker shows the minimum that takes effect`() throws {
    let assumed = try explanation(
      Base.shop.text.replacingFirst("policy: paved-road}", with: "policy: paved-road, breaker: {window: 10 calls}}"))
    let path = "services.web.dependencies.history.breaker.minimum"
    #expect(line(path, assumed) == "10 calls assumed")
    let given = try explanation(
      Base.shop.text.replacingFirst(
        "policy: paved-road}", with: "policy: paved-road, breaker: {window: 10 calls, minimum: 20 calls}}"))
    #expect(line(path, given) == "10 calls vod.yaml:17")
    let inSeconds = try explanation(
      Base.shop.text.replacingFirst("policy: paved-road}", with: "policy: paved-road, breaker: {window: 10s}}"))
    #expect(line(path, inSeconds) == "100 calls assumed")
  }

  @Test func `of a campaign shows its scenario and what each variant sets`() throws {
    let files = Dictionary(uniqueKeysWithValues: Base.allCases.map { ($0.path, $0.text) })
    guard
      case .campaign(let document) = try ModelFile.decode(text: Base.campaign.text, path: "campaign.yaml", files: files)
    else { throw WrongDocument() }
    let explanation = document.explanation
    let bulkhead = "services.web.dependencies.history.bulkhead"
    #expect(line("variants.isolated.set", explanation) == "none assumed")
    #expect(line("variants.shared.set.\(bulkhead)", explanation) == "none set in campaign.yaml:6")
    #expect(line("faults.down.inject", explanation) == "hang outage.yaml:7")
    #expect(line("faults.down.scope", explanation) == "100% assumed")
    #expect(line("expect.plays.during", explanation) == "faults outage.yaml:12")
    #expect(line("confidence", explanation) == "95% assumed")
    #expect(line("scenario.confidence", explanation) == "95% assumed")
    #expect(Set(explanation.entries.map(\.path)).count == explanation.entries.count)
  }

  /// A golden.
  @Test func `of one queue reads so`() throws {
    #expect(
      try explanation(Base.queue.text).rendered == """
        model                                        mm16                  vod.yaml:1
        regions                                      none                  assumed
        policies                                     none                  assumed
        workloads.customers.arrivals                 poisson(14.4/s)       vod.yaml:5
        workloads.customers.devices                  none                  assumed
        workloads.customers.call                     desk.serve            vod.yaml:6
        workloads.customers.policy                   none                  assumed
        workloads.customers.timeout                  none                  assumed
        workloads.customers.deadline                 none                  assumed
        workloads.customers.retry                    none                  assumed
        workloads.customers.breaker                  none                  assumed
        workloads.customers.bulkhead                 none                  assumed
        workloads.customers.fallback                 none                  assumed
        services.desk.stage                          none                  assumed
        services.desk.replicas                       1                     assumed
        services.desk.autoscaling                    none                  assumed
        services.desk.zones                          none                  assumed
        services.desk.pool.threads                   16                    vod.yaml:9
        services.desk.pool.queue                     unbounded             vod.yaml:9
        services.desk.cores                          none                  assumed
        services.desk.style                          blocking              assumed
        services.desk.balancing                      round-robin           assumed
        services.desk.cancellation                   none                  assumed
        services.desk.failures                       none                  assumed
        services.desk.dependencies                   none                  assumed
        services.desk.endpoints.serve.0.work         exponential(mean=1s)  vod.yaml:11
        services.desk.endpoints.serve.0.probability  100%                  assumed
        objectives                                   none                  assumed
        time.warmup                                  500s                  vod.yaml:2
        time.horizon                                 20000s                vod.yaml:2
        time.start                                   00:00                 assumed

        Assumed, where nothing is said:
          objectives = none
          policies = none
          regions = none
          services.*.autoscaling = none                (desk)
          services.*.balancing = round-robin           (desk)
          services.*.cancellation = none               (desk)
          services.*.cores = none                      (desk)
          services.*.dependencies = none               (desk)
          services.*.endpoints.*.*.probability = 100%  (desk.serve.0)
          services.*.failures = none                   (desk)
          services.*.replicas = 1                      (desk)
          services.*.stage = none                      (desk)
          services.*.style = blocking                  (desk)
          services.*.zones = none                      (desk)
          time.start = 00:00
          workloads.*.breaker = none                   (customers)
          workloads.*.bulkhead = none                  (customers)
          workloads.*.deadline = none                  (customers)
          workloads.*.devices = none                   (customers)
          workloads.*.fallback = none                  (customers)
          workloads.*.policy = none                    (customers)
          workloads.*.retry = none                     (customers)
          workloads.*.timeout = none                   (customers)

        Assumed always:
          a crashed replica is taken out of balancing at once
          calls take no network time unless a latency fault says so
          a timeout frees the caller's place in the bulkhead
          the state of breakers, bulkheads and balancers is one per caller replica and dependency

        """)
  }
}
