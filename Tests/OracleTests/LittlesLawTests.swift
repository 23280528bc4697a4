import Engine
import Testing

/// J. D. C. Little, Operations Research 9 (1961), in the form that holds for every sample path that begins and ends
/// empty: the integral of the number present is the sum of the times spent, whoever's they are and however they ended.
@Suite struct `Little's law` {
  @Test func `holds exactly for every service, with zombies, refusals and crashes`() throws {
    let outcomes = try Experiment(
      """
      model: little
      workloads:
        viewers:
          arrivals: piecewise(0s=40/s 90s=0/s)
          call: front.play
          timeout: 400ms
          retry: {attempts: 3, backoff: 50ms, jitter: full}
      services:
        front:
          replicas: 2
          pool: {threads: 8, queue: 10}
          dependencies: {left: {call: left.serve, timeout: 200ms}, right: {call: right.serve}}
          endpoints: {play: [work: exponential(mean=20ms), together: [left, right], work: 5ms]}
        left:
          pool: {threads: 5, queue: unbounded}
          endpoints: {serve: [work: lognormal(mean=80ms cv=1.2)]}
        right:
          replicas: 2
          pool: {threads: 3, queue: 4}
          cores: 1
          failures: {crash: {every: exponential(mean=15s), repair: exponential(mean=2s)}}
          endpoints: {serve: [work: exponential(mean=30ms)]}
      time: {horizon: 200s}
      """, faults: "collection: {at: 40s, for: 3s, inject: pause, target: left}"
    ).replications(3)
    for outcome in outcomes {
      let asked = try outcome.workload("viewers")
      #expect(asked.inFlight == 0 && asked.failed > 0 && asked.success > 0)
      for (service, endpoint) in [("front", "front.play"), ("left", "left.serve"), ("right", "right.serve")] {
        let tally = try outcome.endpoint(endpoint)
        #expect(tally.inFlight == 0)
        let spent = Double(tally.latency.sum + tally.failedLatency.sum) / 1e9
        let present = try outcome.service(service).present * 200
        #expect((present - spent).magnitude <= 1e-9 * spent, "\(service): \(present) s present, \(spent) s spent")
      }
      let reasons = Set(asked.reasons.map(\.reason))
      #expect(reasons.isSuperset(of: [.timeout, .rejected]), "the case is to have all kinds of ends: \(reasons)")
    }
  }

  @Test func `holds exactly for the queue alone`() throws {
    let outcome = try Experiment(
      desk(
        arrivals: "piecewise(0s=4/s 500s=0/s)", work: "exponential(mean=1s)", threads: "5", time: ("0s", "700s"))
    ).replications(1)[0]
    let service = try outcome.service()
    #expect(try outcome.workload().inFlight == 0)
    #expect(service.wait.sum > 0)
    #expect((service.queueMean * 700e9 - Double(service.wait.sum)).magnitude <= 1e-9 * Double(service.wait.sum))
  }
}
