import Model
import Statistics

/// The service whose threads were all in use for longer, or shorter, than with the baseline: where the difference
/// comes from, as far as pools tell.
struct PoolChange: Hashable, Sendable {
  /// A service and the time for which a replica's pool was full, in seconds, on average.
  struct Pool: Hashable, Sendable {
    let service: String
    let seconds: Double
    let baseline: Double
    var rise: Double { seconds - baseline }
  }
  /// The service with the largest rise; nil where none rose by `leastSeconds`.
  let risen: Pool?
  /// The service with the largest fall; nil where none fell by `leastSeconds`.
  let fallen: Pool?

  /// Below this a change is not worth a word.
  static let leastSeconds = 5.0

  init(risen: Pool?, fallen: Pool?) {
    self.risen = risen
    self.fallen = fallen
  }

  init(in window: Window, variant: VariantSamples, baseline: VariantSamples) {
    let place = variant.windows.firstIndex(of: window) ?? 0
    let pools = variant.services.compactMap { service -> Pool? in
      guard let other = baseline.services.first(where: { $0.name == service.name }),
        let ours = service.meanFullSeconds(place), let theirs = other.meanFullSeconds(place)
      else { return nil }
      return Pool(service: service.name, seconds: ours, baseline: theirs)
    }
    let largest = pools.max { ($0.rise, $1.service) < ($1.rise, $0.service) }
    let smallest = pools.min { ($0.rise, $0.service) < ($1.rise, $1.service) }
    risen = largest.flatMap { $0.rise >= Self.leastSeconds ? $0 : nil }
    fallen = smallest.flatMap { $0.rise <= -Self.leastSeconds ? $0 : nil }
  }
}

extension VariantSamples.ServiceSamples {
  fileprivate func meanFullSeconds(_ window: Int) -> Double? {
    guard let first = samples.first, first.fullSeconds.indices.contains(window) else { return nil }
    return Moments(samples.map { $0.fullSeconds[window] }).mean
  }
}
