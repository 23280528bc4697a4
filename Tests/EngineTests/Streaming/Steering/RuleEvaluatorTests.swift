import Model
import Sampling
import Testing

@testable import Engine

/// Mutations: a choice that takes the other branch; `>` for `>=`; a summary that leaves out the first CDN; a signal of
/// the CDN at hand where another's is meant.
@Suite struct `The evaluator of rules` {
  typealias Value = SteeringRule.Value
  typealias Condition = SteeringRule.Condition

  private func weights(_ value: Value, _ signals: [CDNSignals], before: [Double]? = nil) -> [Double] {
    let cdns = (0..<signals.count).map { "cdn\($0)" }
    var evaluator = RuleEvaluator(RuleProgram(SteeringRule(value, text: ""), cdns: cdns), cdnCount: signals.count)
    var weights = Slab<Double>(repeating: 0, count: signals.count)
    for (cdn, weight) in (before ?? []).enumerated() { weights[cdn] = weight }
    let isDecided = evaluator.evaluate(slab(signals), into: &weights)
    // Those who say what there was before expect it to stay.
    #expect(isDecided == (before == nil))
    return array(weights)
  }

  /// CDNs whose loads are these.
  private func loads(_ loads: Double...) -> [CDNSignals] { loads.map { .loaded($0, share: 0) } }

  private static let load = Value.signal(.load, of: nil)

  @Test func `gives each its part`() {
    #expect(weights(Self.load, loads(1, 3)) == [0.25, 0.75])
    #expect(weights(.arithmetic(.constant(4), .minus, Self.load), loads(1, 3)) == [0.75, 0.25])
    // Another's signal is the same for all.
    #expect(weights(.signal(.load, of: "cdn1"), loads(1, 3)) == [0.5, 0.5])
  }

  @Test func `counts what is negative or not a number as nothing, and the infinite as all`() {
    #expect(weights(Self.load, loads(-5, 1, 3)) == [0, 0.25, 0.75])
    #expect(weights(Self.load, loads(.nan, 1, 3)) == [0, 0.25, 0.75])
    #expect(weights(.arithmetic(.constant(1), .over, Self.load), loads(0, 1, 0)) == [0.5, 0, 0.5])
    #expect(weights(Self.load, loads(1e308, 1e308)) == [0.5, 0.5])
  }

  @Test func `keeps the weights where it gives nobody any`() {
    #expect(weights(Self.load, loads(0, -1), before: [0.875, 0.125]) == [0.875, 0.125])
    #expect(weights(.constant(.nan), loads(1, 1), before: [0.875, 0.125]) == [0.875, 0.125])
  }

  @Test func `compares with the mean, the extremes and the total of all`() {
    func above(_ summary: SteeringRule.Summary) -> Value {
      .choice(
        .comparison(Self.load, .atLeast, .overall(summary, Self.load)), then: .constant(1), else: .constant(0))
    }
    #expect(weights(above(.highest), loads(1, 5, 3)) == [0, 1, 0])
    #expect(weights(above(.mean), loads(1, 5, 3)) == [0, 0.5, 0.5])
    #expect(weights(above(.lowest), loads(1, 5, 3)).allSatisfy { $0 == 1.0 / 3 })
    #expect(weights(above(.total), loads(1, 5, 3), before: [1, 0, 0]) == [1, 0, 0])
    // A total of what a total is in: 1/9 + 5/9 + 3/9.
    let nested = Value.overall(.total, .arithmetic(Self.load, .over, .overall(.total, Self.load)))
    let isOne = Condition.comparison(.magnitude(.arithmetic(nested, .minus, .constant(1))), .less, .constant(1e-12))
    #expect(weights(.choice(isOne, then: Self.load, else: .constant(1)), loads(1, 0, 3)) == [0.25, 0, 0.75])
  }

  @Test func `agrees with a reading of the tree, whatever the rule`() {
    var isDecided = 0
    for seed in 0..<3000 as Range<UInt64> {
      var random = RandomRule(key: DrawKey(seed: seed, replication: 0))
      let rule = random.value(depth: 5)
      let signals = (0..<3).map { _ in random.signals() }
      var expected = (0..<3).map { max(0, Reading(signals: signals, cdn: $0).value(rule)) }.map { $0 > 0 ? $0 : 0 }
      let largest = expected.max() ?? 0
      guard largest > 0 else {
        #expect(weights(rule, signals, before: [9, 8, 7]) == [9, 8, 7])
        continue
      }
      isDecided += 1
      expected = expected.map { largest == .infinity ? ($0 == .infinity ? 1 : 0) : $0 / largest }
      let sum = expected.reduce(0, +)
      #expect(weights(rule, signals) == expected.map { $0 / sum }, "\(rule)")
    }
    // Of 3,000 rules a good part has to tell something.
    #expect(isDecided > 1000)
  }
}

/// A rule read off its tree.
private struct Reading {
  let signals: [CDNSignals]
  var cdn: Int

  func value(_ value: SteeringRule.Value) -> Double {
    switch value {
    case .constant(let number): return number
    case .signal(let signal, of: nil): return signals[cdn][signal]
    case .signal(let signal, of: .some(let name)): return signals[Int(name.dropFirst(3)) ?? -1][signal]
    case .negative(let value): return -self.value(value)
    case .magnitude(let value): return abs(self.value(value))
    case .choice(let condition, then: let yes, else: let no): return holds(condition) ? self.value(yes) : self.value(no)
    case .arithmetic(let left, let operation, let right):
      let (a, b) = (self.value(left), self.value(right))
      switch operation {
      case .plus: return a + b
      case .minus: return a - b
      case .times: return a * b
      case .over: return a / b
      case .lesser: return a.isNaN || b.isNaN ? .nan : [a, b].min() ?? .nan
      case .greater: return a.isNaN || b.isNaN ? .nan : [a, b].max() ?? .nan
      }
    case .overall(let summary, let value):
      let all = signals.indices.map { Reading(signals: signals, cdn: $0).value(value) }
      if all.contains(where: \.isNaN) { return .nan }
      switch summary {
      case .lowest: return all.min() ?? .nan
      case .highest: return all.max() ?? .nan
      case .total: return all.dropFirst().reduce(all[0], +)
      case .mean: return all.dropFirst().reduce(all[0], +) / Double(all.count)
      }
    }
  }

  func holds(_ condition: SteeringRule.Condition) -> Bool {
    switch condition {
    case .not(let condition): return !holds(condition)
    case .and(let left, let right): return holds(left) && holds(right)
    case .or(let left, let right): return holds(left) || holds(right)
    case .comparison(let left, let comparison, let right):
      let (a, b) = (value(left), value(right))
      switch comparison {
      case .less: return a < b
      case .atMost: return a <= b
      case .greater: return a > b
      case .atLeast: return a >= b
      case .equal: return a == b
      case .unequal: return a != b
      }
    }
  }
}

/// Rules and signals by keyed draws.
private struct RandomRule {
  let key: DrawKey
  private var draws: UInt64 = 0

  init(key: DrawKey) { self.key = key }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    draws += 1
    return elements[Int(key.draw(draws) % UInt64(elements.count))]
  }

  mutating func value(depth: Int) -> SteeringRule.Value {
    let signal = pick(SteeringRule.Signal.allCases)
    if depth == 0 {
      return pick([.constant(pick([0, 1, 2.5, -1])), .signal(signal, of: nil), .signal(signal, of: "cdn1")])
    }
    let (a, b) = (value(depth: depth - 1), value(depth: pick(Array(0..<depth))))
    return switch pick(Array(0..<6)) {
    case 0: .negative(a)
    case 1: .magnitude(a)
    case 2: .choice(condition(depth: depth - 1), then: a, else: b)
    case 3: .overall(pick(SteeringRule.Summary.allCases), a)
    default: .arithmetic(a, pick(SteeringRule.Arithmetic.allCases), b)
    }
  }

  private mutating func condition(depth: Int) -> SteeringRule.Condition {
    let (a, b) = (value(depth: 0), value(depth: depth / 2))
    let comparison = SteeringRule.Condition.comparison(a, pick(SteeringRule.Comparison.allCases), b)
    if depth < 2 { return comparison }
    return switch pick(Array(0..<4)) {
    case 0: .not(condition(depth: depth - 1))
    case 1: .and(condition(depth: depth - 1), comparison)
    case 2: .or(condition(depth: depth - 1), comparison)
    default: comparison
    }
  }

  mutating func signals() -> CDNSignals {
    var signals = CDNSignals()
    signals.errorRatio = pick([0, 0.05, 0.5])
    signals.timeoutRatio = pick([0, 0.1])
    signals.throughput = pick([0, 1, 3, 5])
    signals.firstByte = pick([0.25, 0.5])
    signals.rebuffering = pick([0, 0.125])
    signals.startFailures = pick([0, 1])
    signals.hitRatio = pick([0.5, 0.75])
    signals.load = pick([0, 0.5, 1.5])
    signals.egress = pick([0, 7])
    signals.originErrors = pick([0, 0.25])
    signals.cost = pick([0, 2])
    signals.weight = pick([0, 0.5])
    signals.share = pick([0.125, 0.375])
    signals.sessions = pick([0, 11])
    signals.age = pick([0, 60])
    signals.reports = pick([0, 13])
    return signals
  }
}
