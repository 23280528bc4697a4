import Engine
import Foundation
import Testing

@testable import Interchange

/// Keys, events and states of CTA-5004-B (CMCD version 2), as Table 1 and the sections on `e` and `sta` have them, that
/// a player of ours may send; all custom keys carry a hyphenated prefix, as the standard asks.
private let standardKeys: Set<String> = [
  "bl", "br", "bs", "bsd", "cdn", "cid", "d", "e", "ec", "h", "msd", "mtp", "ot", "rc", "sf", "sid", "sn", "st", "sta",
  "su", "ts", "ttfb", "ttlb", "url", "v",
]

@Suite struct `Lines of a player` {
  private typealias Fixture = TelemetryFixture

  /// A start, a stall, a switch and an end.
  private static let story = [
    Fixture.event(.attempt, at: 1_000_000_000, cdn: -1, segment: -1, rendition: -1),
    Fixture.delivery(.miss),
    Fixture.event(
      .segment, at: 2_500_000_000, buffer: 4_000_000_000, throughput: 24_340_000, request: Fixture.request),
    Fixture.event(.start, at: 2_500_000_000, buffer: 4_000_000_000, throughput: 24_340_000),
    Fixture.event(.stall, at: 6_500_000_000),
    Fixture.event(.cdnChange, at: 7_000_000_000, cdn: 1),
    Fixture.event(.bitrateChange, at: 7_500_000_000, cdn: 1, rendition: 0),
    Fixture.event(.resume, at: 8_750_000_000, cdn: 1),
    Fixture.event(.error, at: 9_000_000_000, cdn: 1, request: 0xC0, status: 503),
    Fixture.event(.error, at: 9_500_000_000, cdn: 1, request: 0xC1),
    Fixture.event(.end, at: 12_000_000_000, cdn: 1),
  ]

  @Test func `have CMCD's keys, and the value of each`() {
    let lines = Fixture.lines(Self.story, of: .playerEvents)
    // 19:00 of 1970-01-01 is 68,400,000 ms after the epoch. Buffer and throughput are rounded to 100 ms and 100 kbps,
    // as the standard asks.
    #expect(
      lines[1] == #"{"bl":4000,"br":3000,"cdn":"alpha","cid":"title-17","d":4000,"e":"rr","mtp":24300,"ot":"v","#
        + #""ratchet-cohort":"tv","ratchet-event":"segment","ratchet-request":"00000000000000a1","#
        + #""ratchet-segment":3,"ratchet-trace":"\#(Fixture.trace)","rc":200,"sf":"h","sid":"\#(Fixture.sid)","sn":1,"#
        + #""st":"v","sta":"s","su":true,"ts":68402000,"ttfb":82,"ttlb":500,"#
        + #""url":"https://alpha.example/title-17/1/3","v":2}"#)
    #expect(
      lines[0] == #"{"bl":0,"cid":"title-17","e":"ps","ratchet-cohort":"tv","ratchet-event":"attempt","#
        + #""ratchet-trace":"\#(Fixture.sessionTrace)","sf":"h","#
        + #""sid":"\#(Fixture.sid)","sn":0,"st":"v","sta":"s","ts":68401000,"v":2}"#)
  }

  @Test func `use no other keys, and carry those that each event requires`() throws {
    for line in try Fixture.objects(Self.story, of: .playerEvents) {
      let keys = try #require(line.allKeys as? [String])
      #expect(keys.allSatisfy { standardKeys.contains($0) || $0.hasPrefix("ratchet-") })
      #expect(Set(keys).isSuperset(of: ["e", "ts", "v", "sid"]), "required of every event")
      let required = ["ps": "sta", "bc": "br", "h": "h", "e": "ec", "rr": "url"]
      let event = try #require(line["e"] as? String)
      #expect(keys.contains(try #require(required[event])))
    }
  }

  @Test func `write keys in alphabetical order`() {
    for line in Fixture.lines(Self.story, of: .playerEvents) {
      let keys = line.split(separator: ",").compactMap { $0.split(separator: ":").first }
        .map { $0.trimmingCharacters(in: ["{", "\""]) }
      #expect(keys == keys.sorted())
    }
  }

  @Test func `tell the state after each event, and how long starting and stalling took`() throws {
    let lines = try Fixture.objects(Self.story, of: .playerEvents)
    #expect(lines.map { $0["e"] as? String } == ["ps", "rr", "ps", "ps", "h", "bc", "ps", "e", "e", "ps"])
    #expect(lines.map { $0["sta"] as? String } == ["s", "s", "p", "r", "r", "r", "p", "p", "p", "e"])
    #expect(lines.compactMap { $0["sn"] as? Int } == Array(0..<10))
    #expect(Self.known("msd", lines) == [2: 1500])
    #expect(Self.known("bsd", lines) == [6: 2250])
    #expect(Self.known("bs", lines) == [3: 1])
    #expect(lines[4]["h"] as? String == "beta.example")
    #expect(lines[7]["ec"] as? [String] == ["503"])
    #expect(lines[8]["ec"] as? [String] == ["timeout"])
  }

  @Test func `tell a connection that failed from a timeout, and write no number below zero`() throws {
    let records = [
      Fixture.event(.attempt, at: 0), Fixture.delivery(.error, firstByte: -1, status: -1),
      Fixture.event(.error, at: 1, request: Fixture.request, status: -1), Fixture.event(.error, at: 2),
      Fixture.event(.segment, at: 3, request: Fixture.request),
      Fixture.event(.playbackFailure, at: 4, status: -1),
    ]
    let lines = try Fixture.objects(records, of: .playerEvents)
    #expect(lines.map { $0["ec"] as? [String] } == [nil, ["connect"], ["timeout"], nil, ["connect"]])
    for line in lines {
      for value in line.allValues.compactMap({ $0 as? NSNumber }) { #expect(value.doubleValue >= 0) }
    }
  }

  /// The lines that have a key, and its value.
  private static func known(_ key: String, _ lines: [NSDictionary]) -> [Int: Int] {
    var values: [Int: Int] = [:]
    for (place, line) in lines.enumerated() {
      if let value = line[key] as? NSNumber { values[place] = value.intValue }
    }
    return values
  }

  @Test(arguments: [
    (PlayerEvent.Kind.startFailure, "f"), (.exitBeforeStart, "q"), (.end, "e"), (.abandonment, "q"),
    (.playbackFailure, "f"), (.pause, "a"), (.unpause, "p"),
  ])
  func `name the states as the standard does`(kind: PlayerEvent.Kind, state: String) throws {
    let line = try Fixture.objects([Fixture.event(kind, at: 0)], of: .playerEvents)[0]
    #expect(line["e"] as? String == "ps")
    #expect(line["sta"] as? String == state)
  }

  @Test func `give a response no times that are not known`() throws {
    let other = Fixture.event(.segment, at: 3_000_000_000, request: 0xFF)
    let records = [Fixture.event(.attempt, at: 0), Fixture.delivery(.hit), other]
    let line = try Fixture.objects(records, of: .playerEvents)[1]
    #expect(line["ttfb"] == nil)
    #expect(line["ttlb"] == nil)
    #expect(line["ratchet-trace"] == nil)
    #expect(line["ts"] as? Int == 68_403_000)
  }

  @Test func `forget a session when it is over`() {
    var sessions = PlayerSessions()
    for record in Self.story {
      if case .player(let event) = record { _ = sessions.advance(event) }
      if case .delivery(let line) = record { sessions.note(line) }
    }
    #expect(sessions.count == 0)
  }
}
