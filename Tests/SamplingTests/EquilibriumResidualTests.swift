import Foundation
import Testing

@testable import Sampling

/// The oracles integrate the survival function by hand.
@Suite struct `The equilibrium residual life` {
  private let probabilities = [0, 1e-9, 0.001, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9]

  @Test func `of a constant is uniform`() throws {
    let residual = try EquilibriumResidual(.constant(seconds: 8))
    for p in probabilities { #expect((residual.quantile(p) - 8 * p).magnitude <= 1e-14) }
  }

  @Test func `of an exponential is itself`() throws {
    let exponential = try Distribution.exponential(mean: 3)
    let residual = try EquilibriumResidual(exponential)
    for p in probabilities { #expect(residual.quantile(p) == exponential.quantile(p)) }
    for x in [0.1, 1, 5, 30] { #expect((residual.cdf(x) - exponential.cdf(x)).magnitude < 1e-14) }
  }

  @Test func `of a uniform time on 0 to b is b (1 - √(1 - p))`() throws {
    let residual = try EquilibriumResidual(.uniform(min: 0, max: 5))
    for p in probabilities {
      let expected = 5 * p / (1 + Foundation.sqrt(1 - p))
      #expect((residual.quantile(p) - expected).magnitude <= 1e-7 * max(p, 1e-9))
    }
  }

  @Test func `of two phases is one or two phases, each with probability one half`() throws {
    // S(t) = (1 + t) e^-t with phases of mean 1, so F_e(x) = 1 - (1 + x/2) e^-x.
    let residual = try EquilibriumResidual(.erlang(k: 2, mean: 2))
    for x in [1e-3, 0.5, 2, 9] {
      #expect((residual.cdf(x) - (1 - (1 + x / 2) * Foundation.exp(-x))).magnitude < 1e-14)
    }
    for p in probabilities.dropFirst() {
      let x = residual.quantile(p)
      #expect((1 - (1 + x / 2) * Foundation.exp(-x) - p).magnitude < 1e-14)
    }
  }

  @Test func `of a lognormal time agrees with quadrature`() throws {
    let lognormal = try Distribution.lognormal(p50: 240, p99: 3600)
    let residual = try EquilibriumResidual(lognormal)
    let x = 1000.0
    let steps = 20_000
    let integral = (0..<steps).reduce(0.0) {
      $0 + lognormal.survival((Double($1) + 0.5) * x / Double(steps)) * x / Double(steps)
    }
    #expect((residual.cdf(x) - integral / lognormal.mean).magnitude < 1e-7)
  }

  @Test func `has a quantile that inverts its distribution function, for every family`() throws {
    for specimen in Specimen.all where specimen.distribution.mean.isFinite {
      let residual = try EquilibriumResidual(specimen.distribution)
      var previous = 0.0
      for p in probabilities {
        let x = residual.quantile(p)
        #expect((residual.cdf(x) - p).magnitude < 1e-12, "\(specimen.name) at \(p)")
        #expect(x >= previous)
        previous = x
      }
    }
  }

  @Test func `needs a mean above 0 and finite`() {
    #expect(throws: DistributionError.self) { try EquilibriumResidual(.pareto(shape: 1, min: 1)) }
    #expect(throws: DistributionError.self) { try EquilibriumResidual(.constant(seconds: 0)) }
  }
}
