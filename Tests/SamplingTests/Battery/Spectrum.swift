import Foundation

/// The strongest of the frequencies in 1,024 words, read as numbers: without any, the ordinates of the periodogram are
/// independent and exponential.
///
/// R. A. Fisher, "Tests of significance in harmonic analysis", Proceedings of the Royal Society A 125 (1929) 54, with
/// the variance known.
struct Spectrum: StreamStatistic {
  let readsUpperBits = true
  private static let count = 1024

  func pValue(_ words: UnsafeBufferPointer<UInt64>, share: Double) -> Double {
    var greatest = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Self.count) { memory in
      let real = UnsafeMutableBufferPointer(rebasing: memory[..<Self.count])
      let imaginary = UnsafeMutableBufferPointer(rebasing: memory[Self.count...])
      imaginary.initialize(repeating: 0)
      for index in 0..<Self.count {
        real[index] = Double(Int64(bitPattern: words[Self.reversed[index]])) * 0x1p-64
      }
      Self.transform(real, imaginary)
      for index in 1..<(Self.count / 2) {
        greatest = max(greatest, real[index] * real[index] + imaginary[index] * imaginary[index])
      }
    }
    // Numbers from -½ to ½ have variance 1/12.
    let ordinate = greatest * 12 / Double(Self.count)
    return -expm1(Double(Self.count / 2 - 1) * log1p(-exp(-ordinate)))
  }

  /// The fast Fourier transform of numbers that lie in the order of their indices' reversed bits.
  private static func transform(
    _ real: UnsafeMutableBufferPointer<Double>, _ imaginary: UnsafeMutableBufferPointer<Double>
  ) {
    var half = 1
    while half < count {
      let stride = count / (2 * half)
      for place in 0..<half {
        let (c, s) = (cosines[place * stride], sines[place * stride])
        var a = place
        while a < count {
          let b = a &+ half
          let x = real[b] * c + imaginary[b] * s
          let y = imaginary[b] * c - real[b] * s
          real[b] = real[a] - x
          imaginary[b] = imaginary[a] - y
          real[a] += x
          imaginary[a] += y
          a &+= 2 &* half
        }
      }
      half *= 2
    }
  }

  private static let reversed = (0..<count).map { Int(UInt64($0).bitReversed >> 54) }
  private static let cosines = (0..<(count / 2)).map { cos(2 * .pi * Double($0) / Double(count)) }
  private static let sines = (0..<(count / 2)).map { sin(2 * .pi * Double($0) / Double(count)) }
}
