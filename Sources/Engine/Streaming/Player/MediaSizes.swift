import Model
import Sampling

/// How many bits each segment has, for any number of replications.
struct MediaSizes: Sendable {
  /// By rendition, of one segment; or, as recorded, by segment and then by rendition.
  private let bits: Table<Int64>
  private let renditions: Int32
  /// Of a recording; 0 where none is.
  let recordedSegments: Int32
  /// What the factor of a segment is drawn from, as if in seconds; nil where all have the factor 1.
  let factor: Distribution?

  /// - Throws: where `cv` is not one of a lognormal distribution.
  init(_ sizes: SegmentSizes, ladder: [Bitrate], segment: SimulationDuration) throws(DistributionError) {
    let constant = ladder.map { Self.bits(of: $0, in: segment) }
    renditions = Int32(ladder.count)
    switch sizes {
    case .constant:
      (bits, recordedSegments, factor) = (Table(constant), 0, nil)
    case .variable(let cv):
      let family = try Distribution.Lognormal(mean: 1, cv: cv)
      (bits, recordedSegments, factor) = (Table(constant), 0, .lognormal(family))
    case .recorded(let segments):
      precondition(
        segments.allSatisfy { $0.count == ladder.count }, "A recorded segment has a size for each rendition.")
      (bits, recordedSegments, factor) = (Table(segments.flatMap { $0 }), Int32(segments.count), nil)
    }
  }

  /// - Parameters:
  ///   - segment: of its title, from 0; within the recording where there is one.
  ///   - factor: the segment's, the same in all its renditions: 1 unless `factor` is drawn from.
  @inline(always) func bits(segment: Int32, rendition: Int32, factor: Double) -> Int64 {
    if recordedSegments > 0 { return bits[segment &* renditions &+ rendition] }
    let mean = bits[rendition]
    return factor == 1 ? mean : Int64(min(max(1, (Double(mean) * factor).rounded()), 0x1p62))
  }

  /// Bit rate x duration to the nearest whole bit, at least 1; halves are rounded up.
  private static func bits(of rate: Bitrate, in segment: SimulationDuration) -> Int64 {
    let product = UInt128(rate.bitsPerSecond) * UInt128(segment.nanoseconds)
    return max(1, Int64(clamping: (product + 500_000_000) / 1_000_000_000))
  }
}
