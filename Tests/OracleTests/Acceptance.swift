import Engine
import Statistics
import Testing

/// How an exact value is accepted or refused: by an interval that a correct simulator misses with a stated probability.
///
/// Each check has a two-sided false-alarm probability of 1e-4. This module makes fewer than 100 of them, so that a
/// correct simulator with another seed fails somewhere with a probability below 1%; the seed is fixed. That a check
/// can fail is asked for too: the half-width of the interval may not exceed a stated part of the exact value.
enum Acceptance {
  static let falseAlarm = 1e-4
  static let confidence = 1 - falseAlarm
}

/// Accepts `exact` as the mean of independent replications, by Student's t.
///
/// - Parameters:
///   - precision: what the half-width of the interval may be at most, as a part of `exact`.
///   - allowance: a known systematic error of what is measured, as a part of `exact`.
func expectMean(
  _ name: String, _ values: [Double], is exact: Double, precision: Double, allowance: Double = 0,
  at place: SourceLocation = #_sourceLocation
) throws {
  let moments = Moments(values)
  let error = try #require(moments.standardError)
  let halfWidth = error * StudentT(degreesOfFreedom: Double(values.count - 1)).twoSidedQuantile(Acceptance.confidence)
  #expect(
    (moments.mean - exact).magnitude <= halfWidth + allowance * exact.magnitude,
    "\(name): \(moments.mean) +- \(halfWidth) instead of \(exact)", sourceLocation: place)
  #expect(halfWidth <= precision * exact.magnitude, "\(name): +- \(halfWidth) shows nothing", sourceLocation: place)
}

/// Accepts `exact` as a quantile of dependent observations in independent replications, by sectioning: the quantile of
/// all of them together, with the spread of the replications' own quantiles about it.
///
/// S. Asmussen and P. W. Glynn, Stochastic Simulation (2007), III.5a. A histogram's bucket puts it off by 0.4% at most.
func expectQuantile(
  _ name: String, _ p: Double, of tallies: [LatencyTally], is exact: Double, precision: Double,
  at place: SourceLocation = #_sourceLocation
) throws {
  let together = try #require(tallies.reduce(LatencyTally.empty) { $0.merging($1) }.quantile(p))
  let squares = try tallies.reduce(0.0) { sum, tally in
    let own = try #require(tally.quantile(p))
    return sum + (own - together) * (own - together)
  }
  let count = Double(tallies.count)
  let error = (squares / (count - 1) / count).squareRoot()
  let halfWidth = error * StudentT(degreesOfFreedom: count - 1).twoSidedQuantile(Acceptance.confidence)
  #expect(
    (together - exact).magnitude <= halfWidth + 0.004 * exact,
    "\(name): \(together) +- \(halfWidth) instead of \(exact)", sourceLocation: place)
  #expect(halfWidth <= precision * exact, "\(name): +- \(halfWidth) shows nothing", sourceLocation: place)
}

/// Accepts `exact` as the probability of independent trials, by Clopper and Pearson.
/// - Parameter precision: what the half-width may be at most, as a part of `exact` or of 1 - `exact`, the smaller one.
func expectShare(
  _ name: String, _ count: Int, of trials: Int, is exact: Double, precision: Double,
  at place: SourceLocation = #_sourceLocation
) {
  let interval = Proportion(count, of: trials).clopperPearson(confidence: Acceptance.confidence)
  #expect(
    interval.contains(exact),
    "\(name): \(count) of \(trials), \(interval.low) to \(interval.high), instead of \(exact)",
    sourceLocation: place)
  #expect(
    interval.halfWidth <= precision * min(exact, 1 - exact), "\(name): +- \(interval.halfWidth) shows nothing",
    sourceLocation: place)
}

/// Accepts `exact` as the standard deviation of independent, nearly normal values, by chi-square.
func expectStandardDeviation(
  _ name: String, _ values: [Double], is exact: Double, precision: Double,
  at place: SourceLocation = #_sourceLocation
) throws {
  let deviation = try #require(Moments(values).standardDeviation)
  let freedom = Double(values.count - 1)
  let chiSquare = ChiSquare(degreesOfFreedom: freedom)
  let low = deviation * (freedom / chiSquare.quantile(1 - Acceptance.falseAlarm / 2)).squareRoot()
  let high = deviation * (freedom / chiSquare.quantile(Acceptance.falseAlarm / 2)).squareRoot()
  #expect(
    low <= exact && exact <= high, "\(name): \(deviation), \(low) to \(high), instead of \(exact)",
    sourceLocation: place)
  #expect((high - low) / 2 <= precision * exact, "\(name): \(low) to \(high) shows nothing", sourceLocation: place)
}

/// Accepts `exact` as the mean whose standard error is known from theory.
func expectNormal(
  _ name: String, _ mean: Double, is exact: Double, error: Double, precision: Double,
  at place: SourceLocation = #_sourceLocation
) {
  let halfWidth = error * StandardNormal.quantile(1 - Acceptance.falseAlarm / 2)
  #expect(
    (mean - exact).magnitude <= halfWidth, "\(name): \(mean) +- \(halfWidth) instead of \(exact)",
    sourceLocation: place)
  #expect(halfWidth <= precision * exact, "\(name): +- \(halfWidth) shows nothing", sourceLocation: place)
}
