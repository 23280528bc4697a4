/// The memory behind a sampler: the coefficients or values, and the distribution for the rest.
///
/// Neither is written after `init`, and both are freed with the bank, which alone refers to this.
final class SamplerTable: @unchecked Sendable {
  let sampler: Sampler
  let fingerprint: UInt64
  /// How much of the unit interval the pieces do not cover, so that the quantile itself is evaluated.
  let exactShare: Double
  private let values: UnsafeMutablePointer<Double>
  private let box: UnsafeMutablePointer<BoxedFamily>

  init(_ distribution: Distribution) {
    let content = Content(distribution)
    values = .allocate(capacity: max(1, content.values.count))
    values.initialize(from: content.values, count: content.values.count)
    box = .allocate(capacity: 1)
    box.initialize(to: BoxedFamily(family: distribution.family))
    exactShare = content.exactShare
    sampler = Sampler(
      kind: content.kind, shift: UInt64(content.shift), origin: content.origin, count: content.count,
      base: content.base, width: content.width,
      values: UnsafePointer(values), box: UnsafePointer(box))
    var hash = DrawKey.mix(UInt64(content.kind.rawValue) ^ UInt64(content.count) << 8)
    for value in [content.base, content.width] + content.values {
      hash = DrawKey.mix(hash ^ value.bitPattern)
    }
    fingerprint = hash
  }

  deinit {
    values.deallocate()
    box.deinitialize(count: 1)
    box.deallocate()
  }

  private struct Content {
    var kind = Sampler.Kind.constant
    var shift = 52
    var origin = 0
    var count = 0
    var base = 0.0
    var width = 0.0
    var values: [Double] = []
    var exactShare = 0.0

    init(_ distribution: Distribution) {
      switch distribution {
      case .constant(let constant):
        base = constant.value * 1e9
      case .uniform(let uniform):
        kind = .uniform
        base = uniform.minimum * 1e9
        width = uniform.width * 1e9
      case .empirical(let empirical):
        kind = .empirical
        values = empirical.sortedValues.map { $0 * 1e9 }
        count = values.count
      case .exponential, .lognormal, .weibull, .gamma, .erlang, .hyperexponential, .pareto, .loglogistic, .triangular,
        .mixture, .shifted, .truncated:
        let pieces = CubicPieces(of: distribution)
        kind = .table
        shift = pieces.shift
        origin = pieces.origin
        count = pieces.tailCount
        values = pieces.coefficients
        exactShare = pieces.exactShare
      }
    }
  }
}
