import Engine
import Foundation
import Testing

@testable import Interchange

@Suite struct `Lines of a CDN's log` {
  private typealias Fixture = TelemetryFixture

  @Test func `have the fields of CloudFront's real-time logs in their order`() {
    // Amazon CloudFront Developer Guide, "Use real-time access logs": 46 general fields, 18 of CMCD, and later ones.
    let fields = DeliveryLog.fields
    #expect(fields[..<5] == ["timestamp", "c-ip", "s-ip", "time-to-first-byte", "sc-status"])
    #expect(fields[11...14] == ["x-edge-location", "x-edge-request-id", "x-host-header", "time-taken"])
    #expect(fields[20...21] == ["cs-uri-query", "x-edge-response-result-type"])
    #expect(fields[25] == "x-edge-result-type")
    #expect(fields[33] == "x-edge-detailed-result-type")
    #expect(fields[43...46] == ["origin-fbl", "origin-lbl", "asn", "cmcd-encoded-bitrate"])
    #expect(fields[63...64] == ["cmcd-version", "r-host"])
    #expect(fields[68...] == ["connection-id", "x-trace-id"])
    #expect(Set(fields).count == 70)
    #expect(DeliveryLog.header.hasPrefix("#Version: 1.0\n#Fields: timestamp c-ip s-ip "))
    #expect(DeliveryLog.header.hasSuffix(" connection-id x-trace-id\n"))
  }

  @Test func `have the value of each field that is known`() throws {
    let fields = try Fixture.fields(Fixture.delivery(.miss))
    let query =
      "CMCD=br%3D%283000%3Bv%29%2Ccid%3D%22title-17%22%2Cd%3D4000%2Cot%3Dv%2Csf%3Dh%2Csid%3D%22\(Fixture.sid)%22"
      + "%2Cst%3Dv%2Ctb%3D%283000%3Bv%29%2Cv%3D2"
    let known = [
      "timestamp": "68402.500", "time-to-first-byte": "0.082", "sc-status": "200", "sc-bytes": "1500000",
      "cs-method": "GET", "cs-host": "alpha.example", "cs-uri-stem": "/title-17/1/3?" + query,
      "x-edge-location": "alpha-7", "x-edge-request-id": "00000000000000a1", "x-host-header": "alpha.example",
      "time-taken": "0.500", "cs-uri-query": query, "x-edge-response-result-type": "Miss",
      "x-edge-result-type": "Miss", "x-edge-detailed-result-type": "Miss", "cmcd-encoded-bitrate": "3000",
      "cmcd-content-id": "title-17", "cmcd-object-duration": "4000", "cmcd-object-type": "v",
      "cmcd-streaming-format": "h", "cmcd-session-id": Fixture.sid, "cmcd-stream-type": "v",
      "cmcd-top-bitrate": "3000", "cmcd-version": "2", "x-trace-id": Fixture.trace,
    ]
    #expect(fields.filter { $0.value != "-" } == known)
    #expect(
      query.removingPercentEncoding
        == "CMCD=br=(3000;v),cid=\"title-17\",d=4000,ot=v,sf=h,sid=\"\(Fixture.sid)\",st=v,tb=(3000;v),v=2")
  }

  @Test(arguments: [
    (DeliveryLine.Result.hit, 0, ["Hit", "Hit", "Hit"]), (.staleHit, 0, ["RefreshHit", "RefreshHit", "RefreshHit"]),
    (.collapsed, 9, ["Miss", "Miss", "Miss"]), (.shieldHit, 9, ["Miss", "OriginShieldHit", "OriginShieldHit"]),
    (.miss, 9, ["Miss", "Miss", "Miss"]), (.negativeHit, 0, ["Error", "Error", "Error"]),
    (.error, 9, ["Error", "Error", "Error"]), (.clientGone, 0, ["Hit", "Error", "ClientCommError"]),
    (.clientGone, 9, ["Miss", "Error", "ClientCommError"]),
  ])
  func `name results as CloudFront does`(result: DeliveryLine.Result, trace: Int, types: [String]) throws {
    let fields = try Fixture.fields(Fixture.delivery(result, trace: UInt64(trace)))
    let names = ["x-edge-response-result-type", "x-edge-result-type", "x-edge-detailed-result-type"]
    #expect(names.map { fields[$0] } == types)
    #expect((fields["x-trace-id"] == "-") == (trace == 0))
  }

  @Test func `tell of a player that left before the first byte`() throws {
    let fields = try Fixture.fields(Fixture.delivery(.clientGone, firstByte: -1, status: 0))
    #expect(fields["sc-status"] == "000")
    #expect(fields["time-to-first-byte"] == "-")
    #expect(fields["time-taken"] == "0.500")
  }

  /// Without an answer CloudFront logs 000; a connection that failed has no number below that.
  @Test func `tell of a connection that failed without a status`() throws {
    let fields = try Fixture.fields(Fixture.delivery(.error, firstByte: -1, status: -1))
    #expect(fields["sc-status"] == "000")
    #expect(fields.values.allSatisfy { !$0.hasPrefix("-") || $0 == "-" })
  }

  @Test func `know no bit rate of a live manifest, and no format of a player of several`() throws {
    let fields = try Fixture.fields(Fixture.delivery(.hit, isManifest: true, isLive: true, cohort: 0))
    #expect(fields["cs-uri-stem"]?.hasPrefix("/channel-1/manifest?CMCD=cid%3D%22channel-1%22%2Cot%3Dm%2Csid") == true)
    #expect(fields["cmcd-object-type"] == "m")
    #expect(fields["cmcd-stream-type"] == "l")
    for name in ["cmcd-encoded-bitrate", "cmcd-object-duration", "cmcd-top-bitrate", "cmcd-streaming-format"] {
      #expect(fields[name] == "-")
    }
  }
}
