import Engine
import Model
import Testing

/// Sessions that a surge adds, and those that all end at once.
@Suite struct `A crowd` {
  private func broadcast(
    _ arrivals: String, fault: String? = nil, catalog: String = Self.onDemand, after: String = "",
    horizon: String = "40s",
    files: [String: String] = [:], windows: [Window] = [.run]
  ) throws -> Broadcast {
    try Broadcast(
      """
      model: crowd
      time: {horizon: \(horizon)}
      catalog: {\(catalog), ladder: [1Mbps], segment: 2s}
      players:
        phone: {share: 25%, like: basic, bandwidth: lognormal(mean=20Mbps cv=0.5), latency: 20ms}
        tv: {share: 75%, like: basic, bandwidth: lognormal(mean=50Mbps cv=0.5), latency: 20ms}
      sessions:
        arrivals: \(arrivals)
        start: [segment]
        \(after.isEmpty ? "" : "after: \(after)")
        dependencies: {\(after.isEmpty ? "" : "home: {call: home.page}")}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 5ms}, origin: origin.segment}}
      services:
        origin: {pool: {threads: unbounded}, endpoints: {segment: []}}
        home: {pool: {threads: unbounded}, endpoints: {page: [work: 1ms]}}
      """, faults: fault, files: files, windows: windows)
  }

  private static let onDemand = "titles: 5, popularity: zipf(1), duration: 4s"

  // MARK: A surge

  /// Mutations: a surge that moves the base sessions; one of a cohort that adds others.
  @Test(arguments: ["sessions", "phone"]) func `is added to those who come anyway`(target: String) throws {
    let windows = [Window.run, Window(.between(.seconds(10), .seconds(20)))]
    let calm = try broadcast("poisson(40/s)", windows: windows)
    let surged = try broadcast(
      "poisson(40/s)", fault: "rush: {at: 10s, for: 10s, inject: surge, factor: x3, target: \(target)}",
      windows: windows)
    let (base, more) = (try calm.replications(1)[0], try surged.replications(1)[0])
    let added = try more.sessions().attempts - base.sessions().attempts
    let isAll = target == "sessions"
    // 80 a second for 10 s, or a quarter of it: five standard deviations of a Poisson count.
    #expect(isAll ? (659...941).contains(added) : (130...270).contains(added))
    #expect(try more.sessions(window: 1).attempts - base.sessions(window: 1).attempts == added)
    let tv = try more.workload("tv").arrivals - base.workload("tv").arrivals
    #expect(isAll ? tv > 450 : tv == 0)
    // Nothing is shared but a cache whose misses take no time, so that nobody else's session differs.
    func events(_ records: [TelemetryRecord]) -> [PlayerEvent] {
      records.events.sorted { ($0.session, $0.time) < ($1.session, $1.time) }
    }
    let (before, after) = (try calm.told().records, try surged.told().records)
    let known = Set(before.events.map(\.session))
    let same = after.filter { record in
      if case .player(let event) = record { known.contains(event.session) } else { false }
    }
    #expect(events(same) == events(before) && !known.isEmpty)
  }

  /// Of a replay x2 adds each recorded arrival once more.
  @Test func `of recorded arrivals comes with each of them`() throws {
    let outcome = try broadcast(
      replayed, fault: "rush: {at: 5s, for: 10s, inject: surge, factor: x2, target: sessions}",
      files: plays(at: [1, 6, 7, 14, 20])
    ).replications(1)[0]
    #expect(try outcome.sessions().attempts == 8)
  }

  /// From 10 a second to 30 within 10 s: 10 more a second on average; the other cohort stays as it is.
  @Test func `of a cohort grows`() throws {
    func counts(_ fault: String?) throws -> [Int] {
      let outcome = try broadcast("poisson(40/s)", fault: fault).replications(1)[0]
      return [try outcome.workload("phone").arrivals, try outcome.workload("tv").arrivals]
    }
    let calm = try counts(nil)
    let rush = "rush: {at: 10s, for: 20s, inject: surge, factor: from x1 to x3 over 10s, target: phone}"
    let surged = try counts(rush)
    // 100 in the first half and 200 in the second: five standard deviations of a Poisson count.
    #expect((213...387).contains(surged[0] - calm[0]) && surged[1] == calm[1])
  }

  // MARK: The end of an event

  private static let event = "live: {ends: {at: 20s}}"
  private static let slow = "live: {ends: {at: 20s, staying: uniform(min=1s max=3s)}}"

  /// Everybody at 20 s, to the nanosecond, and half of them ask for the home page then; who comes later stays.
  @Test func `leaves when the event is over`() throws {
    let count = 400
    let times = (0..<count).map { 5 + Double($0) / 100 } + [25]
    let (outcome, records) = try broadcast(
      replayed, catalog: Self.event, after: "{calls: [home], probability: 50%}", files: plays(at: times)
    ).told()
    let ends = records.events.filter { $0.kind == .end }.map(\.time)
    #expect(ends == Array(repeating: 20_000_000_000, count: count))
    let asked = records.compactMap { record -> Span? in if case .span(let span) = record { span } else { nil } }
      .filter { $0.began >= 20_000_000_000 && $0.began < 21_000_000_000 && $0.endpoint == 0 }
    let calls = try outcome.endpoint("home.page").arrivals
    expectShare("pages", calls, of: count, is: 0.5, precision: 0.25)
    #expect(asked.count == calls && asked.allSatisfy { $0.began == 20_000_000_000 && $0.ended == 20_001_000_000 })
    // A page's trace is that of its session.
    #expect(Set(asked.map(\.trace)).isSubset(of: Set(records.events.map(\.session))))
    let sessions = try outcome.sessions()
    #expect(sessions.ended == count && sessions.starts == count + 1)
  }

  /// Each stays on for a time of its own.
  @Test func `leaves within the time that people stay on`() throws {
    let times = (0..<400).map { 5 + Double($0) / 100 }
    let records = try broadcast(replayed, catalog: Self.slow, files: plays(at: times)).told().records
    let stays = records.events.filter { $0.kind == .end }.map { Double($0.time) / 1e9 - 20 }
    #expect(stays.count == 400 && stays.allSatisfy { $0 >= 1 && $0 <= 3 } && stays == stays.sorted())
    // Uniform: of variance 2² / 12.
    expectNormal("staying", stays.reduce(0, +) / 400, is: 2, error: (4.0 / 12 / 400).squareRoot(), precision: 0.1)
  }

  /// A stalled viewer leaves too, one who waits for the first picture is an exit before start, and one who watches on
  /// demand stays.
  @Test func `leaves whatever the player is doing`() throws {
    let dead = "dead: {at: 10s, for: 25s, inject: hang, target: alpha}"
    let outcome = try broadcast(
      replayed, fault: dead, catalog: Self.event, after: "{calls: [home]}", files: plays(at: [5, 15])
    ).told().outcome
    let sessions = try outcome.sessions()
    #expect(sessions.ended == 1 && sessions.exitsBeforeStart == 1 && sessions.stalls == 1)
    #expect(sessions.stalledNanoseconds > 3_000_000_000)
    // The one without a play does not go back to a page.
    #expect(try outcome.endpoint("home.page").arrivals == 1)
    let other = try broadcast(
      "poisson(20/s)", catalog: Self.onDemand + ", live: {share: 50%, ends: {at: 20s}}"
    ).told().records.events
    let demand = other.filter { !$0.isLive && $0.kind == .end }
    #expect(demand.count > 100 && demand.contains { $0.time != 20_000_000_000 })
    #expect(other.filter { $0.isLive && $0.kind == .end }.allSatisfy { $0.time == 20_000_000_000 })
  }
}
