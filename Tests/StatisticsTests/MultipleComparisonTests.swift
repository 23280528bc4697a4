import Statistics
import Testing

@Suite struct `Multiple comparisons` {
  private func expectClose(_ a: [Double?], _ b: [Double?]) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) {
      if let x, let y { #expect(isClose(x, y, relative: 1e-9)) } else { #expect(x == nil && y == nil) }
    }
  }

  /// Case `holm` of the analytic cases; R's p.adjust gives the same.
  @Test func `are adjusted by Holm's and by Benjamini and Hochberg's steps`() {
    let p = [0.001, 0.01, 0.02, 0.03, 0.04]
    expectClose(MultipleComparisons.holm(p), [0.005, 0.04, 0.06, 0.06, 0.06])
    expectClose(MultipleComparisons.benjaminiHochberg(p), [0.005, 0.025, 0.03333333333333333, 0.0375, 0.04])
  }

  @Test func `keep the order they came in`() {
    expectClose(MultipleComparisons.holm([0.04, 0.001, 0.03, 0.01, 0.02]), [0.06, 0.005, 0.06, 0.04, 0.06])
    expectClose(
      MultipleComparisons.benjaminiHochberg([0.04, 0.001, 0.03, 0.01, 0.02]),
      [0.04, 0.005, 0.0375, 0.025, 0.03333333333333333])
  }

  @Test func `give equal p-values equal adjustments, at most 1`() {
    expectClose(MultipleComparisons.holm([0.02, 0.02, 0.9]), [0.06, 0.06, 0.9])
    expectClose(MultipleComparisons.holm([0.6, 0.6]), [1, 1])
    expectClose(MultipleComparisons.holm([0, 1]), [0, 1])
    expectClose(MultipleComparisons.benjaminiHochberg([0.02, 0.02, 0.9]), [0.03, 0.03, 0.9])
  }

  @Test func `leave out what has no p-value`() {
    expectClose(MultipleComparisons.holm([nil, 0.01, nil, 0.02]), [nil, 0.02, nil, 0.02])
    expectClose(MultipleComparisons.holm([]), [])
    expectClose(MultipleComparisons.benjaminiHochberg([nil]), [nil])
  }

  @Test func `hold together at Bonferroni's level`() {
    #expect(isClose(MultipleComparisons.bonferroni(confidence: 0.95, count: 5), 0.99, relative: 1e-14))
  }
}
