import Model
import Sampling
import Testing

@testable import Engine

@Suite struct `Sizes of segments` {
  private let ladder = [230_001, 6_000_000].map { Bitrate(bitsPerSecond: $0) }

  @Test func `are the bit rate times the duration in whole bits`() throws {
    let sizes = try MediaSizes(.constant, ladder: ladder, segment: SimulationDuration(nanoseconds: 2_002_000_000))
    // 230001 x 2.002 = 460462.002
    #expect(sizes.bits(segment: 7, rendition: 0, factor: 1) == 460_462)
    #expect(sizes.bits(segment: 0, rendition: 1, factor: 1) == 12_012_000)
    #expect(sizes.factor == nil)
  }

  @Test func `are those of the recording`() throws {
    let sizes = try MediaSizes(.recorded([[1, 2], [3, 4], [5, 6]]), ladder: ladder, segment: .seconds(2))
    #expect(sizes.recordedSegments == 3)
    #expect(
      (0..<3).flatMap { s in (0..<2).map { sizes.bits(segment: s, rendition: $0, factor: 1) } } == [1, 2, 3, 4, 5, 6])
  }

  /// The mean of 200,000 factors of standard deviation cv is within 5 cv / √n of 1 but once in 1.7 million.
  @Test func `vary around their mean`() throws {
    let sizes = try MediaSizes(.variable(cv: 0.4), ladder: ladder, segment: .seconds(2))
    let bank = SamplerBank([try #require(sizes.factor)])
    let key = DrawKey(seed: 41, replication: 0)
    var (sum, squares) = (0.0, 0.0)
    let count = 200_000
    for index in 0..<count {
      let factor = bank[0].seconds(key.child(UInt64(index)).draw(0))
      let bits = Double(sizes.bits(segment: 0, rendition: 1, factor: factor)) / 12e6
      sum += bits
      squares += bits * bits
    }
    let mean = sum / Double(count)
    #expect(abs(mean - 1) < 5 * 0.4 / Double(count).squareRoot())
    #expect(abs((squares / Double(count) - mean * mean).squareRoot() - 0.4) < 0.01)
    #expect(sizes.bits(segment: 0, rendition: 0, factor: 1e-9) == 1)
  }
}
