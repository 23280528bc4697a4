import Model

/// Units that are multiples of the smallest of them.
struct UnitFamily: Sendable {
  /// What a number with such a unit is, for a message.
  let what: String
  let example: String
  /// From the smallest to the largest.
  let units: [(name: String, size: Double)]
  /// What people write for a unit elsewhere, in small letters.
  let likely: [String: String]
  /// The most of the smallest unit.
  let limit: Double
  let limitText: String

  /// Bits per second.
  static let bitrate = UnitFamily(
    what: "a bit rate", example: "5Mbps",
    units: [("bps", 1), ("kbps", 1e3), ("Mbps", 1e6), ("Gbps", 1e9), ("Tbps", 1e12)],
    likely: [
      "b/s": "bps", "bit/s": "bps", "kb/s": "kbps", "kbit/s": "kbps", "mb/s": "Mbps", "mbit/s": "Mbps",
      "gb/s": "Gbps", "gbit/s": "Gbps", "tb/s": "Tbps", "k": "kbps", "m": "Mbps", "g": "Gbps",
    ],
    limit: 1e18, limitText: "a million Tbps")

  /// Bytes, by powers of ten and, with an `i`, by powers of two.
  static let size = UnitFamily(
    what: "a size", example: "4TB",
    units: [
      ("B", 1), ("KB", 1e3), ("kB", 1e3), ("KiB", 0x1p10), ("MB", 1e6), ("MiB", 0x1p20), ("GB", 1e9), ("GiB", 0x1p30),
      ("TB", 1e12), ("TiB", 0x1p40), ("PB", 1e15), ("PiB", 0x1p50),
    ],
    likely: ["byte": "B", "bytes": "B", "k": "KB", "m": "MB", "g": "GB", "t": "TB"],
    limit: 1e18, limitText: "a thousand PB")

  var names: [String] { units.map(\.name) }

  func size(of unit: String) -> Double? { units.first { $0.name == unit }?.size }

  /// The unit that was probably meant.
  func unit(likely text: some StringProtocol) -> String? {
    let text = text.lowercased()
    return units.first { $0.name.lowercased() == text }?.name ?? likely[text]
  }
}

extension Decoding {
  /// A bit rate in bits per second, zero or more.
  func bitsPerSecond(_ phrase: Phrase) -> Double? { quantity(phrase, in: .bitrate) }

  /// A bit rate above zero, to the nearest bit per second.
  func bitrate(_ phrase: Phrase) -> Bitrate? {
    guard let value = bitsPerSecond(phrase) else { return nil }
    let bits = Int64(value.rounded())
    if bits > 0 { return Bitrate(bitsPerSecond: bits) }
    report(.outOfRange, at: phrase.location, "this bit rate has to be above zero")
    return nil
  }

  /// A size, to the nearest byte.
  func byteCount(_ phrase: Phrase) -> ByteCount? {
    quantity(phrase, in: .size).map { ByteCount(bytes: Int64($0.rounded())) }
  }

  /// A number of the smallest unit, zero or more.
  private func quantity(_ phrase: Phrase, in family: UnitFamily) -> Double? {
    guard let quantity = Quantity(phrase) else {
      report(
        .notANumber, at: phrase.location, "`\(phrase.text)` is not \(family.what)",
        suggestion: "expected a number and a unit, such as `\(family.example)`")
      return nil
    }
    let (digits, unit) = (quantity.numberPhrase.text, quantity.unit.text)
    guard let size = family.size(of: unit) else {
      if unit.isEmpty {
        report(
          .missingUnit, at: quantity.numberPhrase.location, "\(family.what) needs a unit",
          suggestion: "which unit? such as `\(family.example)`")
      } else {
        let likely = family.unit(likely: unit.drop { $0 == " " })
        report(
          .wrongUnit, at: quantity.unit.location, "`\(unit)` is not a unit of \(family.what)",
          suggestion: likely.map { "did you mean `\(digits)\($0)`?" } ?? "expected \(alternatives(family.names))")
      }
      return nil
    }
    guard quantity.number >= 0 else {
      report(.outOfRange, at: phrase.location, "`\(phrase.text)` is negative")
      return nil
    }
    guard quantity.number * size <= family.limit else {
      report(.outOfRange, at: phrase.location, "`\(phrase.text)` is more than \(family.limitText)")
      return nil
    }
    return quantity.number * size
  }
}

/// Money for what is delivered.
struct PriceText: Sendable {
  let perGB: Double
  let currency: String
}

extension Decoding {
  /// A price of 10^9 bytes, written `0.02 USD/GB`.
  func price(_ phrase: Phrase) -> PriceText? {
    let words = phrase.words
    guard words.count == 2, let quantity = Quantity(words[0]), quantity.unit.text.isEmpty else {
      report(
        .notANumber, at: phrase.location, "`\(phrase.text)` is not a price",
        suggestion: "expected one such as `0.02 USD/GB`")
      return nil
    }
    let parts = words[1].split(on: "/")
    let isCurrency = parts[0].text.count == 3 && parts[0].text.allSatisfy { $0.isASCII && $0.isUppercase }
    guard parts.count == 2, isCurrency, ["GB", "TB"].contains(parts[1].text) else {
      report(
        .wrongUnit, at: words[1].location, "`\(words[1].text)` is not a unit of a price",
        suggestion: "expected a currency for a GB or a TB, such as `USD/GB`")
      return nil
    }
    guard quantity.number >= 0, quantity.number.isFinite else {
      report(.outOfRange, at: words[0].location, "a price is zero or more")
      return nil
    }
    return PriceText(
      perGB: parts[1].text == "TB" ? quantity.number / 1000 : quantity.number, currency: parts[0].text)
  }
}
