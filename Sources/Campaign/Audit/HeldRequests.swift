import Model

/// The requests of one replica that a hung dependency holds, as they become more from the moment on at which it hangs.
///
/// A request is held for h at each call that hangs, one after the other, and for no time in between. With R_k the requests
/// per second that are held at least k times, those held after t seconds are the sum over k of R_k x (t - (k - 1) h), each
/// term between 0 and R_k h.
struct HeldRequests {
  /// Per second, of those that are held at least once, twice, and so on.
  private let rates: [Double]
  /// Seconds; infinite where a call is waited for for ever.
  private let hold: Double

  /// - Parameters:
  ///   - rates: requests per second of each endpoint, of all replicas together.
  ///   - atMostOnce: whether what hangs once is over with before a request could hang again.
  init(by dependency: Dependency, in service: Service, rates: [EndpointPath: Double], hold: Double, atMostOnce: Bool) {
    var held: [Double] = []
    for endpoint in service.endpoints {
      let rate =
        rates[EndpointPath(service: service.name, endpoint: endpoint.name), default: 0] / Double(service.replicas)
      // How likely a request is held exactly so many times.
      var times = [1.0]
      for step in endpoint.steps where step.waits(for: dependency.name) {
        let likely = step.probability.value
        times = (0...times.count).map { count in
          (count < times.count ? times[count] * (1 - likely) : 0) + (count > 0 ? times[count - 1] * likely : 0)
        }
      }
      let goesOn = dependency.fallback != nil && !atMostOnce && hold < .infinity
      let most = goesOn ? times.count - 1 : min(1, times.count - 1)
      for count in 0..<most {
        if held.count == count { held.append(0) }
        held[count] += rate * times[(count + 1)...].reduce(0, +)
      }
    }
    self.rates = held
    self.hold = hold
  }

  /// Whether no request has to wait for the dependency.
  var isEmpty: Bool { rates.isEmpty }

  /// How many are held in the end.
  var most: Double {
    let all = rates.reduce(0, +)
    return all == 0 ? 0 : all * hold
  }

  /// Seconds until so many are held; nil where they never are.
  func time(until count: Double) -> Double? {
    var reached = 0.0
    for (number, rate) in rates.enumerated() where rate > 0 {
      if reached + rate * hold >= count { return Double(number) * (number == 0 ? 0 : hold) + (count - reached) / rate }
      reached += rate * hold
    }
    return nil
  }
}

extension Step {
  /// Whether it can't end before a dependency has answered: not one of several branches of which the others suffice.
  func waits(for dependency: String) -> Bool {
    switch action {
    case .work: false
    case .call(let name): name == dependency
    case .together(let names, let needed): names.contains(dependency) && needed > names.count { $0 != dependency }
    }
  }
}
