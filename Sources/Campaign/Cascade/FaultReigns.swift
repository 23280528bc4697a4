import Engine

/// Which fault began last: what leaves its band under another fault than before has its own cause.
struct FaultReigns {
  /// Bins in which a fault begins, ascending, and what it does where: the same each time that it comes.
  private let begins: [(bin: Int, fault: String)]

  init(_ signals: ComponentSignals) {
    begins = signals.strikes.map { (signals.bin(of: $0.begins), "\($0.effect) of \($0.target)") }
      .sorted { $0.bin < $1.bin }
  }

  /// Episodes, apart by the fault that began last when they began; each part in the order of time, and so the parts.
  func parts(of episodes: [NormalBand.Episode]) -> [[NormalBand.Episode]] {
    var parts: [(fault: String, episodes: [NormalBand.Episode])] = []
    for episode in episodes {
      let fault = begins.last { $0.bin <= episode.from }?.fault ?? ""
      if let place = parts.firstIndex(where: { $0.fault == fault }) {
        parts[place].episodes.append(episode)
      } else {
        parts.append((fault, [episode]))
      }
    }
    return parts.map(\.episodes)
  }
}
