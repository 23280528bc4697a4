import Testing

@testable import ratchet_bench

/// A tenth of what `ratchet-bench --verify-calendar` does in a release build.
///
/// Mutations: a sift that compares times only; a bucket that ends a nanosecond later; events before `start` spilt into
/// buckets; a bucket poured without ordering the heap; a start that goes back; a wrong prefix of a bucket's interval.
@Suite struct `The engine's calendar and a sorted list` {
  @Test(arguments: EventSpread.allCases) func `put events in the same order`(spread: EventSpread) {
    let course = CalendarVerification(spread: spread, seed: 1, operations: 120_000, phase: 15_000).run()
    #expect(course.difference == nil)
    #expect(course.popped > 40_000 && course.cancelled > 5000 && course.stale > 0)
    #expect(course.mostPending > 2048 && course.spread > 0)
  }

  /// A low threshold, which is crossed again and again.
  @Test(arguments: EventSpread.allCases) func `agree while the calendar changes its structure`(spread: EventSpread) {
    let course = CalendarVerification(spread: spread, seed: 2, operations: 80_000, phase: 2000, threshold: 64).run()
    #expect(course.difference == nil)
    // Events at the end of time, and years ahead, stay pending.
    #expect(course.spread > 0 && course.gathered >= (spread == .endOfTime || spread == .exponential ? 0 : 10))
  }
}
