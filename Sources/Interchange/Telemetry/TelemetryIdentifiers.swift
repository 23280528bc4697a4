import Sampling

/// Identifiers as the formats want them, each a function of the key of what it names.
///
/// They are the same in every run of the same replication, and keys are distinct but for a chance of about n²/2^65.
enum TelemetryIdentifiers {
  /// A session's UUID of version 8, whose bits are the application's own (RFC 9562, section 5.8): the key, with the
  /// version in four of its bits, and a hash of the key behind it.
  static func uuid(session key: UInt64) -> String {
    let high = key & ~0xF000 | 0x8000
    let low = DrawKey.mix(key) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = hex(high) + hex(low)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { text += "-" }
      text.append(digit)
    }
    return text
  }

  /// 16 digits: of a request, or of a span.
  static func hex(_ key: UInt64) -> String {
    let digits = String(key, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// 32 digits, of which the second half is the id of the request at the trace's root.
  static func trace(_ key: UInt64) -> String { hex(DrawKey.mix(key)) + hex(key) }
}
