import Foundation
import Model

/// A player written down as plainly as can be: a straightforward loop after Sabre's (K. Spiteri, R. Sitaraman,
/// D. Sparacio, "From theory to practice", MMSys 2018), with no code of the engine's. It fetches one segment at a time
/// over a looped network, never gives up and never abandons a segment.
///
/// Its rules are in Doubles and milliseconds, as Sabre's. Its clock has whole nanoseconds, to which the end of a
/// transfer is rounded up, as the engine's does: a nanosecond more or less at the end of a fast period costs
/// microseconds of the slow one after it, so that two clocks that round differently drift apart.
struct ObviousPlayer {
  struct Period {
    var ms: Double
    var kbps: Double
    var latencyMs: Double
  }

  var kind: BitrateRule.Kind
  var fit = BitrateRule.Fit.duration
  var halfLivesMs = [3000.0, 8000.0]
  var up = 0.9
  var down = 0.9
  /// Assumed before anything is measured.
  var initialKbps: Double?
  var risesFromMs: Double?
  var fallsBelowMs: Double?
  var bolaFromMs = 18_000.0
  var throughputBelowMs = 9_000.0

  var segmentMs = 3000.0
  var ladderKbps: [Double]
  /// By segment and rendition.
  var sizesBits: [[Double]]
  var network: [Period]
  /// Where in the network's loop the session begins.
  var beginsAtMs = 0.0

  /// As `BufferSettings`.
  var startMs = 0.0
  var targetMs = 25_000.0
  var resumeMs = 0.0

  /// In milliseconds: how far apart thresholds that are equal may be by their rounding.
  private static let rounding = 1e-7

  /// Plays all segments.
  func play() -> ObviousPlay {
    var play = ObviousPlay(segmentMs: segmentMs, ladderKbps: ladderKbps)
    var estimate = ObviousEstimate(halfLivesMs: halfLivesMs, segmentMs: segmentMs)
    var now: Int64 = 0
    var level: Int64 = 0
    var playing = false
    var usesBola = false
    var last: Int?

    // Lets time pass: what is played, and whether it runs out.
    func wait(_ time: Int64) {
      if playing {
        if time > level {
          play.stalls.append(ObviousPlay.Stall(from: ms(now + level), to: .nan))
          playing = false
          level = 0
        } else {
          level -= time
        }
      }
      now += time
    }

    for (number, sizes) in sizesBits.enumerated() {
      let surplus = level + nanoseconds(segmentMs) - nanoseconds(targetMs)
      if surplus > 0 {
        precondition(playing, "The buffer is full before it plays.")
        wait(surplus)
      }
      let rendition = choice(last: last, level: ms(level), estimate: estimate, usesBola: &usesBola)
      let requested = now
      let latency = nanoseconds(network[period(at: now).index].latencyMs)
      let transfer = transferTime(bits: sizes[rendition], from: now + latency)
      wait(latency + transfer)
      level += nanoseconds(segmentMs)
      estimate.add(kbps: sizes[rendition] / ms(transfer), transferMs: ms(transfer), latencyMs: ms(latency))
      play.segments.append(.init(requested: ms(requested), completed: ms(now), rendition: rendition))
      last = rendition
      if !playing {
        let needed = nanoseconds(play.startup == nil ? startMs : resumeMs)
        if level >= needed || number == sizesBits.count - 1 {
          playing = true
          if play.startup == nil { play.startup = ms(now) } else { play.stalls[play.stalls.count - 1].to = ms(now) }
        }
      }
    }
    play.ended = ms(now + level)
    return play
  }

  private func nanoseconds(_ ms: Double) -> Int64 { Int64((ms * 1e6).rounded()) }
  private func ms(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e6 }

  // MARK: the network

  /// The period at a time of the session, and how much of it is left.
  private func period(at time: Int64) -> (index: Int, left: Int64) {
    var place = (nanoseconds(beginsAtMs) + time) % network.reduce(0) { $0 + nanoseconds($1.ms) }
    var index = 0
    while place >= nanoseconds(network[index].ms) {
      place -= nanoseconds(network[index].ms)
      index += 1
    }
    return (index, nanoseconds(network[index].ms) - place)
  }

  private func transferTime(bits: Double, from start: Int64) -> Int64 {
    var (index, left) = period(at: start)
    var time: Int64 = 0
    // Billionths of a bit: what a bit per second brings in a nanosecond.
    var rest = Int128(bits) * 1_000_000_000
    while true {
      let rate = Int128(network[index].kbps * 1000)
      if rest <= Int128(left) * rate { return time + Int64((rest + rate - 1) / rate) }
      rest -= Int128(left) * rate
      time += left
      index = (index + 1) % network.count
      left = nanoseconds(network[index].ms)
    }
  }

  // MARK: the rules

  private func choice(last: Int?, level: Double, estimate: ObviousEstimate, usesBola: inout Bool) -> Int {
    var chosen: Int
    switch kind {
    case .throughput: chosen = byThroughput(estimate, last: last, up: up, down: down)
    case .buffer: chosen = byBuffer(level: level, last: last)
    case .bola: chosen = byBola(level: level, last: last, estimate: estimate)
    case .dynamic:
      let full = targetMs - segmentMs
      let scale = min(1, full / bolaFromMs)
      if usesBola && level < throughputBelowMs * scale - Self.rounding {
        usesBola = false
      } else if !usesBola && level >= bolaFromMs * scale - Self.rounding {
        usesBola = true
      }
      chosen =
        usesBola
        ? byBola(level: level, last: last, estimate: estimate)
        : byThroughput(estimate, last: last, up: up, down: down)
    }
    if let last, let risesFromMs, chosen > last && level < risesFromMs { chosen = last }
    if let last, let fallsBelowMs, chosen < last && level >= fallsBelowMs { chosen = last }
    return chosen
  }

  private func byThroughput(_ estimate: ObviousEstimate, last: Int?, up: Double, down: Double) -> Int {
    var best = 0
    for (q, kbps) in ladderKbps.enumerated() {
      let factor = q > (last ?? -1) ? up : down
      if let measured = estimate.kbps {
        switch fit {
        case .duration: if estimate.latencyMs + segmentMs * kbps / (factor * measured) <= segmentMs { best = q }
        case .bitrate: if kbps <= factor * measured { best = q }
        }
      } else if let initialKbps, kbps <= factor * initialKbps {
        best = q
      }
    }
    return best
  }

  private func byBola(level: Double, last: Int?, estimate: ObviousEstimate) -> Int {
    let utilities = ladderKbps.map { Foundation.log($0 / ladderKbps[0]) }
    let v = (targetMs - segmentMs) / (utilities[utilities.count - 1] + 5)
    var q = 0
    var score = -Double.infinity
    for (candidate, kbps) in ladderKbps.enumerated() {
      let its = (v * (utilities[candidate] + 5) - level) / kbps
      if its > score { (q, score) = (candidate, its) }
    }
    let held = last ?? 0
    if q > held {
      let carried = byThroughput(estimate, last: last, up: 1, down: 1)
      if q <= carried { return q }
      q = held > carried ? held : carried + 1
    }
    return q
  }

  private func byBuffer(level: Double, last: Int?) -> Int {
    let full = targetMs - segmentMs
    let (reservoir, cushion) = (full * 0.375, full * 0.525)
    let top = ladderKbps.count - 1
    let held = last ?? 0
    let rate = ladderKbps[held]
    let next = ladderKbps.first { $0 > rate } ?? ladderKbps[top]
    let previous = ladderKbps.last { $0 < rate } ?? ladderKbps[0]
    if level <= reservoir { return 0 }
    if level >= reservoir + cushion { return top }
    let mapped = ladderKbps[0] + (level - reservoir) / cushion * (ladderKbps[top] - ladderKbps[0])
    if mapped >= next { return ladderKbps.lastIndex { $0 < mapped } ?? 0 }
    if mapped <= previous { return ladderKbps.firstIndex { $0 > mapped } ?? top }
    return held
  }
}

/// Sabre's `Ewma`, as it is written there.
struct ObviousEstimate {
  let halfLivesMs: [Double]
  let latencyHalfLives: [Double]
  var throughputs: [Double]
  var latencies: [Double]
  var time = 0.0
  var count = 0.0

  init(halfLivesMs: [Double], segmentMs: Double) {
    self.halfLivesMs = halfLivesMs
    latencyHalfLives = halfLivesMs.map { $0 / segmentMs }
    throughputs = halfLivesMs.map { _ in 0 }
    latencies = halfLivesMs.map { _ in 0 }
  }

  mutating func add(kbps: Double, transferMs: Double, latencyMs: Double) {
    for index in halfLivesMs.indices {
      let kept = pow(0.5, transferMs / halfLivesMs[index])
      throughputs[index] = kept * throughputs[index] + (1 - kept) * kbps
      let keptLatency = pow(0.5, 1 / latencyHalfLives[index])
      latencies[index] = keptLatency * latencies[index] + (1 - keptLatency) * latencyMs
    }
    time += transferMs
    count += 1
  }

  /// nil before the first sample.
  var kbps: Double? {
    guard count > 0 else { return nil }
    return halfLivesMs.indices.map { throughputs[$0] / (1 - pow(0.5, time / halfLivesMs[$0])) }.min()
  }

  var latencyMs: Double {
    guard count > 0 else { return 0 }
    return halfLivesMs.indices.map { latencies[$0] / (1 - pow(0.5, count / latencyHalfLives[$0])) }.max() ?? 0
  }
}
