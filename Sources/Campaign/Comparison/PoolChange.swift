import Model
import Statistics

/// The service whose threads were all in use for longer, or shorter, than with the baseline: where the difference
/// comes from, as far as pools tell.
///
/// A pool that refused more of the workload's calls, or fewer, goes before one that was only full: a hung service's own
/// pool is always full, but what takes others down is the pool that turns them away.
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

  /// Below this a change is not worth a word; where calls were refused for it, half a second is.
  static let leastSeconds = 5.0
  static let leastSecondsWithRefusals = 0.5

  init(risen: Pool?, fallen: Pool?) {
    self.risen = risen
    self.fallen = fallen
  }

  init(at place: Metric, variant: VariantSamples, baseline: VariantSamples) {
    let window = variant.windows.firstIndex(of: place.window) ?? 0
    let pools = variant.services.compactMap { service -> Pool? in
      guard let other = baseline.services.first(where: { $0.name == service.name }),
        let ours = service.meanFullSeconds(window), let theirs = other.meanFullSeconds(window)
      else { return nil }
      return Pool(service: service.name, seconds: ours, baseline: theirs)
    }
    let ours = variant.tally(at: place)
    let theirs = baseline.tally(at: place)
    let refusals = { (pool: Pool) in
      Self.refusals(by: pool.service, in: ours) - Self.refusals(by: pool.service, in: theirs)
    }
    risen = Self.first(of: pools, refusals: refusals) { $0.rise }
    fallen = Self.first(of: pools, refusals: { -refusals($0) }) { -$0.rise }
  }

  private static func first(of pools: [Pool], refusals: (Pool) -> Int, by change: (Pool) -> Double) -> Pool? {
    func largest(_ pools: [Pool], atLeast least: Double) -> Pool? {
      pools.filter { change($0) >= least }.max { (change($0), $1.service) < (change($1), $0.service) }
    }
    return largest(pools.filter { refusals($0) > 0 }, atLeast: leastSecondsWithRefusals)
      ?? largest(pools, atLeast: leastSeconds)
  }

  private static func refusals(by service: String, in samples: [TallySamples.Sample]) -> Int {
    samples.reduce(0) { sum, sample in
      sum
        + sample.reasons.filter { $0.reason == .rejected && $0.component == service }.reduce(0) { $0 + $1.count }
    }
  }
}

extension VariantSamples.ServiceSamples {
  fileprivate func meanFullSeconds(_ window: Int) -> Double? {
    guard let first = samples.first, first.fullSeconds.indices.contains(window) else { return nil }
    return Moments(samples.map { $0.fullSeconds[window] }).mean
  }
}
