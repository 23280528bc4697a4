import Engine

/// What a player tells a CDN with a request: the URL, and in its query CMCD in request mode, version 2 (CTA-5004-B).
struct LoggedRequest: Hashable {
  let host: String
  let path: String
  /// `CMCD=` and the keys with their values, percent-encoded.
  let query: String
  let content: String
  let session: String
  /// `v` video, `m` manifest.
  let objectType: String
  /// `v` on demand, `l` live.
  let streamType: String
  /// nil where the player plays several formats.
  let streamingFormat: String?
  /// Of a segment, in kbps and milliseconds; the highest in the ladder.
  let bitrate: String?
  let topBitrate: String?
  let duration: String?

  init(_ line: DeliveryLine, _ names: TelemetryNames) {
    host = names.host(line.cdn)
    content = names.content(line.title, isLive: line.isLive)
    session = TelemetryIdentifiers.uuid(session: line.session)
    let type = line.isManifest ? "m" : "v"
    objectType = type
    streamType = line.isLive ? "l" : "v"
    streamingFormat = names.cohorts[Int(line.cohort)].streamingFormat
    bitrate = line.isManifest ? nil : names.bitrate(line.rendition).map { String($0) }
    topBitrate = line.isManifest ? nil : names.bitrates.max().map { String($0) }
    duration = line.isManifest ? nil : String(names.segmentDuration)
    path =
      line.isManifest
      ? names.manifestPath(content)
      : names.path(content, segment: line.segment, rendition: line.rendition)
    let keys = [
      bitrate.map { "br=(\($0);\(type))" }, "cid=\"\(content)\"", duration.map { "d=\($0)" },
      "ot=\(type)", streamingFormat.map { "sf=\($0)" }, "sid=\"\(session)\"", "st=\(streamType)",
      topBitrate.map { "tb=(\($0);\(type))" }, "v=2",
    ]
    query = "CMCD=" + Self.percentEncoded(keys.compactMap(\.self).joined(separator: ","))
  }

  /// Every byte but the unreserved ones of RFC 3986, section 2.3.
  static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.append(byte)
      default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
