import Model

/// A time of day: `20:03:01`, `20:03:01.5`, `00:10:00 +1d`.
struct ClockText: Hashable, Sendable {
  let text: String

  /// - Parameters:
  ///   - time: since the start of a replication; cut to the millisecond below.
  ///   - start: the time of day then, since midnight.
  ///   - hasMilliseconds: whether it has three decimals always, and not only as many as it needs.
  init(_ time: SimulationTime, start: SimulationDuration, hasMilliseconds: Bool = false) {
    let nanoseconds = start.nanoseconds + time.nanoseconds
    let whole = nanoseconds / 1_000_000_000
    func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    let clock = "\(two(whole / 3600 % 24)):\(two(whole / 60 % 60)):\(two(whole % 60))"
    let days = whole / 86_400
    let milliseconds = nanoseconds % 1_000_000_000 / 1_000_000
    let digits = String(1000 + milliseconds).dropFirst()
    let count = hasMilliseconds ? 3 : milliseconds == 0 ? 0 : milliseconds % 100 == 0 ? 1 : 3
    let fraction = count == 0 ? "" : "." + digits.prefix(count)
    text = clock + fraction + (days > 0 ? " +\(days)d" : "")
  }
}
