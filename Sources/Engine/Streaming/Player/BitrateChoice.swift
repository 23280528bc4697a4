/// One choice of a rendition: all that it rests on but the estimate of the network.
struct BitrateChoice {
  let settings: UnsafePointer<BitrateSettings>
  /// The cohort's, `renditions` of them.
  let steps: UnsafePointer<LadderStep>
  /// -1 before the first segment.
  let last: Int32
  /// Nanoseconds of media.
  let level: Int64

  private var top: Int32 { settings.pointee.renditions &- 1 }
  private func rate(_ rendition: Int32) -> Double { steps[Int(rendition)].bitsPerSecond }

  func rendition(_ estimate: BandwidthEstimate, usesBola: inout Bool) -> Int32 {
    switch settings.pointee.kind {
    case .throughput: return kept(byThroughput(estimate))
    case .buffer: return kept(byBuffer())
    case .bola: return kept(byBola(estimate))
    case .dynamic:
      usesBola = level >= (usesBola ? settings.pointee.throughputBelow : settings.pointee.bolaFrom)
      return kept(usesBola ? byBola(estimate) : byThroughput(estimate))
    }
  }

  /// The choice, or the last rendition where the level doesn't allow this rise or fall.
  private func kept(_ choice: Int32) -> Int32 {
    guard last >= 0 else { return choice }
    if choice > last && level < settings.pointee.risesFrom { return last }
    if choice < last && level >= settings.pointee.fallsBelow { return last }
    return choice
  }

  private func byThroughput(_ estimate: BandwidthEstimate) -> Int32 {
    highest(within: usable(estimate), up: settings.pointee.up, down: settings.pointee.down)
  }

  /// The bit rate that the network carries, before the rule's factors.
  ///
  /// By duration: latency + segment x B / throughput <= segment, solved for B; where two sides are equal but for
  /// rounding, either may be the result.
  private func usable(_ estimate: BandwidthEstimate) -> Double {
    let measured = estimate.throughput
    if measured == 0 { return settings.pointee.initial }
    switch settings.pointee.fit {
    case .bitrate: return measured
    case .duration: return measured * ((settings.pointee.segment - estimate.latency) / settings.pointee.segment)
    }
  }

  /// The highest rendition within a part of `usable`: `up` for those above the last one, and `down` for the others.
  private func highest(within usable: Double, up: Double, down: Double) -> Int32 {
    var rendition = top
    while rendition > 0 && rate(rendition) > (rendition > last ? up : down) * usable { rendition &-= 1 }
    return rendition
  }

  /// BOLA-BASIC. A rise beyond what the throughput carries goes one rendition beyond it, but not below the last one.
  private func byBola(_ estimate: BandwidthEstimate) -> Int32 {
    var rendition = top
    while rendition > 0 && level <= steps[Int(rendition)].bolaAbove { rendition &-= 1 }
    let held = max(last, 0)
    guard rendition > held else { return rendition }
    let carried = highest(within: usable(estimate), up: 1, down: 1)
    return rendition > carried ? max(held, carried &+ 1) : rendition
  }

  /// BBA-0: the rate that the level stands for has to pass the neighbouring rendition before anything changes.
  ///
  /// T.-Y. Huang et al., "A buffer-based approach to rate adaptation: evidence from a large video streaming service",
  /// SIGCOMM 2014, algorithm 1.
  private func byBuffer() -> Int32 {
    let (reservoir, end) = (settings.pointee.reservoir, settings.pointee.cushionEnd)
    if level <= reservoir { return 0 }
    if level >= end { return top }
    let part = Double(level &- reservoir) / Double(end &- reservoir)
    let mapped = rate(0) + part * (rate(top) - rate(0))
    let held = max(last, 0)
    if held < top && mapped >= rate(held &+ 1) {
      var rendition = top
      while rendition > held && rate(rendition) >= mapped { rendition &-= 1 }
      return rendition
    }
    if held > 0 && mapped <= rate(held &- 1) {
      var rendition: Int32 = 0
      while rendition < held && rate(rendition) <= mapped { rendition &+= 1 }
      return rendition
    }
    return held
  }
}
