import Model

/// Brings a rule into postfix order.
struct RuleAssembly {
  private let cdns: [String]
  private(set) var steps: [RuleStep] = []
  private(set) var parts: [RuleProgram.Part] = []
  /// How many numbers the stack holds at most.
  private(set) var deepest = 0
  /// The steps of the parts that are being put together, the innermost last, and how deep the stack is there.
  private var open: [(steps: [RuleStep], depth: Int)] = []

  init(cdns: [String]) { self.cdns = cdns }

  /// Makes a part of its own of a number.
  mutating func add(_ value: SteeringRule.Value, as summary: SteeringRule.Summary?) {
    open.append(([], 0))
    push(value)
    let part = open.removeLast().steps
    let first = Int32(steps.count)
    steps += part
    parts.append(.init(first: first, end: Int32(steps.count), summary: summary))
  }

  /// - Parameter popping: how many numbers the step takes off the stack before it puts one there.
  private mutating func emit(_ step: RuleStep, popping: Int) {
    let last = open.count - 1
    open[last].steps.append(step)
    open[last].depth += 1 - popping
    deepest = max(deepest, open[last].depth)
  }

  private mutating func push(_ value: SteeringRule.Value) {
    switch value {
    case .constant(let number): emit(RuleStep(operation: .constant, number: number), popping: 0)
    case .signal(let signal, of: nil): emit(RuleStep(operation: .ownSignal, signal: signal), popping: 0)
    case .signal(let signal, of: .some(let name)):
      guard let index = cdns.firstIndex(of: name) else { preconditionFailure("a rule names the unknown CDN \(name)") }
      emit(RuleStep(operation: .signal, signal: signal, index: Int32(index)), popping: 0)
    case .negative(let value):
      push(value)
      emit(RuleStep(operation: .negative), popping: 1)
    case .magnitude(let value):
      push(value)
      emit(RuleStep(operation: .magnitude), popping: 1)
    case .arithmetic(let left, let operation, let right):
      push(left)
      push(right)
      emit(RuleStep(operation: Self.operation(operation)), popping: 2)
    case .choice(let condition, then: let yes, else: let no):
      push(condition)
      push(yes)
      push(no)
      emit(RuleStep(operation: .choice), popping: 3)
    case .overall(let summary, let value):
      add(value, as: summary)
      emit(RuleStep(operation: .summary, index: Int32(parts.count - 1)), popping: 0)
    }
  }

  private mutating func push(_ condition: SteeringRule.Condition) {
    switch condition {
    case .comparison(let left, let comparison, let right):
      let isReversed = comparison == .greater || comparison == .atLeast
      push(isReversed ? right : left)
      push(isReversed ? left : right)
      switch comparison {
      case .less, .greater: emit(RuleStep(operation: .less), popping: 2)
      case .atMost, .atLeast: emit(RuleStep(operation: .atMost), popping: 2)
      case .equal: emit(RuleStep(operation: .equal), popping: 2)
      case .unequal:
        emit(RuleStep(operation: .equal), popping: 2)
        emit(RuleStep(operation: .not), popping: 1)
      }
    case .not(let condition):
      push(condition)
      emit(RuleStep(operation: .not), popping: 1)
    case .and(let left, let right):
      push(left)
      push(right)
      emit(RuleStep(operation: .and), popping: 2)
    case .or(let left, let right):
      push(left)
      push(right)
      emit(RuleStep(operation: .or), popping: 2)
    }
  }

  private static func operation(_ arithmetic: SteeringRule.Arithmetic) -> RuleStep.Operation {
    switch arithmetic {
    case .plus: .plus
    case .minus: .minus
    case .times: .times
    case .over: .over
    case .lesser: .lesser
    case .greater: .greater
    }
  }
}
