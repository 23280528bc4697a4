import Model
import Sampling

/// The scalars of streaming, as a JSON Schema sees them.
extension ScalarShape {
  static let bitrate = ScalarShape(
    name: "bitrate", expectation: "a bit rate such as `5Mbps`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.bitrate)$")])

  static let byteCount = ScalarShape(
    name: "size", expectation: "a size such as `4TB` or `512KB`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.size)$")])

  static let cacheSize = ScalarShape(
    name: "cacheSize", expectation: "a size such as `4TB`, or `unlimited`",
    schema: ["type": "string", "pattern": .string("^(\(Pattern.size)|unlimited)$")])

  static let price = ScalarShape(
    name: "price", expectation: "a price such as `0.02 USD/GB`",
    schema: ["type": "string", "pattern": .string("^\(Pattern.number) +[A-Z]{3}/(GB|TB)$")])

  static let bandwidth = ScalarShape(
    name: "bandwidth",
    expectation: "a bit rate such as `5Mbps`, a distribution of them such as `lognormal(mean=22Mbps cv=0.8)`, or a "
      + "recorded network, `trace(fcc.json)`",
    schema: [
      "description": .string(Meaning.bandwidth), "type": "string",
      "pattern": .string(
        "^\(Pattern.bitrate)$|^(trace|\(DistributionName.allCases.map(\.rawValue).joined(separator: "|")))\\(.*\\)$"),
    ])

  static let watch = ScalarShape(
    name: "watch", expectation: "a duration, a distribution such as `lognormal(p50=24min p99=3h)`, or `all`",
    schema: [
      "type": "string",
      "pattern": .string(
        "^all$|^\(Pattern.duration)$|^(\(DistributionName.allCases.map(\.rawValue).joined(separator: "|")))\\(.*\\)$"),
    ])

  static let popularity = ScalarShape(
    name: "popularity", expectation: "a popularity such as `zipf(0.9)`",
    schema: ["type": "string", "pattern": .string("^zipf\\( *\(Pattern.number) *\\)$")])

  static let recordedLadder = ScalarShape(
    name: "recordedLadder", expectation: "a list of bit rates, or a recorded title, `recorded(bbb.json)`",
    schema: ["description": .string(Meaning.recordedLadder), "type": "string", "pattern": "^recorded\\(.*\\)$"])

  static let segmentSizes = ScalarShape(
    name: "segmentSizes", expectation: "`constant`, or `variable(cv=25%)`",
    schema: ["type": "string", "pattern": .string("^constant$|^variable\\( *cv=\(Pattern.number)%? *\\)$")])

  static let rule = ScalarShape(
    name: "rule", expectation: "a rule such as `if error-ratio > 5% then 0 else 1`",
    schema: ["type": ["string", "number"]])

  /// A policy of steering that names CDNs.
  static func steeringPolicy(_ name: String, example: String) -> ScalarShape {
    ScalarShape(
      name: nil, expectation: "CDNs such as `\(example)`",
      schema: ["type": "string", "pattern": .string("^\(name)\\(.*\\)$")])
  }
}

extension Pattern {
  static let bitrate = "\(number)(\(UnitFamily.bitrate.names.joined(separator: "|")))"
  static let size = "\(number)(\(UnitFamily.size.names.joined(separator: "|")))"
}

extension Meaning {
  static let bandwidth = """
    Bits per second of one viewer's network, drawn once a session: a bit rate, or a distribution with bit rates for its \
    parameters. Or `trace(file.json)`: a JSON list of periods `{"duration_ms": 1000, "bandwidth_kbps": 1500, \
    "latency_ms": 100}`, which repeats, from a place in it that is drawn for each session, or from a stated one, \
    `trace(file.json start=0s)`.
    """

  static let recordedLadder = """
    One recorded title, of which all titles are copies: JSON with `segment_duration_ms`, `bitrates_kbps` and \
    `segment_sizes_bits`, a list of sizes for each segment. It gives the segment and the duration too.
    """
}

extension ValueKind where Value == Bitrate {
  static var bitrate: ValueKind { .scalar(.bitrate) { phrase, decoding in decoding.bitrate(phrase) } }
}

extension ValueKind where Value == ByteCount {
  static var byteCount: ValueKind { .scalar(.byteCount) { phrase, decoding in decoding.byteCount(phrase) } }
}

extension ValueKind where Value == Bool {
  static var yesOrNo: ValueKind {
    .scalar(.word(["yes", "no"], what: "yes or no")) { phrase, decoding in
      switch phrase.text {
      case "yes": return true
      case "no": return false
      default:
        decoding.report(
          .unknownWord, at: phrase.location, "`\(phrase.text)` is neither `yes` nor `no`")
        return nil
      }
    }
  }
}

extension ValueKind where Value == String {
  /// A region that is declared.
  static var regionName: ValueKind {
    .scalar(.name) { phrase, decoding in
      if decoding.names.regions[phrase.text] != nil { return phrase.text }
      decoding.reportUnknownRegion(phrase)
      return nil
    }
  }
}

extension ValueKind where Value == Popularity {
  /// `zipf(0.9)`.
  static var popularity: ValueKind {
    .scalar(.popularity) { phrase, decoding in
      guard phrase.text.hasPrefix("zipf") else {
        decoding.report(
          .badExpression, at: phrase.location, "`\(phrase.text)` is not a popularity",
          suggestion: "expected one such as `zipf(0.9)`")
        return nil
      }
      guard let call = CallExpression(phrase, decoding),
        let (value, _) = call.single("its exponent, as in `zipf(0.9)`", decoding),
        let exponent = decoding.number(value)
      else { return nil }
      if (0...10).contains(exponent) { return .zipf(exponent) }
      decoding.report(.badParameter, at: value.location, "the exponent is from 0, where all are alike, to 10")
      return nil
    }
  }
}
