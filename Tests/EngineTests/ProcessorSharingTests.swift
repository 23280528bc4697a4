import Engine
import Model
import Sampling
import Testing

/// Work that shares the replica's cores: every job runs at min(1, cores / jobs) of the full speed.
///
/// Mutations: a share that ignores the cores; completions in the order of arrival; virtual time
/// that goes on at the old pace after a job has come or gone; a pause that lets shared work run.
@Suite struct `Processor sharing` {
  /// When each request that arrives at a time ends, in nanoseconds since its arrival.
  private func times(
    cores: Int, _ jobs: [(at: Double, work: Double)], faults: [Fault] = [], horizon: Double = 19_999
  ) -> [Int64] {
    let names = jobs.indices.map { "job-\($0)" }
    let outcome = TinySystem(
      workloads: zip(names, jobs).map { asks($0, "desk.\($0)", at: $1.at) },
      services: [
        service(
          "desk", cores: cores,
          endpoints: zip(names, jobs).map { name, job in Endpoint(name: name, steps: [Step(work(job.work))]) })
      ], faults: faults, horizon: horizon
    ).run()
    return names.map { Int64(outcome[workload: $0].latency.sum) }
  }

  private let second: Int64 = 1_000_000_000

  @Test func `leaves a job alone where there is a core for each`() {
    #expect(times(cores: 2, [(10_000, 1000), (10_000, 700)]) == [second, 700_000_000])
  }

  @Test func `gives two jobs on one core half of it each`() {
    #expect(times(cores: 1, [(10_000, 1000), (10_000, 1000)]) == [2 * second, 2 * second])
  }

  @Test func `goes on faster once a job has gone`() {
    // Both have done 0.5 s at 1 s; the longer one goes on alone: 0.5 + 1.5 = 2.
    #expect(times(cores: 1, [(10_000, 500), (10_000, 1500)]) == [second, 2 * second])
  }

  @Test func `goes on more slowly once a job has come`() {
    // Alone until 0.5 s; the rest of both, 0.5 s and 1 s: the first ends at 1.5 s, the second has 0.5 s left then.
    #expect(times(cores: 1, [(10_000, 1000), (10_500, 1000)]) == [1_500_000_000, 1_500_000_000])
  }

  @Test func `of four jobs on two cores gives each a half`() {
    #expect(
      times(cores: 2, [(10_000, 1000), (10_000, 1000), (10_000, 2000), (10_000, 3000)]) == [
        2 * second, 2 * second,
        // Two are left at 2 s, with a core each.
        3 * second, 4 * second,
      ])
  }

  @Test func `rounds a third up to the nanosecond`() {
    let thirds = times(cores: 2, [(10_000, 1000), (10_000, 1000), (10_000, 1000)])
    for time in thirds { #expect(time == 1_500_000_000) }
    let long = times(cores: 1, [(10_000, 1000), (10_000, 1000), (10_000, 1000)])
    for time in long { #expect(time == 3 * second) }
    // An odd number of nanoseconds on half a core each ends between two ticks.
    #expect(times(cores: 1, [(10_000, 0.000_001), (10_000, 0.000_002)]) == [2, 3])
    #expect(times(cores: 2, [(10_000, 0.000_001), (10_000, 0.000_001), (10_000, 0.000_001)]) == [2, 2, 2])
  }

  @Test func `ends equal jobs in the order in which they came`() {
    let names = ["a", "b", "c"]
    let outcome = TinySystem(
      workloads: names.map { asks($0, "front.serve", at: 1000) },
      services: [
        service("front", cores: 1, calls: [dependency("desk.serve")], work(100), .call("desk")),
        service("desk", threads: 1, queue: .unbounded, work(10)),
      ]
    ).run()
    #expect(names.map { outcome[workload: $0].latency.sum / 10_000_000 } == [31, 32, 33])
  }

  @Test func `slows all jobs down`() {
    // Half done at 1 s; a quarter of the speed from there on: 1 + 4 x 1.
    #expect(
      times(
        cores: 1, [(10_000, 1000), (10_000, 1000)],
        faults: [fault(slow(to: 0.25), on: .service("desk"), at: 11_000, for: 8000)]) == [5 * second, 5 * second])
  }

  @Test func `stands still in a pause`() {
    #expect(
      times(
        cores: 1, [(10_000, 1000), (10_000, 1000), (11_500, 100), (11_500, 100)],
        faults: [fault(.pause, on: .service("desk"), at: 11_000, for: 1000)]) == [
          // At 12 s two have 0.5 s to go and two 0.1 s: these end 0.4 s later, the former 0.8 s after that.
          3_200_000_000, 3_200_000_000, 900_000_000, 900_000_000,
        ])
  }

  @Test func `ignores threads that do not work`() {
    // While "front" waits for its callee it leaves the core to the other.
    let outcome = TinySystem(
      workloads: [asks("a", "front.serve", at: 10_000), asks("b", "front.work", at: 10_000)],
      services: [
        service(
          "front", cores: 1, calls: [dependency("desk.serve")],
          endpoints: [
            Endpoint(name: "serve", steps: [Step(.call("desk")), Step(work(1000))]),
            Endpoint(name: "work", steps: [Step(work(1000))]),
          ]),
        service("desk", work(600)),
      ], horizon: 19_999
    ).run()
    // "b" alone for 0.6 s; then both: 0.4 s are left of b, so that it ends at 1.4 s and "a" at 2 s.
    #expect(outcome.story("b") == "success after 1400 ms")
    #expect(outcome.story("a") == "success after 2000 ms")
  }

  /// M/G/1-PS: the mean time in system is E[S] / (1 - rho), whatever the distribution. L. Kleinrock, Queueing Systems
  /// vol. 2, 4.4. At rho = 0.5 and E[S] = 10 ms: 20 ms.
  @Test(arguments: ["exponential", "constant", "hyperexponential"])
  func `is insensitive to the distribution of the work`(name: String) throws {
    let law: Distribution =
      switch name {
      case "exponential": exponential(meanMs: 10)
      case "constant": fixed(ms: 10)
      // 90% of 5 ms and 10% of 55 ms.
      default: try .mixture([(0.9, fixed(ms: 5)), (0.1, fixed(ms: 55))])
      }
    let system = TinySystem(
      workloads: [Workload(name: "viewers", arrivals: .poisson(Rate(perSecond: 50)), call: dependency("desk.serve"))],
      services: [service("desk", cores: 1, .work(law))], warmup: 5000, horizon: 65_000)
    var simulation = Simulation(system.program)
    let means = try (0..<10).map { replication in
      try #require(simulation.replicated(seed: 7, replication: replication)[workload: "viewers"].latency.mean)
    }
    let mean = means.reduce(0, +) / 10
    let deviation = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9).squareRoot()
    // Student's t with nine degrees of freedom: a false alarm in 1,000.
    #expect((mean - 0.020).magnitude < 4.781 * deviation / 10.0.squareRoot())
    #expect(deviation / mean < 0.1)
  }
}
