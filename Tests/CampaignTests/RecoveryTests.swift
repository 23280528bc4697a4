import Engine
import Model
import Testing

@testable import Campaign

/// Each character is a bin of 10 s: `o` nine tenths available, `x` none, `-` nothing ended, `.` all available.
private func timeline(_ picture: String) -> Timeline {
  Build.timeline(
    "viewers",
    bins: picture.map { character in
      switch character {
      case ".": 1
      case "o": 0.9
      case "x": 0
      default: Double.nan
      }
    })
}

private func recovery(
  _ run: String, twin: String, faultEnd seconds: Int64, warmup: Int64 = 0, lastBin: Int64 = 10
) -> RecoveryTime? {
  let horizon = Int64(run.count - 1) * 10 + lastBin
  let after = run.dropFirst(Int(seconds / 10))
  return RecoveryTime(
    of: "viewers", after: after.isEmpty ? [] : [aftermath(String(after), from: seconds)], twin: timeline(twin),
    time: TimeFrame(warmup: .seconds(warmup), horizon: .seconds(horizon), start: .zero))
}

private func aftermath(_ picture: String, from seconds: Int64) -> Aftermath {
  Aftermath(
    workload: "viewers", from: .zero + .seconds(seconds),
    arrivals: picture.map { $0 == " " ? 0 : 10 }, ended: picture.map { $0 == "-" || $0 == " " ? 0 : 10 },
    failed: picture.map { $0 == "x" ? 10 : $0 == "o" ? 1 : 0 })
}

@Suite struct `Recovery` {
  @Test func `ends where three bins in a row lie in the twin's band`() {
    // The fault ends at 40 s; bins 4 and 5 are bad, 6 is good alone, 8 to 10 are good in a row.
    let time = recovery("..xxxx.x....", twin: "............", faultEnd: 40)
    #expect(time?.duration == .seconds(40))
    #expect(time?.isCensored == false)
  }

  @Test func `does not count what was good before the fault ended`() {
    #expect(recovery("....xx...x...", twin: ".............", faultEnd: 70)?.duration == .seconds(30))
  }

  @Test func `is immediate where the first bin after the fault is good`() {
    #expect(recovery("..xx....", twin: "........", faultEnd: 40)?.duration == .zero)
  }

  /// The few that ended of requests that arrived shortly before the horizon are those that were lucky.
  @Test func `is not told by a few lucky ones among many that have not ended`() {
    func time(_ ended: Int) -> RecoveryTime? {
      let aftermath = Aftermath(
        workload: "viewers", from: .zero + .seconds(40), arrivals: Array(repeating: 10, count: 8),
        ended: Array(repeating: 10, count: 4) + Array(repeating: ended, count: 4),
        failed: Array(repeating: 10, count: 4) + Array(repeating: 0, count: 4))
      return RecoveryTime(
        of: "viewers", after: [aftermath], twin: timeline("............"),
        time: TimeFrame(warmup: .zero, horizon: .seconds(120), start: .zero))
    }
    #expect(time(4)?.isCensored == true)
    #expect(time(5)?.isCensored == false && time(5)?.duration == .seconds(40))
  }

  @Test func `is that of the fault after which it took longest`() {
    func longest(_ first: String, _ second: String) -> RecoveryTime? {
      RecoveryTime(
        of: "viewers", after: [aftermath(first, from: 20), aftermath(second, from: 60)], twin: timeline("............"),
        time: TimeFrame(warmup: .zero, horizon: .seconds(120), start: .zero))
    }
    #expect(longest("xxx.......", "......")?.duration == .seconds(30))
    #expect(longest("..........", "xx....")?.duration == .seconds(20))
    #expect(longest("xxx.......", "xxxx..")?.isCensored == true)
    // What is known of the second is 0 s, and of the first 30 s: so it took 30 s at least.
    let open = longest("xxx.......", "..")
    #expect(open?.isCensored == true && open?.duration == .seconds(30))
  }

  /// Calls of 50 ms against a timeout of 100 ms, which a latency of 60 ms exceeds only while it lasts.
  @Test(arguments: [60_000, 60_050, 61_000, 69_900] as [Int64])
  func `is immediate wherever in the timeline's bins the fault ends`(milliseconds: Int64) throws {
    let call = Dependency(
      name: "call", target: EndpointPath(service: "api", endpoint: "get"), timeout: .milliseconds(100))
    let model = SystemModel(
      name: "m", time: TimeFrame(warmup: .zero, horizon: .seconds(300), start: .zero),
      workloads: [Workload(name: "viewers", arrivals: .constant(Rate(perSecond: 50)), call: call)],
      services: [
        Service(
          name: "api", pool: Pool(threads: 100, queue: .bounded(0)),
          endpoints: [Endpoint(name: "get", steps: [Step(.work(try .constant(seconds: 0.05)))])])
      ])
    let fault = Fault(
      name: "slow", at: .seconds(60), duration: .milliseconds(milliseconds),
      effect: .latency(LatencyFault(add: try .constant(seconds: 0.06), factor: 1)), target: .service("api"),
      scope: .everything, salt: nil)
    let scenario = Scenario(name: "s", faults: [fault], expectations: [], confidence: 0.95)
    var run = Simulation(Program(model: model, scenario: scenario, windows: [.run], measuringRecovery: true))
    var twin = Simulation(Program(model: model, scenario: nil, windows: [.run]))
    let (broken, calm) = (run.run(seed: 1, replication: 0), twin.run(seed: 1, replication: 0))
    let outcome = try #require(broken)
    let recovery = try RecoveryTime(
      of: "viewers", after: outcome.aftermaths, twin: #require(calm).timeline, time: model.time)
    #expect(outcome.workloads[0].windows[0].failed > 2_900)
    #expect(recovery?.duration == .zero)
    #expect(recovery?.isCensored == false)
  }

  @Test func `is censored at the horizon where it does not come`() {
    let time = recovery("..xxxx.x.x..", twin: "............", faultEnd: 40)
    #expect(time?.isCensored == true)
    // The two good bins at the end may be its beginning, the six before can't.
    #expect(time?.duration == .seconds(60))
  }

  @Test func `is not known to have taken any time where nothing but good bins came before the horizon`() {
    let time = recovery("..xx..", twin: "......", faultEnd: 40)
    #expect(time?.isCensored == true)
    #expect(time?.duration == .zero)
    // Of the last bin nothing has ended by the horizon.
    #expect(recovery("..xx.-", twin: "......", faultEnd: 40)?.duration == .zero)
    #expect(recovery("..xx.x", twin: "......", faultEnd: 40, lastBin: 5)?.duration == .seconds(15))
  }

  @Test func `needs three bins, the last of which may be cut by the horizon`() {
    #expect(recovery("..xxx...", twin: "........", faultEnd: 40, lastBin: 5)?.duration == .seconds(10))
    #expect(recovery("..xxxx..", twin: "........", faultEnd: 40)?.isCensored == true)
  }

  /// A quiet workload that nothing has happened to would otherwise take for ever to recover.
  @Test func `leaves out bins in which nobody asked`() {
    #expect(recovery("..xx . . . ", twin: "...........", faultEnd: 40)?.duration == .zero)
    #expect(recovery("..xxx  .  ..", twin: "............", faultEnd: 40)?.duration == .seconds(10))
  }

  @Test func `does not take a bin in which nothing ended for a good one`() {
    #expect(recovery("..xx.-....", twin: "..........", faultEnd: 40)?.duration == .seconds(20))
  }

  @Test func `takes the 2.5th percentile of the twin's bins for the band's edge`() {
    // One bin of 40 at 90%: rank ceil(0.025 x 40) = 1 is that bin, so 90% is in the band.
    let forty = "o" + String(repeating: ".", count: 39)
    #expect(recovery("..xxoooo....", twin: forty, faultEnd: 40)?.duration == .zero)
    // Of 41 bins the rank is 2, an available one: 90% is below the band.
    #expect(recovery("..xxoooo....", twin: forty + ".", faultEnd: 40)?.duration == .seconds(40))
  }

  @Test func `leaves the twin's warm-up out of the band`() {
    // With the warm-up's bad bins the edge would be 0, and the run would never have left the band.
    let twin = "xx" + String(repeating: ".", count: 10)
    #expect(recovery("..xxxx......", twin: twin, faultEnd: 40, warmup: 20)?.duration == .seconds(20))
  }

  @Test func `is not told where the fault lasts to the horizon or the twin is silent`() {
    #expect(recovery("..xx", twin: "....", faultEnd: 40) == nil)
    #expect(recovery("..xx....", twin: "--------", faultEnd: 40) == nil)
  }
}
