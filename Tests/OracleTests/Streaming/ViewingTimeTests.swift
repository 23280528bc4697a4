import Engine
import Model
import Testing

/// The times of a session in the terms of CTA-2066, "Streaming quality of experience events, properties and metrics".
@Suite struct `The time of a viewer` {
  /// CTA-2066's worked example: 60 s of media, 10 s of stalling and 30 s of pause are 70 s of watching, of which 10/70
  /// are stalled.
  ///
  /// Twenty segments of 3 s and 3 Mbit come in 0.75 s each. The tenth is there at 7.5 s, the buffer then has no room
  /// for more before 8.75 s, and from 8 s to 40 s nothing comes: the 30 s that were fetched are played from 0.75 s to
  /// 30.75 s, and the eleventh is there at 40.75 s. Then 10 s of media are left before the pause.
  @Test func `is played, stalled or paused`() throws {
    let network = [(8, 4000), (32, 0), (1000, 4000)].map { seconds, kbps in
      "{\"duration_ms\": \(seconds * 1000), \"bandwidth_kbps\": \(kbps), \"latency_ms\": 0}"
    }
    let (outcome, records) = try Broadcast(
      """
      model: pause
      time: {horizon: 200s}
      catalog: {titles: 1, popularity: zipf(0), duration: 60s, ladder: [1Mbps], segment: 3s}
      players:
        viewer:
          {like: basic, bandwidth: trace(network.json start=0s), pauses: {every: 40s, lasting: 30s}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns: {alpha: {edge: {sites: 1, cache: {size: unlimited}, latency: 0ms}, origin: origin.segment}}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      files: plays(at: [5]).merging(["network.json": "[\(network.joined(separator: ", "))]"]) { $1 }
    ).told()
    let sessions = try outcome.sessions()
    #expect(sessions.playedNanoseconds == ms(60_000))
    #expect(sessions.stalledNanoseconds == ms(10_000))
    #expect(sessions.pausedNanoseconds == ms(30_000))
    #expect(sessions.watchedNanoseconds == ms(70_000))
    #expect(sessions.startupNanoseconds == ms(750))
    let times = records.events.filter { $0.kind != .segment }.map { ($0.kind, $0.time - ms(5000)) }
    let expected: [(PlayerEvent.Kind, Int64)] = [
      (.attempt, 0), (.start, ms(750)), (.stall, ms(30_750)), (.resume, ms(40_750)), (.pause, ms(50_750)),
      (.unpause, ms(80_750)), (.end, ms(100_750)),
    ]
    #expect(times.elementsEqual(expected, by: ==), "\(times)")
  }
}
