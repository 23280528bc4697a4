import Model
import Sampling

/// A cohort's bitrate rule, compiled for its buffer and the catalogue's ladder. Times are in nanoseconds.
struct BitrateSettings: BitwiseCopyable, Sendable {
  /// As `BitrateRule.Kind`.
  enum Kind: UInt8 { case throughput, buffer, bola, dynamic }
  /// As `BitrateRule.Fit`.
  enum Fit: UInt8 { case duration, bitrate }

  let kind: Kind
  let fit: Fit
  /// Where in the table of steps the ladder begins, and how many renditions it has.
  let firstStep: Int32
  let renditions: Int32
  /// Of one segment.
  let segment: Double
  /// ln 2 / half-life, of each average of the throughput.
  let fastDecay: Double
  let slowDecay: Double
  /// What remains of the latencies so far when a further segment is measured.
  let fastLatencyKept: Double
  let slowLatencyKept: Double
  let up: Double
  let down: Double
  /// Bits per second, assumed before anything has been measured; 0: nothing is.
  let initial: Double
  /// 0 for whenever.
  let risesFrom: Int64
  /// `Int64.max` for whenever.
  let fallsBelow: Int64
  /// Dynamic: BOLA from this level on, throughput again below the other.
  let bolaFrom: Int64
  let throughputBelow: Int64
  /// Buffer: the lowest rendition up to `reservoir`, the highest from `cushionEnd` on.
  let reservoir: Int64
  let cushionEnd: Int64

  /// The highest level at which a request is made is `target` - `segment`, and what depends on the buffer's size is
  /// taken from it:
  ///
  /// - Buffer: Huang et al. tell a reservoir of 90 s and a cushion up to 216 s of a buffer of 240 s: 37.5% and 90%.
  /// - Dynamic: a rule that would use BOLA only from a higher level on never would. It does from that level on, that
  ///   is, when the buffer is full, and the other threshold comes down in proportion. So does dash.js, whose
  ///   thresholds are its buffer target (`bufferTimeDefault`, 18 s) and half of it, the former being reached as a
  ///   segment is appended to a buffer that has just been below it.
  /// - Parameter firstStep: where its `LadderStep`s begin in their table.
  init(_ rule: BitrateRule, buffer: BufferSettings, ladder: [Bitrate], segment: SimulationDuration, firstStep: Int) {
    let full = max(0, buffer.target.nanoseconds - segment.nanoseconds)
    kind =
      switch rule.kind {
      case .throughput: .throughput
      case .buffer: .buffer
      case .bola: .bola
      case .dynamic: .dynamic
      }
    fit = rule.fit == .duration ? .duration : .bitrate
    self.firstStep = Int32(firstStep)
    renditions = Int32(ladder.count)
    self.segment = Double(segment.nanoseconds)
    fastDecay = Self.ln2 / Double(rule.fastHalfLife.nanoseconds)
    slowDecay = Self.ln2 / Double(rule.slowHalfLife.nanoseconds)
    fastLatencyKept = DeterministicMath.exp(-self.segment * fastDecay)
    slowLatencyKept = DeterministicMath.exp(-self.segment * slowDecay)
    up = rule.up
    down = rule.down
    initial = rule.initial.map { Double($0.bitsPerSecond) } ?? 0
    risesFrom = rule.risesFrom?.nanoseconds ?? 0
    fallsBelow = rule.fallsBelow?.nanoseconds ?? .max
    let from = rule.bolaFrom.nanoseconds
    let below = rule.throughputBelow.nanoseconds
    bolaFrom = min(from, full)
    throughputBelow = from <= full ? below : Int64(Double(below) * (Double(full) / Double(from)))
    reservoir = Int64(Double(full) * 0.375)
    cushionEnd = Int64(Double(full) * 0.9)
  }

  private static let ln2 = 0x1.62e42fefa39efp-1
}
