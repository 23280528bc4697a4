import Model

/// Steering of one replication: what it has been told, and what it answers.
struct SteeringService: ~Copyable {
  private let program: SteeringProgram
  /// To be added to as reports arrive.
  var window: SignalWindow
  private(set) var signals: Slab<CDNSignals>
  private(set) var answer: SteeringAnswer
  private var rule: RuleEvaluator?
  private var quality: QualitySteering?
  private var cap: CapacityCap?
  /// When the weight of each CDN last changed, and what it was before the evaluation under way.
  private var changedAt: Slab<Int64>
  private var formerWeights: Slab<Double>

  init(_ program: SteeringProgram) {
    self.program = program
    let count = program.cdnCount
    window = SignalWindow(
      tick: program.interval, lag: program.lag, lookBack: program.lookBack, capacities: program.capacities)
    signals = Slab(repeating: CDNSignals(), count: count)
    answer = SteeringAnswer(cdnCount: count)
    if case .rule(let rule) = program.policy { self.rule = RuleEvaluator(rule, cdnCount: count) }
    if case .quality(let settings) = program.policy { quality = QualitySteering(settings, cdnCount: count) }
    if let limit = program.cap { cap = CapacityCap(limit: limit, cdnCount: count) }
    changedAt = Slab(repeating: 0, count: count)
    formerWeights = Slab(repeating: 0, count: count)
    decideFirst()
  }

  mutating func reset() {
    window.reset()
    quality?.reset()
    changedAt.fill(with: 0)
    decideFirst()
  }

  /// The answer before anything is known: the parts that are given, the first of a list, or, with a rule, what it says
  /// without any report; equal parts where it says nothing.
  private mutating func decideFirst() {
    signals.fill(with: CDNSignals())
    answer.reset()
    for cdn in 0..<signals.count {
      signals[cdn].cost = program.costs[cdn]
      answer.weights[cdn] = 1 / Double(signals.count)
      signals[cdn].weight = answer.weights[cdn]
    }
    decide(now: 0)
  }

  /// Ends the tick, whose cells have their `sessions` by now, and computes the answer anew.
  /// - Parameter now: nanoseconds since the beginning of the replication.
  mutating func evaluate(now: Int64) {
    window.advance()
    window.read(into: &signals)
    for cdn in 0..<signals.count {
      formerWeights[cdn] = answer.weights[cdn]
      signals[cdn].weight = answer.weights[cdn]
      signals[cdn].age = Double(now &- changedAt[cdn]) / 1e9
    }
    decide(now: now)
    cap?.apply(signals, &answer)
    for cdn in 0..<signals.count where answer.weights[cdn] != formerWeights[cdn] { changedAt[cdn] = now }
  }

  private mutating func decide(now: Int64) {
    switch program.policy {
    case .weighted(let parts):
      for cdn in 0..<parts.count { answer.weights[cdn] = parts[cdn] }
    case .priority(let priority): priority.decide(signals, &answer)
    case .quality: quality?.decide(signals, now: now, &answer)
    case .rule: _ = rule?.evaluate(signals, into: &answer.weights)
    }
  }
}
