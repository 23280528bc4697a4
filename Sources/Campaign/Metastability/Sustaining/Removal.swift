import Model

/// A mechanism that can be taken out of a model, to see whether the system comes back without it.
public enum Removal: String, Hashable, Sendable, CaseIterable {
  /// No call is tried again: neither by workloads, services and CDNs nor on pressing play. What players do on their own
  /// stays.
  case retries
  /// Calls whose callers have given up end at once, in every service.
  case deadWork = "dead-work"
  /// No breaker refuses anything.
  case breakers

  /// The model without it; nil where it has nothing of the kind.
  func applied(to model: SystemModel) -> SystemModel? {
    switch self {
    case .retries:
      guard model.allDependencies.contains(where: { ($0.retry?.attempts ?? 1) > 1 }) else { return nil }
      return model.changing { $0.withoutRetry }
    case .deadWork:
      guard model.allDependencies.contains(where: { $0.timeout != nil || $0.deadline != nil }),
        model.services.contains(where: { $0.cancellation == .none })
      else { return nil }
      return model.changing(service: { $0.cancelling })
    case .breakers:
      guard model.allDependencies.contains(where: { $0.breaker != nil }) else { return nil }
      return model.changing { $0.withoutBreaker }
    }
  }
}

extension SystemModel {
  /// The same system with other policies around every call.
  fileprivate func changing(dependency: (Dependency) -> Dependency) -> SystemModel {
    changing(
      workload: { $0.changing(call: dependency) }, sessions: { $0.changing(dependency: dependency) },
      service: { $0.changing(dependency: dependency) }, cdn: { $0.changing(origin: dependency) })
  }
}
