import Model
import Sampling

/// A rendition, as a cohort's rule sees it.
struct LadderStep: BitwiseCopyable, Sendable {
  let bitsPerSecond: Double
  /// BOLA chooses this rendition or a higher one above this level, in nanoseconds; `Int64.max` where it never chooses
  /// this one.
  var bolaAbove: Int64

  /// The renditions of a ladder with BOLA's thresholds between them.
  ///
  /// BOLA-BASIC chooses the q with the greatest (V (u_q + g) - level) / B_q, ties to the lower one, where u_q =
  /// ln(B_q / B_0), g = 5 and V = (target - segment) / (u_top + g). Each of these falls in the level along a straight
  /// line, the more slowly the higher q is, so the greatest one changes from p to q > p at one level,
  /// V (g + (B_q u_p - B_p u_q) / (B_q - B_p)), and the thresholds are the corners of the lines' upper envelope.
  /// K. Spiteri, R. Urgaonkar, R. K. Sitaraman, "BOLA: near-optimal bitrate adaptation for online videos", INFOCOM
  /// 2016; V and g as Sabre has them.
  static func steps(ladder: [Bitrate], segment: SimulationDuration, target: SimulationDuration) -> [LadderStep] {
    var steps = ladder.map { LadderStep(bitsPerSecond: Double($0.bitsPerSecond), bolaAbove: .max) }
    guard let lowest = steps.first?.bitsPerSecond else { return steps }
    let utilities = steps.map { DeterministicMath.log($0.bitsPerSecond / lowest) }
    let offset = 5.0
    let full = Double(max(0, target.nanoseconds - segment.nanoseconds))
    let v = full / (utilities[steps.count - 1] + offset)
    var corners: [(rendition: Int, level: Double)] = [(0, -.infinity)]
    for q in steps.indices.dropFirst() where steps[q].bitsPerSecond > steps[q - 1].bitsPerSecond {
      func level(from p: Int) -> Double {
        let (lower, higher) = (steps[p].bitsPerSecond, steps[q].bitsPerSecond)
        return v * (offset + (higher * utilities[p] - lower * utilities[q]) / (higher - lower))
      }
      while let last = corners.last, level(from: last.rendition) <= last.level { corners.removeLast() }
      corners.append((q, level(from: corners[corners.count - 1].rendition)))
    }
    for corner in corners.dropFirst() { steps[corner.rendition].bolaAbove = Int64(corner.level.rounded(.down)) }
    return steps
  }
}
