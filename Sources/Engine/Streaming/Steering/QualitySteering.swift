import Sampling

/// The settings of steering by quality.
struct QualitySettings: Sendable {
  /// The numbers of the CDNs; the first is chosen until there is a reason for another. At least one.
  let list: Table<Int32>
  /// By what part a CDN has to be better than the chosen one.
  let hysteresis: Double
  /// Nanoseconds for which a choice stands at least.
  let dwell: Int64
  /// How much of a score is left after one evaluation: 2^(-interval / half-life).
  let kept: Double

  init(list: Table<Int32>, hysteresis: Double, dwell: Int64, halfLife: Int64, interval: Int64) {
    self.list = list
    self.hysteresis = hysteresis
    self.dwell = dwell
    kept = halfLife > 0 ? DeterministicMath.pow(2, -Double(interval) / Double(halfLife)) : 0
  }
}

/// The CDN with the best experience.
///
/// A CDN's score is the exponentially weighted moving average, over the evaluations in which transfers of it were
/// reported, of throughput x (1 - errors - timeouts) x (1 - rebuffering). One that nobody uses keeps its score; one that
/// nobody has ever used is taken to be as good as the best score there has been (optimism in the face of uncertainty:
/// otherwise it would never be tried). So a CDN that was left is tried again once the chosen one's score has fallen
/// below its own by the hysteresis.
struct QualitySteering: ~Copyable {
  private let settings: QualitySettings
  /// Bits per second; negative for never measured.
  private var scores: Slab<Double>
  private var bestScore = 0.0
  private(set) var chosen: Int32
  /// When it was chosen.
  private var chosenAt: Int64 = 0

  init(_ settings: QualitySettings, cdnCount: Int) {
    self.settings = settings
    scores = Slab(repeating: -1, count: cdnCount)
    chosen = settings.list[0]
  }

  mutating func reset() {
    scores.fill(with: -1)
    bestScore = 0
    chosen = settings.list[0]
    chosenAt = 0
  }

  /// What a CDN is taken to be worth.
  func standing(of cdn: Int32) -> Double { scores[cdn] < 0 ? bestScore : scores[cdn] }

  /// - Parameter now: nanoseconds since the beginning of the replication, at which the first choice was made.
  mutating func decide(_ signals: borrowing Slab<CDNSignals>, now: Int64, _ answer: inout SteeringAnswer) {
    for index in 0..<settings.list.count { measure(settings.list[index], signals) }
    var best = chosen
    for index in 0..<settings.list.count where standing(of: settings.list[index]) > standing(of: best) {
      best = settings.list[index]
    }
    if standing(of: best) > standing(of: chosen) * (1 + settings.hysteresis), now &- chosenAt >= settings.dwell {
      chosen = best
      chosenAt = now
    }
    answer.choose(chosen)
    prefer(&answer)
  }

  private mutating func measure(_ cdn: Int32, _ signals: borrowing Slab<CDNSignals>) {
    if signals[cdn].transfers == 0 { return }
    let delivered = max(0, 1 - signals[cdn].failureRatio)
    let smooth = max(0, 1 - signals[cdn].rebuffering)
    let sample = signals[cdn].throughput * delivered * smooth
    scores[cdn] = scores[cdn] < 0 ? sample : scores[cdn] * settings.kept + sample * (1 - settings.kept)
    bestScore = max(bestScore, scores[cdn])
  }

  /// By descending score, equals in the order of the list; those that are worth anything stand by.
  private func prefer(_ answer: inout SteeringAnswer) {
    answer.standsBy.fill(with: false)
    for count in 0..<settings.list.count {
      let cdn = settings.list[count]
      var place = count
      while place > 0, standing(of: answer.preference[place - 1]) < standing(of: cdn) {
        answer.preference[place] = answer.preference[place - 1]
        place -= 1
      }
      answer.preference[place] = cdn
      answer.standsBy[cdn] = cdn != chosen && standing(of: cdn) > 0
    }
    answer.preferOthers(than: settings.list, from: settings.list.count)
  }
}
