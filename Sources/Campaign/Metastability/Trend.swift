import Engine
import Model
import Statistics

/// Whether a degraded workload is on its way back: the last third of the time against the third before.
struct Trend {
  /// By how much what is wrong has to fall from one third to the next.
  static let fall = 0.1
  /// How many standard errors of the difference the fall has to exceed: of noise alone it does in about one of 40.
  static let errors = 2.0

  let isImproving: Bool
  /// The availability of the last third, a mean over its bins.
  let lastAvailability: Double

  /// - Parameters:
  ///   - bins: the bins of the aftermath in which it is degraded and somebody asked; not empty.
  ///   - edge: the lower edge of the twin's band.
  init(of aftermath: Aftermath, bins: [Int], edge: Double, run: Timeline, twin: Timeline) {
    let third = max(1, bins.count / 3)
    let last = bins.suffix(third)
    let before = bins.dropLast(third).suffix(third)
    func shortfalls(_ bins: some Sequence<Int>) -> [Double] {
      bins.map { max(0, edge - (aftermath.availability(inBin: $0) ?? edge)) }
    }
    func backlogs(_ bins: some Sequence<Int>) -> [Double] {
      bins.compactMap { bin in
        let time = aftermath.from.nanoseconds + Int64(bin) * Aftermath.binWidth.nanoseconds
        guard let now = run.callsInSystem(at: time), let usual = twin.callsInSystem(at: time) else { return nil }
        return max(0, now - usual)
      }
    }
    let availabilities = last.compactMap { aftermath.availability(inBin: $0) }
    lastAvailability = availabilities.reduce(0, +) / Double(max(1, availabilities.count))
    isImproving =
      Self.falls(from: shortfalls(before), to: shortfalls(last))
      || Self.falls(from: backlogs(before), to: backlogs(last))
  }

  /// Whether the second mean is lower by a tenth at least, and by more than noise explains.
  static func falls(from before: [Double], to last: [Double]) -> Bool {
    guard !before.isEmpty, !last.isEmpty else { return false }
    let (first, second) = (Moments(before), Moments(last))
    guard first.mean > 0, second.mean <= (1 - Self.fall) * first.mean else { return false }
    let errors = [first, second].map { ($0.standardError ?? 0) * ($0.standardError ?? 0) }
    return first.mean - second.mean > Self.errors * (errors[0] + errors[1]).squareRoot()
  }
}

extension Timeline {
  /// Calls that hold a thread or wait for one, all services together, averaged over the bin of an instant; nil after the
  /// last bin.
  ///
  /// - Parameter time: in nanoseconds.
  fileprivate func callsInSystem(at time: Int64) -> Double? {
    let bin = Int(time / binWidth.nanoseconds)
    return bin < binCount ? services.reduce(0) { $0 + $1.busy[bin] + $1.queue[bin] } : nil
  }
}
