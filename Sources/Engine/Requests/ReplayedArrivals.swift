import Sampling

/// Arrivals at recorded instants.
extension Simulation {
  /// When the stream's next request comes, from its beginning on; its key is that of the recorded arrival's number.
  ///
  /// A stream by which more or fewer come than were recorded, a surge's, repeats or leaves out single arrivals.
  mutating func nextReplayedArrival(of stream: Int32) -> Int64 {
    let law = streams[stream].law
    let state = streamStates.at(stream)
    let root = DrawKey(bits: streamKeys[stream])
    while state.its.index <= UInt64(law.count) {
      if state.its.index > 0 {
        let time = program.recordedArrivals[law.firstPiece &+ Int32(state.its.index) &- 1]
        let key = root.child(state.its.index)
        if time >= streams[stream].begins, state.its.copy < Self.copies(of: key, mean: law.rate) {
          state.its.copy &+= 1
          state.its.key = state.its.copy == 1 ? key.bits : key.child(UInt64(state.its.copy)).bits
          return time
        }
      }
      state.its.index &+= 1
      state.its.copy = 0
    }
    return Edge.noLimit
  }

  /// How often a recorded arrival comes: `mean` times, a fraction of a time by chance; for a higher mean never less
  /// often.
  @inline(always) private static func copies(of key: DrawKey, mean: Double) -> Int32 {
    let whole = min(mean, 0x1p30).rounded(.down)
    return Int32(whole) &+ (key.uniform(Purpose.thinning) < mean - whole ? 1 : 0)
  }
}
