import Model

/// Steering as the engine reads it; shared by all replications.
struct SteeringProgram: Sendable {
  enum Policy: Sendable {
    /// The part of each CDN, by its number.
    case weighted(Table<Double>)
    case priority(PrioritySteering)
    case quality(QualitySettings)
    case rule(RuleProgram)
  }
  let policy: Policy
  /// The highest load; nil for no cap.
  let cap: Double?
  /// Nanoseconds between evaluations.
  let interval: Int64
  /// Nanoseconds.
  let lag: Int64
  let lookBack: Int64
  /// Bits per second of each CDN; 0 for no limit.
  let capacities: Table<Double>
  /// Money per GB of each CDN.
  let costs: Table<Double>

  /// - Parameters:
  ///   - cdns: the names of all CDNs in order; their places are their numbers.
  ///   - capacities: bits per second of each CDN, of all its sites together; 0 for no limit.
  ///   - costs: money per GB of each CDN; 0 where none is stated.
  init(_ steering: Steering, cdns: [String], capacities: [Double], costs: [Double]) {
    func numbers(_ names: [String]) -> Table<Int32> {
      Table(names.compactMap { name in cdns.firstIndex(of: name).map { Int32($0) } })
    }
    switch steering.policy {
    case .weighted(let shares):
      let weights = cdns.map { name in shares.first { $0.cdn == name }?.weight ?? 0 }
      let sum = weights.reduce(0, +)
      policy = .weighted(Table(weights.map { $0 / sum }))
    case .priority(let names, let threshold):
      policy = .priority(PrioritySteering(list: numbers(names), threshold: threshold))
    case .quality(let names, let hysteresis, let dwell, let halfLife):
      policy = .quality(
        QualitySettings(
          list: numbers(names), hysteresis: hysteresis, dwell: dwell.nanoseconds, halfLife: halfLife.nanoseconds,
          interval: steering.every.nanoseconds))
    case .rule(let rule): policy = .rule(RuleProgram(rule, cdns: cdns))
    }
    cap = steering.cap
    interval = steering.every.nanoseconds
    lag = steering.telemetry.lag.nanoseconds
    lookBack = steering.telemetry.window.nanoseconds
    self.capacities = Table(capacities)
    self.costs = Table(costs)
  }

  var cdnCount: Int { capacities.count }
}
