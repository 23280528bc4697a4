/// Where a signal normally lies, by the counterfactual twin, and when it leaves: a cumulative sum of the difference.
///
/// Run and twin have the same random numbers, so they are equal up to the first effect of a fault: before it nothing can
/// leave. After it they differ also by chance, since an effect shifts what follows; then the difference of two bins has
/// about twice the variance of one. A component has left its band once
///
/// 1. S(b) = max(0, S(b-1) + run(b) - twin(b) - κ) has reached h, with κ = 1.5 σ and h = 6 σ, where σ² is the mean square
///    of the twin's steps from bin to bin (twice the variance of a bin, whatever slowly changes in a day taken out); and
/// 2. the run was above the twin's greatest bin after the warm-up by what matters (`Scale`).
///
/// For differences that are normal, D. Siegmund's approximation (Sequential Analysis, 1985, ch. 2) gives a mean of
/// exp(2 · 1.5 · 7.17) / 4.5 ≈ 5 · 10⁸ bins until the first condition alone is met by chance. Where the twin is constant,
/// σ is 0: κ and h are then the floors of `Scale`, three events within 25 bins for a count, so that rare events add up over
/// bins, while one of them every minute does not. The time is that of the first bin above the twin's greatest in the rise that
/// led to the alarm: the sum decides whether, not when.
///
/// It is back in its band with the first of ten bins in a row (fewer at the horizon, but three) that are not above it.
///
/// E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954) 100.
struct NormalBand {
  /// What matters of a signal.
  enum Scale: Hashable {
    /// Events in a bin: three of them, or a tenth more.
    case count
    /// A part of a bin's time or of a component: a tenth.
    case fraction
    /// Something that waits: half a one on average, or a tenth more.
    case level
    /// Time that something takes: a quarter more.
    case duration
  }

  /// A time outside the band.
  struct Episode: Hashable {
    /// The first bin outside, and the first one inside again; nil where it stays outside.
    let from: Int
    let to: Int?
    /// The greatest value, and the twin's greatest.
    let peak: Double
    let normal: Double
  }

  static let quietBins = 10
  static let fewestQuietBins = 3

  private let limit: Double
  private let allowance: Double
  private let alarm: Double
  private let material: Double
  private let twin: [Double?]

  /// - Parameters:
  ///   - twin: by bin; nil where there is nothing to tell.
  ///   - measured: the first bin after the warm-up.
  init(twin: [Double?], measured: Int, _ scale: Scale) {
    self.twin = twin
    let usual = twin[min(measured, max(0, twin.count - 1))...].compactMap { $0 }
    limit = usual.max() ?? 0
    let steps = zip(usual, usual.dropFirst()).map { ($1 - $0) * ($1 - $0) }
    let sigma = steps.isEmpty ? 0 : (steps.reduce(0, +) / Double(steps.count)).squareRoot()
    let mean = usual.isEmpty ? 0 : usual.reduce(0, +) / Double(usual.count)
    let floors: (allowance: Double, alarm: Double, material: Double) =
      switch scale {
      case .count: (0.02, 2.5, max(1, limit / 10))
      case .fraction: (0.01, 0.25, 0.1)
      case .level: (0.05, 1, max(0.5, limit / 10))
      case .duration: (mean / 20, mean / 2, limit / 4)
      }
    allowance = max(1.5 * sigma, floors.allowance)
    alarm = max(6 * sigma, floors.alarm)
    material = floors.material
  }

  /// The times outside the band, in order.
  /// - Complexity: O(bins).
  func episodes(of run: [Double?]) -> [Episode] {
    var episodes: [Episode] = []
    var bin = 0
    while let from = departure(in: run, from: bin) {
      let to = comeback(in: run, after: from)
      let peak = run[from..<(to ?? run.count)].reduce(0) { max($0, $1 ?? 0) }
      episodes.append(Episode(from: from, to: to, peak: peak, normal: limit))
      guard let to else { break }
      bin = to
    }
    return episodes
  }

  private func difference(_ run: [Double?], _ bin: Int) -> Double {
    guard let value = run[bin] else { return 0 }
    return value - (twin[bin] ?? 0)
  }

  private func isAbove(_ run: [Double?], _ bin: Int) -> Bool {
    (run[bin] ?? 0) > limit + 1e-9 && difference(run, bin) > 1e-9
  }

  private func departure(in run: [Double?], from first: Int) -> Int? {
    var sum = 0.0
    var rise = first
    var peak = 0.0
    for bin in first..<max(first, run.count) where run[bin] != nil {
      let added = difference(run, bin) - allowance
      if sum + added <= 0 {
        sum = 0
        rise = bin + 1
        peak = 0
        continue
      }
      sum += added
      peak = max(peak, run[bin] ?? 0)
      guard sum >= alarm - 1e-9, peak >= limit + material - 1e-9 else { continue }
      var onset = (rise...bin).first { isAbove(run, $0) } ?? bin
      while onset > first, isAbove(run, onset - 1) { onset -= 1 }
      return onset
    }
    return nil
  }

  private func comeback(in run: [Double?], after from: Int) -> Int? {
    var quiet = 0
    var first = from + 1
    for bin in from + 1..<max(from + 1, run.count) {
      if isAbove(run, bin) {
        quiet = 0
        first = bin + 1
      } else {
        quiet += 1
        if quiet == Self.quietBins { return first }
      }
    }
    return quiet >= Self.fewestQuietBins ? first : nil
  }
}
