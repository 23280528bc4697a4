import Model

/// What a dependency that hangs does to the threads of the service that calls it, by arithmetic.
///
/// A hung call holds its caller's thread until it is given up: then the request fails, or goes on where the call has a
/// fallback, and may hang again at its next call. By Little's law requests at a rate r that are held for h in all keep
/// r x h threads busy. A bulkhead bounds them; a breaker ends it once the first calls have timed out.
public struct PoolExposure: Hashable, Sendable {
  public enum Effect: Hashable, Sendable {
    /// Waiting calls hold no thread.
    case none
    /// The bulkhead lets so many calls of a replica wait at most, which is less than it has threads.
    case bounded(places: Int)
    /// All threads are taken `after` seconds, which are infinite where only CDNs ask, until the breaker opens where that ends it, else for as long as it hangs.
    case fills(after: Double, untilBreakerOpens: Bool)
    /// So large a part of the threads is taken.
    case takes(part: Double)
    /// The pool is unbounded, and so many of its threads are taken; infinite where a call is waited for for ever.
    case unbounded(threads: Double)
  }
  public let call: AuditedCall
  /// Of one replica.
  public let threads: Int
  public let replicas: Int
  /// nil: for ever.
  public let hold: SimulationDuration?
  public let effect: Effect

  /// - Returns: nil where the caller is no service, or never calls.
  ///
  /// - Parameter rates: requests per second of each endpoint.
  init?(_ call: AuditedCall, of service: Service, rates: [EndpointPath: Double]) {
    let dependency = call.dependency
    guard case .service = call.caller, call.rate > 0 || call.isAlsoAskedByCDNs else { return nil }
    self.call = call
    threads = service.pool.threads
    replicas = service.replicas
    // With a breaker the first results, which open it, come after one attempt.
    let endsEarly = dependency.breaker != nil && dependency.timeout != nil
    hold = endsEarly ? dependency.timeout : dependency.waitForNothing
    let held = HeldRequests(
      by: dependency, in: service, rates: rates, hold: hold?.seconds ?? .infinity, atMostOnce: endsEarly)
    if service.style == .async {
      effect = .none
    } else if threads == Int(Int32.max) {
      effect = .unbounded(threads: held.most)
    } else if let places = dependency.bulkhead?.places, places < threads {
      effect = .bounded(places: places)
    } else {
      effect =
        if let after = held.time(until: Double(threads)) {
          .fills(after: after, untilBreakerOpens: endsEarly)
        } else if hold == nil, call.isAlsoAskedByCDNs, !held.isEmpty {
          .fills(after: .infinity, untilBreakerOpens: false)
        } else {
          .takes(part: held.most / Double(threads))
        }
    }
  }

  /// Whether one hung dependency takes all threads.
  public var isFilled: Bool {
    switch effect {
    case .fills: true
    case .none, .bounded, .takes, .unbounded: false
    }
  }
}

extension Bulkhead {
  /// The most calls that can hold a thread of the caller at once; nil where that is unbounded.
  fileprivate var places: Int? {
    switch self {
    case .threads(let threads, .bounded(let queue)): threads + queue
    case .threads(_, .unbounded): nil
    case .concurrent(let places, let maxWait): maxWait == .zero ? places : nil
    }
  }
}
