import Model

/// What is varied of the faults that trigger.
public enum TriggerMeasure: String, Hashable, Sendable, CaseIterable {
  /// How long each lasts, as a factor on the scenario's.
  case duration
  /// Which part of the devices or requests each reaches.
  case scope
  /// How likely each error is.
  case probability

  /// Whether a size is a part of a whole and not a factor.
  public var isFraction: Bool { self != .duration }
}

extension Scenario {
  /// The scenario with its faults at a size; those that the measure does not fit keep theirs.
  ///
  /// - Parameter size: above 0; at most 1 where the measure is a fraction.
  func triggered(_ measure: TriggerMeasure, at size: Double) throws(StabilityMapProblem) -> Scenario {
    switch measure {
    case .duration:
      let triggered = changing { fault in
        let length = (Double(fault.duration.nanoseconds) * size).rounded()
        return fault.changing(
          duration: SimulationDuration(nanoseconds: length < 0x1p62 ? max(1, Int64(length)) : 1 << 62))
      }
      for fault in triggered.faults {
        guard let again = fault.repetition, again.times > 1, again.every < fault.activeTime else { continue }
        throw .overlapsItself(fault: fault.name, lasting: fault.activeTime, every: again.every)
      }
      return triggered
    case .scope:
      for fault in faults where fault.scope.resized(size) == nil { throw .unscoped(fault: fault.name) }
      return changing { fault in fault.changing(scope: fault.scope.resized(size)) }
    case .probability:
      guard faults.contains(where: { $0.effect.made(likely: size) != nil }) else { throw .noProbability }
      return changing { fault in fault.changing(effect: fault.effect.made(likely: size)) }
    }
  }
}

extension FaultScope {
  fileprivate func resized(_ size: Double) -> FaultScope? {
    switch self {
    case .devices: .devices(Probability(size))
    case .requests: .requests(Probability(size))
    case .everything, .oneDevice, .replicas: nil
    }
  }
}

extension FaultEffect {
  fileprivate func made(likely probability: Double) -> FaultEffect? {
    guard case .error(let fault) = self else { return nil }
    return .error(ErrorFault(probability: Probability(probability), status: fault.status))
  }
}
