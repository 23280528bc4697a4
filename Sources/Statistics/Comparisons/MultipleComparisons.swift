/// Corrections for making many comparisons at once; each by its author's name.
///
/// A comparison without a p-value (nil) stays without one and does not count as a comparison.
public enum MultipleComparisons {
  /// p-values adjusted so that the probability of even one false rejection stays below the level.
  ///
  /// S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
  /// (1979). Valid under any dependence.
  /// - Parameter pValues: each from 0 to 1, in any order; the result is in the same order.
  /// - Complexity: O(m log m).
  public static func holm(_ pValues: [Double?]) -> [Double?] {
    let order = ascending(pValues)
    var adjusted = [Double?](repeating: nil, count: pValues.count)
    var largest = 0.0
    for (step, (index, p)) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - step) * p))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// p-values adjusted so that the expected share of false ones among the rejections stays below the level.
  ///
  /// Y. Benjamini and Y. Hochberg, JRSS B 57 (1995). Valid under independence and positive regression dependence.
  /// - Parameter pValues: each from 0 to 1, in any order; the result is in the same order.
  /// - Complexity: O(m log m).
  public static func benjaminiHochberg(_ pValues: [Double?]) -> [Double?] {
    let order = ascending(pValues)
    var adjusted = [Double?](repeating: nil, count: pValues.count)
    var smallest = 1.0
    for (step, (index, p)) in order.enumerated().reversed() {
      smallest = min(smallest, Double(order.count) / Double(step + 1) * p)
      adjusted[index] = smallest
    }
    return adjusted
  }

  /// The level of each of `count` intervals such that all of them hold together with `confidence`: Bonferroni's.
  public static func bonferroni(confidence: Double, count: Int) -> Double {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, not \(confidence)")
    precondition(count >= 1, "at least one comparison, not \(count)")
    return 1 - (1 - confidence) / Double(count)
  }

  private static func ascending(_ pValues: [Double?]) -> [(index: Int, p: Double)] {
    let known = pValues.enumerated().compactMap { index, p in p.map { (index: index, p: $0) } }
    precondition(known.allSatisfy { $0.p >= 0 && $0.p <= 1 }, "p-values are from 0 to 1")
    return known.sorted { ($0.p, $0.index) < ($1.p, $1.index) }
  }
}
