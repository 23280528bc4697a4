import Model

/// The rules of all cohorts, for any number of replications.
struct BitrateRules: Sendable {
  /// By cohort.
  let settings: Table<BitrateSettings>
  private let steps: Table<LadderStep>

  /// - Parameters:
  ///   - cohorts: in the order of their numbers.
  ///   - ladder: ascending; at least one.
  init(_ cohorts: [(rule: BitrateRule, buffer: BufferSettings)], ladder: [Bitrate], segment: SimulationDuration) {
    precondition(!ladder.isEmpty && segment > .zero, "A ladder has a rendition, and a segment a duration.")
    settings = Table(
      cohorts.enumerated().map { number, its in
        BitrateSettings(
          its.rule, buffer: its.buffer, ladder: ladder, segment: segment, firstStep: number * ladder.count)
      })
    steps = Table(
      cohorts.flatMap { LadderStep.steps(ladder: ladder, segment: segment, target: $0.buffer.target) })
  }

  /// The rendition of the next segment of a session of this cohort, from 0 for the lowest.
  /// - Parameters:
  ///   - last: that of the segment before; -1 before the first.
  ///   - level: what is in the buffer as the segment is asked for, in nanoseconds of media.
  ///   - usesBola: whether `dynamic` used BOLA last; false before the first. It is left as it is now.
  @inline(always) func rendition(
    cohort: Int32, after last: Int32, level: Int64, estimate: BandwidthEstimate, usesBola: inout Bool
  ) -> Int32 {
    let its = settings.at(cohort)
    return BitrateChoice(settings: its, steps: steps.at(its.pointee.firstStep), last: last, level: level)
      .rendition(estimate, usesBola: &usesBola)
  }
}
