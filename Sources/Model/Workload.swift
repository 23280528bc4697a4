import Sampling

/// Who asks, how often, and for what.
public struct Workload: Hashable, Sendable {
  public let name: String
  public private(set) var arrivals: Arrivals
  /// How many devices ask; the unit that "one device" and "5% of devices" pick from.
  /// nil where a request is its own unit.
  public let devices: Int?
  /// What is asked for, and how the asker behaves: its timeout, its retries and so on.
  public private(set) var call: Dependency

  public init(name: String, arrivals: Arrivals, devices: Int? = nil, call: Dependency) {
    self.name = name
    self.arrivals = arrivals
    self.devices = devices
    self.call = call
  }

  /// The same workload, arriving in another way or calling with other policies.
  public func changing(
    arrivals: (Arrivals) -> Arrivals = { $0 }, call: (Dependency) -> Dependency = { $0 }
  ) -> Workload {
    var workload = self
    workload.arrivals = arrivals(self.arrivals)
    workload.call = call(self.call)
    return workload
  }
}

/// When requests arrive.
public enum Arrivals: Hashable, Sendable {
  case poisson(Rate)
  /// Evenly spaced: the k-th arrival, from 1, at k / rate, without drift.
  case constant(Rate)
  /// Independent times between arrivals, in seconds; the first arrival is one such time after the start.
  case renewal(Distribution)
  /// Poisson, at a rate that goes through a cosine of one day:
  /// mean + (peak - mean) cos(2π (t - at) / 24 h).
  case diurnal(mean: Rate, peak: Rate, at: SimulationDuration)
  /// Poisson, at a rate that is constant on pieces; the first piece starts at 0 and the last one goes on.
  case piecewise([Piece])
  /// Poisson, at a rate that moves linearly from one value to another, and stays there.
  case ramp(Ramp)
  /// One at each of these recorded instants, which are in order; none after the last one.
  case replay([SimulationTime])
  /// Clients who think, ask, and wait for the answer before they think again.
  case closed(clients: Int, think: Distribution)

  public struct Ramp: Hashable, Sendable {
    /// The rate until `at`.
    public let from: Rate
    /// The rate from `at` + `over` on; one of the two is above zero.
    public let to: Rate
    /// How long the rate moves; above zero.
    public let over: SimulationDuration
    /// When it begins to move, from the start of the replication.
    public let at: SimulationDuration

    public init(from: Rate, to: Rate, over: SimulationDuration, at: SimulationDuration = .zero) {
      self.from = from
      self.to = to
      self.over = over
      self.at = at
    }
  }

  public struct Piece: Hashable, Sendable {
    public let from: SimulationDuration
    public let rate: Rate
    public init(from: SimulationDuration, rate: Rate) {
      self.from = from
      self.rate = rate
    }
  }
}
