import Engine
import Model
import Testing

/// The HorizontalPodAutoscaler with constant times: every number follows from the arrivals and from the rules of
/// kubernetes/pkg/controller/podautoscaler (replica_calculator.go and horizontal.go).
///
/// Mutations: no cautious ratio; no whole percent; the stabilisation one evaluation longer or shorter.
@Suite struct `An autoscaler` {
  private func scaler(
    _ signal: Autoscaling.Signal = .threads, target: Double = 0.5, to maximum: Int = 20, boot ms: Double = 40_000
  ) -> Autoscaling {
    Autoscaling(signal: signal, target: Probability(target), minimum: 1, maximum: maximum, boot: fixed(ms: ms))
  }

  /// Calls of 100 ms at replicas of five threads or five cores.
  private func system(
    _ scaler: Autoscaling, replicas: Int, arrivals: Arrivals = .constant(Rate(perSecond: 100)), seconds: Double
  ) -> TinySystem {
    let (threads, cores) = scaler.signal == .cpu ? (1000, 5) : (5, nil)
    return TinySystem(
      workloads: [Workload(name: "viewers", arrivals: arrivals, call: dependency("desk.serve"))],
      services: [
        service(
          "desk", threads: threads, queue: .unbounded, replicas: replicas, autoscaling: scaler, cores: cores, work(100))
      ], warmup: 0, horizon: seconds * 1000)
  }

  /// The number of replicas in each bin of 10 s.
  private func replicas(_ system: TinySystem) -> [Double] {
    system.run(checkingInvariants: false).timeline.services[0].replicas ?? []
  }

  /// Ten of ten threads are in use. At 15 s: 99% / 50% x 2 asks for 4, ready at 55 s, and counted as idle until then. At
  /// 60 s they were in use for 5 s of 15 only: 66% / 50% x 4 asks for 6, ready at 100 s. From then on 10 of 30 threads
  /// are: 4 would do, but 6 were asked for until 90 s, and 5 at 105 s. Each wish lasts for 300 s.
  @Test(arguments: [Autoscaling.Signal.threads, .cpu]) func `grows by the ratio, and shrinks by it later`(
    signal: Autoscaling.Signal
  ) {
    let seen = replicas(system(scaler(signal), replicas: 2, seconds: 500))
    let expected: [Double] =
      [Double](repeating: 2, count: 5) + [3] + [Double](repeating: 4, count: 4) + [Double](repeating: 6, count: 29)
      + [5, 4.5] + [Double](repeating: 4, count: 9)
    #expect(seen == expected)
  }

  /// A hundred threads are wanted: 1, then 4 more, then twice as many every 15 s.
  @Test func `grows by the larger of four replicas and all of them again`() {
    let system = system(
      scaler(target: 0.1, to: 50, boot: 0), replicas: 1, arrivals: .constant(Rate(perSecond: 1000)), seconds: 100)
    #expect(replicas(system) == [1, 3, 5, 10, 15, 20, 40, 45, 50, 50])
  }

  /// The last wish for four replicas is that of 300 s, which no longer counts at 600 s.
  @Test func `shrinks at once when the stabilisation is over`() {
    let busy = (1...30_000).map { SimulationTime(nanoseconds: $0 * 10_000_000) }
    let seen = replicas(system(scaler(), replicas: 4, arrivals: .replay(busy), seconds: 700))
    #expect(seen == [Double](repeating: 4, count: 60) + [Double](repeating: 1, count: 10))
  }

  @Test func `finishes what a replica has that is taken away`() {
    let arrivals = (1...4).map { SimulationTime(nanoseconds: 599_950_000_000 + $0) }
    let outcome = system(scaler(), replicas: 4, arrivals: .replay(arrivals), seconds: 610).run()
    #expect(outcome[workload: "viewers"].counts == "4 = 4 success")
    #expect(outcome[workload: "viewers"].latency.max == 100_000_000)
  }

  /// Replicas that an autoscaler keeps out are neither up nor idle: 1 of 20 is there, always idle.
  @Test func `averages over the replicas that take calls`() {
    let outcome = system(scaler(), replicas: 1, arrivals: .replay([]), seconds: 100).run()
    let desk = outcome[service: "desk"]
    #expect(desk.replicas == 1)
    #expect(desk.up == 1 && desk.idle == 1 && desk.utilisation == 0)
  }
}
