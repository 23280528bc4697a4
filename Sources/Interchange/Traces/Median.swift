/// The middle of a sample.
enum Median {
  /// The mean of the two middle values where their number is even; nil for an empty sample.
  static func of(_ sample: [Double]) -> Double? {
    guard !sample.isEmpty else { return nil }
    let sorted = sample.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
