import Model

/// The renditions of a catalog, stated or recorded.
enum Ladder: Sendable {
  case stated([Bitrate])
  case recorded(TitleRecording)

  var bitrates: [Bitrate] {
    switch self {
    case .stated(let bitrates): bitrates
    case .recorded(let recording): recording.ladder
    }
  }
}

extension ValueKind where Value == Ladder {
  /// A rising list of bit rates, or `recorded(bbb.json)`.
  static var ladder: ValueKind { .either(list: .risingBitrates, else: .recordedLadder) }

  private static var risingBitrates: ValueKind {
    let list = ValueKind<[Bitrate]>.list(.bitrate, isEmptyAllowed: false)
    return ValueKind(shape: list.shape) { node, decoding in
      guard let bitrates = list.decode(node, decoding) else { return nil }
      for (index, (last, next)) in zip(bitrates, bitrates.dropFirst()).enumerated() where next <= last {
        decoding.report(
          .ladderNotRising, at: node.items?[index + 1].location ?? node.location,
          "the ladder has to rise, and this is not above the one before it")
        return nil
      }
      return .stated(bitrates)
    }
  }

  private static var recordedLadder: ValueKind {
    .scalar(.recordedLadder) { phrase, decoding in
      guard phrase.text.hasPrefix("recorded") else {
        decoding.report(
          .badExpression, at: phrase.location, "`\(phrase.text)` is not a ladder",
          suggestion: "expected \(ScalarShape.recordedLadder.expectation)")
        return nil
      }
      guard let call = CallExpression(phrase, decoding),
        let (path, _) = call.single("the path of a JSON file, as in `recorded(bbb.json)`", decoding),
        let recording = decoding.recordedTitle(path)
      else { return nil }
      decoding.recording = recording
      return .recorded(recording)
    }
  }
}

extension ValueKind where Value == SegmentSizes {
  /// `constant`, or `variable(cv=25%)`.
  static var segmentSizes: ValueKind {
    .scalar(.segmentSizes) { phrase, decoding in
      if phrase.text == "constant" { return .constant }
      guard phrase.text.hasPrefix("variable") else {
        decoding.report(
          .unknownWord, at: phrase.location, "`\(phrase.text)` does not say how large segments are",
          suggestion: "expected \(ScalarShape.segmentSizes.expectation)")
        return nil
      }
      guard let call = CallExpression(phrase, decoding), let (_, values) = call.parameters([["cv"]], decoding),
        let cv = values["cv"].flatMap({ decoding.fraction($0) })
      else { return nil }
      return .variable(cv: cv)
    }
  }
}
