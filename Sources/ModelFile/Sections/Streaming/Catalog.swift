import Model
import Sampling

extension Catalog {
  static let section = Section<Catalog>("catalog", "What can be watched, and how it is cut into segments.") { keys in
    let ladderKey = keys.required(
      "ladder", .ladder, "the bit rates of the renditions, rising; or `recorded(bbb.json)`, a recorded title")
    let segmentKey = keys.derived(
      "segment", .segment, "how much media one segment has; 4s where not given, or as it was recorded"
    ) { node, decoding in
      decoding.recorded(decoding.recording?.segment) ?? decoding.assumed("4s", in: node)
    }
    let sizesKey = keys.derived(
      "sizes", .segmentSizes,
      "how large segments are: `constant`, bit rate x duration, which holds where not given; or `variable(cv=25%)`, "
        + "that times a lognormal factor for each segment of a title, the same in all renditions"
    ) { node, decoding in decoding.recording == nil ? decoding.assumed("constant", in: node) : nil }
    let manifest = keys.optional("manifest", .byteCount, standard: "20KB", "how large a manifest is")
    let titlesKey = keys.ifGiven(
      "titles", .count(1...Limit.titles), "how many titles there are on demand; needed unless all sessions watch live")
    let popularityKey = keys.ifGiven(
      "popularity", .popularity,
      "how sessions choose among titles: `zipf(0.9)`, the k-th in proportion to k^-0.9; needed unless all watch live")
    let durationKey = keys.derived(
      "duration", .distribution(usual: "min"),
      "how long titles are, drawn once for each; needed unless all sessions watch live, or it was recorded"
    ) { _, decoding in decoding.recorded(decoding.recording?.duration) }
    let liveKey = keys.optional(
      "live", ValueKind<LiveChannels>.section(LiveChannels.section).orNone(), standard: "none",
      "channels whose segments appear on the clock")
    return { fields in
      let decoding = fields.decoding
      let (ladder, live) = (fields[ladderKey], fields[liveKey])
      var isComplete = true
      func refuse(_ id: DiagnosticID, _ place: SourceLocation, _ message: String, _ suggestion: String? = nil) {
        decoding.report(id, at: place, message, suggestion: suggestion)
        isComplete = false
      }
      if case .recorded = ladder {
        let given = [
          ("segment", fields.isGiven(segmentKey), fields.keyLocation(segmentKey)),
          ("sizes", fields.isGiven(sizesKey), fields.keyLocation(sizesKey)),
          ("duration", fields.isGiven(durationKey), fields.keyLocation(durationKey)),
        ]
        for (key, isGiven, place) in given where isGiven {
          refuse(.conflictingKeys, place, "the recorded title says the `\(key)`, so that it can't be given here")
        }
      }
      let onDemand = [
        ("titles", fields.isGiven(titlesKey), fields.keyLocation(titlesKey)),
        ("popularity", fields.isGiven(popularityKey), fields.keyLocation(popularityKey)),
        ("duration", fields.isGiven(durationKey), fields.keyLocation(durationKey)),
      ]
      let isAllLive = live.map { $0.share == .one } ?? false
      for (key, isGiven, place) in onDemand where isAllLive && isGiven {
        refuse(
          .conflictingKeys, place, "`\(key)` is of titles on demand, and all sessions watch live",
          "say what part of them does by `share` in `live`")
      }
      for (key, isGiven, place) in onDemand where !isAllLive && !isGiven {
        if key == "duration", fields[durationKey] != nil { continue }
        refuse(.missingKey, place, "titles on demand need the key `\(key)`", live.map { _ in "unless all watch live" })
      }
      if let duration = fields[durationKey], duration.mean <= 0 {
        refuse(.outOfRange, fields.location(durationKey), "the mean duration has to be above zero")
      }
      guard isComplete, let segment = fields[segmentKey] else { return nil }
      let sizes: SegmentSizes
      if case .recorded(let recording) = ladder {
        sizes = .recorded(recording.sizes)
      } else {
        sizes = fields[sizesKey] ?? .constant
      }
      guard let duration = fields[durationKey] ?? (try? Distribution.constant(seconds: 0)) else { return nil }
      return Catalog(
        titles: fields[titlesKey] ?? 0, popularity: fields[popularityKey] ?? .zipf(0), duration: duration,
        ladder: ladder.bitrates, segment: segment, sizes: sizes, manifest: fields[manifest], live: live)
    }
  }
}

extension ValueKind where Value == SimulationDuration {
  /// The media in one segment, which other sections need to know.
  fileprivate static var segment: ValueKind {
    let duration = ValueKind.positiveDuration(usual: "s")
    return ValueKind(shape: duration.shape) { node, decoding in
      decoding.segment = duration.decode(node, decoding)
      return decoding.segment
    }
  }
}

extension Decoding {
  /// What the recorded title says, as a part of the tree.
  fileprivate func recorded(_ duration: SimulationDuration?) -> Node? {
    guard let duration, let place = recording?.location else { return nil }
    let phrase = Phrase(text: duration.text, location: place, isVerbatim: false)
    return Node(content: .scalar(phrase), location: place)
  }
}
