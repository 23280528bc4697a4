/// Lines under construction.
struct TelemetryText {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func append(_ number: Int64) { append(String(number)) }
  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// A string of JSON (RFC 8259, section 7).
  mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x10: append("\\u000" + String(byte, radix: 16))
      case 0x10..<0x20: append("\\u00" + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A number of nanoseconds as seconds with three decimals, rounded.
  mutating func appendSeconds(_ nanoseconds: Int64) {
    let milliseconds = (nanoseconds + 500_000) / 1_000_000
    append(milliseconds / 1000)
    let decimals = String(milliseconds % 1000)
    append("." + String(repeating: "0", count: 3 - decimals.count) + decimals)
  }

  /// An object of JSON on a line of its own, its members in the order in which they are given.
  mutating func appendObject(_ members: (inout Members) -> Void) {
    var object = Members(text: self)
    self = TelemetryText()
    members(&object)
    self = object.text
    append(object.isEmpty ? "{}" : "}")
    endLine()
  }

  struct Members {
    fileprivate var text: TelemetryText
    fileprivate var isEmpty = true

    private mutating func key(_ key: String) {
      text.append(isEmpty ? "{" : ",")
      isEmpty = false
      text.quote(key)
      text.append(":")
    }

    /// Nothing is written for what is not known.
    mutating func string(_ name: String, _ value: String?) {
      guard let value else { return }
      key(name)
      text.quote(value)
    }

    mutating func strings(_ name: String, _ values: [String]) {
      if values.isEmpty { return }
      key(name)
      for (place, value) in values.enumerated() {
        text.append(place == 0 ? "[" : ",")
        text.quote(value)
      }
      text.append("]")
    }

    mutating func number(_ name: String, _ value: Int64?) {
      guard let value else { return }
      key(name)
      text.append(value)
    }

    /// CMCD sends a flag only where it is set.
    mutating func flag(_ name: String, _ isSet: Bool) {
      if !isSet { return }
      key(name)
      text.append("true")
    }
  }
}
