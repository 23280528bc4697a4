import Sampling

/// Exponential times by inversion, each quantile of a grid once, shuffled: a draw is a look-up.
enum ExponentialTable {
  /// Nanoseconds.
  static let mean = 1e9
  /// A power of two.
  static let count = 1 << 14

  static func times(seed: UInt64) -> [Int64] {
    shuffled(seed: seed).map { Int64(-mean * DeterministicMath.log((Double($0) + 0.5) / Double(count))) }
  }

  /// Uniform times between two multiples of the mean.
  static func uniformTimes(from low: Double, to high: Double, seed: UInt64) -> [Int64] {
    shuffled(seed: seed).map { Int64(mean * (low + (high - low) * (Double($0) + 0.5) / Double(count))) }
  }

  private static func shuffled(seed: UInt64) -> [Int] {
    let key = DrawKey(seed: seed, replication: 0)
    var numbers = Array(0..<count)
    for index in numbers.indices.reversed() {
      numbers.swapAt(index, Int(key.draw(UInt64(index)) % UInt64(index + 1)))
    }
    return numbers
  }
}
