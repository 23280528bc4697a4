/// How often the root operations are asked for.
///
/// All traces together give one rate, (traces - 1) / (time from the first start to the last), which each operation
/// shares by its number of requests; a trace that a probabilistic sampler kept with probability p stands for 1 / p.
struct RequestRates {
  /// Fewer traces say nothing of a rate.
  static let fewestTraces = 3
  /// What is assumed for all root operations together, per second.
  static let assumedTotal = 1.0

  private let traceCount: Int
  /// Seconds.
  private let window: Double
  private let isSampled: Bool

  init(_ traces: [[RootCall]]) {
    let starts = traces.compactMap { $0.map(\.call.served.start).min() }
    traceCount = traces.count
    window = Double((starts.max() ?? 0) - (starts.min() ?? 0)) / 1e9
    isSampled = traces.contains { $0.contains { $0.weight != 1 } }
  }

  var isAssumed: Bool { traceCount < Self.fewestTraces || window <= 0 }

  /// Requests per second.
  func rate(of requests: [RootCall]) -> Double {
    let weight = requests.map(\.weight).reduce(0, +) / Double(traceCount)
    let perTrace = Double(requests.count) / Double(traceCount)
    return isAssumed ? Self.assumedTotal * perTrace : Double(traceCount - 1) / window * weight
  }

  /// How the rate was found, in words.
  func origin(of requests: Int) -> String {
    let counted = requests == 1 ? "1 request" : "\(requests) requests"
    if isAssumed { return "\(counted); assumed, for the traces' starts do not span time" }
    let sampling = isSampled ? ", and the probability with which the traces were sampled" : ""
    return "from the starts of \(counted) in \(QuantityText.duration(seconds: window))\(sampling)"
  }
}
