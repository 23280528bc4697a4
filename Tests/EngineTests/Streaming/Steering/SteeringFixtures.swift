import Model

@testable import Engine

/// CDNs 0, 1, 2, … with what is known of each.
func slab(_ signals: [CDNSignals]) -> Slab<CDNSignals> {
  var slab = Slab<CDNSignals>()
  for one in signals { slab.append(one) }
  return slab
}

func array<Element: BitwiseCopyable>(_ slab: borrowing Slab<Element>) -> [Element] {
  var elements: [Element] = []
  for index in 0..<slab.count { elements.append(slab[index]) }
  return elements
}

extension SteeringAnswer {
  init(_ weights: [Double], standingBy: [Int] = [], preference: [Int32]? = nil) {
    self.init(cdnCount: weights.count)
    for (cdn, weight) in weights.enumerated() { self.weights[cdn] = weight }
    for cdn in standingBy { standsBy[cdn] = true }
    for (place, cdn) in (preference ?? []).enumerated() { self.preference[place] = cdn }
  }
}

extension CDNSignals {
  static func transfers(_ throughput: Double, errors: Double = 0, timeouts: Double = 0, rebuffering: Double = 0) -> Self
  {
    var signals = CDNSignals()
    signals.transfers = 100
    signals.reports = 100
    signals.throughput = throughput
    signals.errorRatio = errors
    signals.timeoutRatio = timeouts
    signals.rebuffering = rebuffering
    return signals
  }

  static func loaded(_ load: Double, share: Double) -> Self {
    var signals = CDNSignals()
    signals.load = load
    signals.meanShare = share
    return signals
  }
}

/// Whether two lists of numbers agree to within a few roundings.
func agree(_ a: [Double], _ b: [Double]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-14 * max(1, $1.magnitude) }
}
