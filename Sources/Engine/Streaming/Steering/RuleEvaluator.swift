import Model

/// Evaluates a rule for every CDN, without allocating.
struct RuleEvaluator: ~Copyable {
  private let program: RuleProgram
  private var stack: Slab<Double>
  /// The value of each part of the program that is over all CDNs.
  private var summaries: Slab<Double>
  private var outcome: Slab<Double>

  init(_ program: RuleProgram, cdnCount: Int) {
    self.program = program
    stack = Slab(repeating: 0, count: program.depth)
    summaries = Slab(repeating: 0, count: program.parts.count)
    outcome = Slab(repeating: 0, count: cdnCount)
  }

  /// Puts the parts of all into `weights`, or leaves those that are there where the rule gives nobody any.
  ///
  /// A weight that is negative or not a number counts as 0. Where some are infinite they share all equally.
  /// - Returns: whether the rule has given somebody weight.
  mutating func evaluate(_ signals: borrowing Slab<CDNSignals>, into weights: inout Slab<Double>) -> Bool {
    for part in 0..<program.parts.count {
      if let summary = program.parts[part].summary {
        summaries[part] = summarize(summary, program.parts[part], signals)
      } else {
        for cdn in 0..<signals.count { outcome[cdn] = value(program.parts[part], Int32(cdn), signals) }
      }
    }
    return normalize(into: &weights)
  }

  private mutating func summarize(
    _ summary: SteeringRule.Summary, _ part: RuleProgram.Part, _ signals: borrowing Slab<CDNSignals>
  ) -> Double {
    var result = value(part, 0, signals)
    for cdn in 1..<max(signals.count, 1) {
      let other = value(part, Int32(cdn), signals)
      switch summary {
      case .lowest: result = lesser(result, other)
      case .highest: result = greater(result, other)
      case .mean, .total: result += other
      }
    }
    return summary == .mean ? result / Double(signals.count) : result
  }

  private mutating func value(
    _ part: RuleProgram.Part, _ cdn: Int32, _ signals: borrowing Slab<CDNSignals>
  ) -> Double {
    // How many numbers are on the stack.
    var top = 0
    for index in part.first..<part.end {
      let step = program.steps[index]
      switch step.operation {
      case .constant, .ownSignal, .signal, .summary:
        top += 1
        stack[top - 1] = leaf(step, cdn, signals)
      case .negative: stack[top - 1] = -stack[top - 1]
      case .magnitude: stack[top - 1] = stack[top - 1].magnitude
      case .not: stack[top - 1] = 1 - stack[top - 1]
      case .choice:
        top -= 2
        stack[top - 1] = stack[top - 1] == 1 ? stack[top] : stack[top + 1]
      default:
        top -= 1
        stack[top - 1] = combined(stack[top - 1], step.operation, stack[top])
      }
    }
    return stack[0]
  }

  @inline(always) private func leaf(
    _ step: RuleStep, _ cdn: Int32, _ signals: borrowing Slab<CDNSignals>
  ) -> Double {
    switch step.operation {
    case .ownSignal: signals[cdn][step.signal]
    case .signal: signals[step.index][step.signal]
    case .summary: summaries[step.index]
    default: step.number
    }
  }

  @inline(always) private func combined(_ a: Double, _ operation: RuleStep.Operation, _ b: Double) -> Double {
    switch operation {
    case .plus: a + b
    case .minus: a - b
    case .times: a * b
    case .over: a / b
    case .lesser: lesser(a, b)
    case .greater: greater(a, b)
    case .less: a < b ? 1 : 0
    case .atMost: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .and: a * b
    case .or: a == 1 ? 1 : b
    default: .nan
    }
  }

  /// The first of equals; not a number where either isn't, unlike `Double.minimum`.
  @inline(always) private func lesser(_ a: Double, _ b: Double) -> Double { b < a || b.isNaN ? b : a }
  @inline(always) private func greater(_ a: Double, _ b: Double) -> Double { b > a || b.isNaN ? b : a }

  /// Divides by the largest first, so that no sum overflows.
  private func normalize(into weights: inout Slab<Double>) -> Bool {
    var largest = 0.0
    for cdn in 0..<outcome.count where outcome[cdn] > largest { largest = outcome[cdn] }
    if largest == 0 { return false }
    var sum = 0.0
    for cdn in 0..<outcome.count { sum += part(outcome[cdn], of: largest) }
    for cdn in 0..<outcome.count { weights[cdn] = part(outcome[cdn], of: largest) / sum }
    return true
  }

  @inline(always) private func part(_ value: Double, of largest: Double) -> Double {
    if largest == .infinity { return value == .infinity ? 1 : 0 }
    return value > 0 ? value / largest : 0
  }
}
