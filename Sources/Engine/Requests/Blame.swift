import Model

/// `FailureReason` as the engine stores it; also how a caller sees a failure, which is an error where the reason arose
/// further down.
enum ReasonCode: UInt8 {
  case timeout = 0
  case rejected = 1
  case bulkheadFull = 2
  case breakerOpen = 3
  case error = 4
  case unreachable = 5
  case abandoned = 6
}

extension FailureReason {
  var code: ReasonCode {
    switch self {
    case .timeout: .timeout
    case .rejected: .rejected
    case .bulkheadFull: .bulkheadFull
    case .breakerOpen: .breakerOpen
    case .error: .error
    case .unreachable: .unreachable
    case .abandoned: .abandoned
    }
  }
}

/// A failure as it travels up: why and where it arose.
struct Blame: BitwiseCopyable {
  /// nil where nothing has failed.
  var reason: ReasonCode?
  /// The fault instance that brought it about directly; -1 where none did, or where that is not known.
  var fault: Int16 = -1
  /// A service, or an edge: see `Program.componentNames`.
  var component: Int32
  static let none = Blame(reason: nil, component: -1)

  private init(reason: ReasonCode?, component: Int32) {
    self.reason = reason
    self.component = component
  }
  init(_ reason: ReasonCode, at component: Int32) {
    self.init(reason: reason, component: component)
  }
  /// - Parameter fault: the instance that brought it about; -1 where none did.
  init(_ reason: ReasonCode, at component: Int32, by fault: Int32) {
    self.init(reason: reason, component: component)
    self.fault = Int16(exactly: fault) ?? -1
  }
}
