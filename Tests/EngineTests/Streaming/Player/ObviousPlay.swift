/// What became of a session. Times are in milliseconds since its beginning.
struct ObviousPlay {
  struct Segment {
    let requested: Double
    let completed: Double
    let rendition: Int
  }
  struct Stall {
    let from: Double
    var to: Double
  }

  let segmentMs: Double
  let ladderKbps: [Double]
  var segments: [Segment] = []
  var stalls: [Stall] = []
  /// When playback began.
  var startup: Double?
  /// When the last segment had been played.
  var ended = 0.0

  var stalledMs: Double { stalls.reduce(0) { $0 + ($1.to - $1.from) } }

  /// The bit rates of what was played, over the time from the first request to the end.
  var averageKbps: Double {
    segments.reduce(0) { $0 + ladderKbps[$1.rendition] } / (ended / segmentMs)
  }

  /// The sum of the changes of the bit rate from one segment to the next, in kbit/s.
  var changesKbps: Double {
    zip(segments, segments.dropFirst())
      .reduce(0) { $0 + abs(ladderKbps[$1.0.rendition] - ladderKbps[$1.1.rendition]) }
  }
}
