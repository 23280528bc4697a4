import Model

/// One step of a rule on a stack of numbers; a condition is 1 or 0.
struct RuleStep: BitwiseCopyable, Sendable {
  enum Operation: UInt8 {
    /// Pushes `number`.
    case constant
    /// Pushes a signal of the CDN at hand, or of CDN `index`.
    case ownSignal, signal
    /// Pushes the value of summary `index`.
    case summary
    case negative, magnitude
    case plus, minus, times, over, lesser, greater
    case less, atMost, equal, not, and, or
    /// Of (condition, a, b): a where the condition holds, else b.
    case choice
  }
  let operation: Operation
  /// Of `ownSignal` and `signal`.
  var signal = SteeringRule.Signal.load
  var index: Int32 = 0
  var number = 0.0
}

/// A rule in postfix order, for any number of replications.
///
/// A number over all CDNs is the same whichever CDN is at hand, so each is a part of its own, which is evaluated once,
/// after those that it contains.
struct RuleProgram: Sendable {
  /// Steps that yield one number for each CDN, and what becomes of them.
  struct Part: BitwiseCopyable, Sendable {
    var first: Int32
    var end: Int32
    /// nil: the weight itself.
    var summary: SteeringRule.Summary?
  }

  let steps: Table<RuleStep>
  /// The weight last.
  let parts: Table<Part>
  /// How many numbers the stack has to hold.
  let depth: Int

  /// - Parameter cdns: the names of the CDNs, in the order of their numbers; all that the rule names are among them.
  init(_ rule: SteeringRule, cdns: [String]) {
    var assembly = RuleAssembly(cdns: cdns)
    assembly.add(rule.weight, as: nil)
    steps = Table(assembly.steps)
    parts = Table(assembly.parts)
    depth = assembly.deepest
  }
}
