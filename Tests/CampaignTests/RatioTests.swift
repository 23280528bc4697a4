import Engine
import Model
import Testing

@testable import Campaign

@Suite struct `An availability over replications of unequal load` {
  private let metric = Metric(.availability, of: "browsing")

  private func samples(_ tallies: [(ended: Int, failed: Int)]) -> VariantSamples {
    let outline = CampaignDesign(Fixture.plan(models: [Fixture.model()])).outline
    var samples = VariantSamples(of: outline.variants[0], in: outline)
    for (index, tally) in tallies.enumerated() {
      samples.append(
        Build.record(
          samples.name, index, Build.tally(success: tally.ended - tally.failed, failed: tally.failed), windows: 3))
    }
    return samples
  }

  /// By hand: 1 of 10, 6 of 20 and 24 of 30 lost. The ratio of sums is 31/60; leaving one out 30/50, 25/40, 7/30. The
  /// jackknife's estimate is 3 x 31/60 - 2 x (30/50 + 25/40 + 7/30)/3.
  @Test func `is the jackknifed ratio of sums, not the mean of ratios`() throws {
    let estimate = MetricEstimate(metric, in: samples([(10, 1), (20, 6), (30, 24)]), confidence: 0.95)
    let expected = 3 * 31.0 / 60 - 2 * (30.0 / 50 + 25.0 / 40 + 7.0 / 30) / 3
    let loss = try #require(estimate.loss)
    #expect((loss.value - expected).magnitude < 1e-12)
    #expect((loss.value - (0.1 + 0.3 + 0.8) / 3).magnitude > 0.1)
  }

  @Test func `is the mean of ratios where the load is equal`() {
    #expect(samples([(10, 1), (10, 3), (10, 8)]).contributions(metric) == [0.1, 0.3, 0.8])
  }

  @Test func `keeps nothing lost and all lost exact`() {
    #expect(samples([(10, 0), (20, 0), (30, 0)]).contributions(metric) == [0, 0, 0])
    #expect(samples([(10, 10), (20, 20), (30, 30)]).contributions(metric) == [1, 1, 1])
  }
}
