import Model

/// Settings that make no difference, or that a running system can't take.
extension Setting {
  typealias Problem = (message: String, suggestion: String?)

  /// - Parameters:
  ///   - old: the model as it is otherwise.
  ///   - new: the model with the value.
  func problem(from old: SystemModel, to new: SystemModel) -> Problem? {
    switch self {
    case .service(let name, let setting):
      guard let before = old.service(named: name), let after = new.service(named: name) else { return nil }
      return setting.problem(from: before, to: after)
    case .step(let path, let number, let setting):
      guard let before = old.step(number, of: path), let after = new.step(number, of: path) else { return nil }
      if setting == .probability || before.action.isWork == after.action.isWork { return nil }
      return ("what a step does can't be set at run time, only how long it takes", nil)
    case .call(let place, let setting):
      guard let before = old.call(at: place), let after = new.call(at: place) else { return nil }
      if case .manifestOrigin(let cdn) = place, let origin = old.call(at: .origin(cdn: cdn)),
        before.named(origin.name) == origin, after.named(origin.name) != new.call(at: .origin(cdn: cdn))
      {
        return (
          "`\(cdn)` asks for manifests as for everything else, at its `origin`",
          "give it a `manifest-origin` of its own, or set `cdns.\(cdn).origin.\(setting.rawValue)`"
        )
      }
      let attempts = (before.retry?.attempts ?? 1, after.retry?.attempts ?? 1)
      if setting == .retry, attempts == (1, 1) { return ("with one attempt nothing is made again", nil) }
      return nil
    case .arrivals(let name):
      guard let before = old.arrivals(of: name), let after = new.arrivals(of: name) else { return nil }
      switch (before, after) {
      case (.poisson, .poisson), (.constant, .constant), (.renewal, .renewal): return nil
      case (.poisson, _), (.constant, _), (.renewal, _), (.diurnal, _), (.piecewise, _), (.ramp, _), (.replay, _),
        (.closed, _):
        return (
          "the arrivals of `\(name)` can only be set where they are `poisson`, `constant` or `renewal`, and stay so",
          "`surge` multiplies the arrivals of any workload"
        )
      }
    }
  }

  /// Whether its value is a number, and not `none` or `unbounded`.
  func isBounded(in model: SystemModel) -> Bool {
    switch self {
    case .service(let name, let setting):
      guard let service = model.service(named: name) else { return false }
      switch setting {
      case .threads: return service.pool.threads != Int(Int32.max)
      case .queue: return service.pool.queue != .unbounded
      case .cores: return service.cores != nil
      case .replicas: return true
      case .balancing, .cancellation, .autoscaling: return false
      }
    case .call(let place, let setting):
      guard let call = model.call(at: place) else { return false }
      switch setting {
      case .timeout: return call.timeout != nil
      case .deadline: return call.deadline != nil
      case .retry, .breaker, .bulkhead, .fallback: return false
      }
    case .step(_, _, let setting): return setting == .probability
    case .arrivals: return false
    }
  }
}

extension ServiceSetting {
  fileprivate func problem(from old: Service, to new: Service) -> Setting.Problem? {
    switch self {
    case .queue:
      guard old.pool.threads == Int(Int32.max) else { return nil }
      return ("nothing waits for the threads of `\(old.name)`, which are unbounded", nil)
    case .threads: return nil
    case .cores:
      guard (old.cores == nil) != (new.cores == nil) else { return nil }
      return ("whether work of `\(old.name)` shares cores can't be set at run time, only how many there are", nil)
    case .replicas:
      guard old.autoscaling != nil else { return nil }
      return (
        "an autoscaler decides how many replicas `\(old.name)` has",
        "set `services.\(old.name).autoscaling.min` or `.max`"
      )
    case .balancing:
      guard max(old.mostReplicas, new.mostReplicas) == 1 else { return nil }
      return ("`\(old.name)` has one replica, and there is nothing to choose", nil)
    case .cancellation: return nil
    case .autoscaling:
      guard (old.autoscaling == nil) != (new.autoscaling == nil) else { return nil }
      return ("whether `\(old.name)` has an autoscaler can't be set at run time", nil)
    }
  }
}

extension Step.Action {
  fileprivate var isWork: Bool {
    if case .work = self { true } else { false }
  }
}
