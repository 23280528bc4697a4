import CGSL

/// How many of the spacings between n sorted birthdays in a year of k days are equal to another: nearly Poisson with
/// mean n³/(4k), here 4.
///
/// G. Marsaglia, "A current view of random number generators", Computer Science and Statistics (1985); P. L'Ecuyer and
/// R. Simard, "On the performance of birthday spacings tests with certain families of random number generators",
/// Mathematics and Computers in Simulation 55 (2001) 131.
struct BirthdaySpacings: StreamStatistic {
  let readsUpperBits = true

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    let count = words.count
    var equal = 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { memory in
      let days = UnsafeMutableBufferPointer(rebasing: memory[..<count])
      let other = UnsafeMutableBufferPointer(rebasing: memory[count...])
      for index in 0..<count { days[index] = words[index] &>> 32 }
      Self.sort(days, by: other)
      let first = days[0]
      for index in 0..<(count - 1) { days[index] = days[index + 1] &- days[index] }
      days[count - 1] = first &+ 0x1_0000_0000 &- days[count - 1]
      Self.sort(days, by: other)
      for index in 1..<count where days[index] == days[index - 1] { equal += 1 }
    }
    let mean = Double(count) * Double(count) * Double(count) / 0x4p32
    let beyond = gsl_cdf_poisson_Q(UInt32(equal), mean)
    let atLeast = equal == 0 ? 1 : gsl_cdf_poisson_Q(UInt32(equal - 1), mean)
    return beyond + share * (atLeast - beyond)
  }

  /// Sorts numbers of 33 bits, eleven bits a pass; the standard sort is ten times slower where nothing is optimised.
  private static func sort(
    _ numbers: UnsafeMutableBufferPointer<UInt64>, by other: UnsafeMutableBufferPointer<UInt64>
  ) {
    var (source, target) = (numbers, other)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2048) { starts in
      for shift: UInt64 in [0, 11, 22] {
        starts.initialize(repeating: 0)
        for number in source { starts[Int(truncatingIfNeeded: number &>> shift & 2047)] &+= 1 }
        var start = 0
        for digit in 0..<2048 { (starts[digit], start) = (start, start &+ starts[digit]) }
        for number in source {
          let digit = Int(truncatingIfNeeded: number &>> shift & 2047)
          target[starts[digit]] = number
          starts[digit] &+= 1
        }
        (source, target) = (target, source)
      }
    }
    for index in 0..<numbers.count { numbers[index] = other[index] }
  }
}
