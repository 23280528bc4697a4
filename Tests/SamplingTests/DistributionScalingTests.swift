import Testing

@testable import Sampling

@Suite struct `A scaled distribution` {
  /// X <= x exactly where 3.7 X <= 3.7 x, so every quantile is that many times as large.
  @Test(arguments: Specimen.all)
  func `has each quantile as many times as large`(specimen: Specimen) throws {
    let factor = 3.7
    let scaled = try specimen.distribution.scaled(by: factor)
    for p in [0.0, 0.01, 0.3, 0.5, 0.77, 0.99, 0.9999] {
      let exact = specimen.distribution.quantile(p) * factor
      #expect((scaled.quantile(p) - exact).magnitude <= 1e-9 * exact, "\(specimen.name) at \(p)")
    }
    let mean = specimen.distribution.mean * factor
    #expect(scaled.mean == mean || (scaled.mean - mean).magnitude <= 1e-9 * mean)
  }

  @Test func `needs a factor above zero`() {
    #expect(throws: DistributionError.self) { try Distribution.exponential(mean: 1).scaled(by: 0) }
  }
}
