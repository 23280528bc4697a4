import Sampling

/// Fingerprints of many replications, combined in their order.
public enum Fingerprint {
  static let start: UInt64 = 0x7261_7463_6865_7431

  static func combine(_ a: UInt64, _ b: UInt64) -> UInt64 {
    DrawKey.mix(a &* 0x9E37_79B9_7F4A_7C15 ^ b)
  }

  /// As 16 hexadecimal digits.
  public static func text(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
