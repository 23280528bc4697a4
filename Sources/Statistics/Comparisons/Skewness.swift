extension Array where Element == Double {
  /// The sample skewness g1, the third central moment over the 1.5th power of the second; 0 where all are equal.
  var skewness: Double {
    let mean = Moments(self).mean
    var second = 0.0
    var third = 0.0
    for value in self {
      let deviation = value - mean
      second += deviation * deviation
      third += deviation * deviation * deviation
    }
    guard second > 0 else { return 0 }
    return Double(count).squareRoot() * third / (second * second.squareRoot())
  }
}
