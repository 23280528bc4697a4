/// Sessions that are not over at the horizon.
extension Simulation {
  /// Counts the time of all of them up to the horizon.
  ///
  /// - Complexity: O(sessions).
  mutating func countSessionsUnderWay() {
    for place in 0..<media.sessions.count {
      let session = media.sessions.at(place)
      if session.its.state == .free { continue }
      noticeStall(session)
      credit(session, until: now)
    }
    media.tallies.readActive(at: now, bin: currentBin)
  }
}
