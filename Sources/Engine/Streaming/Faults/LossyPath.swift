/// What a TCP connection carries at most over a path that loses packets.
///
/// M. Mathis, J. Semke, J. Mahdavi and T. Ott, "The macroscopic behavior of the TCP congestion avoidance algorithm", ACM
/// SIGCOMM CCR 27(3), 1997: rate <= (MSS / RTT) sqrt(3/2) / sqrt(p), of periodic losses and an acknowledgement for each
/// packet.
enum LossyPath {
  /// The maximum segment size, of 1460 bytes, in bits.
  static var segmentBits: Double { 11_680 }

  /// Bits per second, at least 1 and at most `FairLink.greatestCap`, which no round trip at all gives.
  /// - Parameters:
  ///   - roundTrip: in nanoseconds, not negative.
  ///   - loss: the part of the packets that is lost, above 0.
  static func bitsPerSecond(roundTrip: Int64, loss: Double) -> Int64 {
    if roundTrip == 0 { return FairLink.greatestCap }
    let rate = segmentBits / (Double(roundTrip) * 1e-9) * (1.5 / loss).squareRoot()
    return max(1, Int64(min(rate, Double(FairLink.greatestCap)).rounded()))
  }
}
