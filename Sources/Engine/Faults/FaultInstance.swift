import Model
import Sampling

/// A fault that can be active: an occurrence of one of the scenario's, a part of one, or a component's failure mode.
struct FaultInstance: BitwiseCopyable {
  enum Effect: UInt8 {
    case unavailable, hang, error, latency, slow, crash, capacityThreads, capacityReplicas, surge,
      pause, loss, partition, leak, places, flushCache, bandwidth, set
  }
  enum Scope: UInt8 { case everything, oneDevice, devices, requests }

  var effect: Effect
  /// Its number among the scenario's faults; -1 where it is of a failure.
  var fault: Int32 = -1
  /// Whether it is of a fault or a failure of the scenario, and so not in the twin.
  var isOfScenario = false
  var scope: Scope = .everything
  /// Devices or requests whose uniform is below this are hit, unless `part` moves.
  var scopeThreshold: UInt64 = .max
  var part = Ramped.constant(1)
  /// What the scope's uniforms are keyed by.
  var salt: UInt64
  /// The key of the draws that the fault makes for each attempt.
  var key: UInt64
  /// Nanoseconds; for a failure mode both are `Edge.noLimit`.
  var begins = Edge.noLimit
  var ends = Edge.noLimit

  /// What it strikes of the calls: its places.
  var firstPlace: Int32 = 0
  var placeCount: Int32 = 0
  /// Which replicas it strikes: where its membership begins, one byte a replica of the system.
  var firstMember: Int32 = 0
  /// How many replicas of that membership it picks when it begins, among those that are ready; -1 where it is as it stands.
  var picked: Int32 = -1
  /// Partition: where the sides begin; see `PartitionSides`.
  var firstSide: Int32 = -1
  /// Partition: whether it lies between players and sites of CDNs, and between edges and shields.
  var partsPlayers = false
  var partsTiers = false
  /// Leak: its number among the leaks.
  var leak: Int32 = -1
  /// Places of a bulkhead: the edge.
  var edge: Int32 = -1

  /// Set: where its changes begin, and how many there are.
  var firstChange: Int32 = 0
  var changeCount: Int32 = 0

  // Settings of the effect.
  /// The probability of an error as a threshold, unless `magnitude` moves.
  var errorThreshold: UInt64 = .max
  var latencySampler: Int32 = -1
  /// Latency: what is added, in nanoseconds, where that moves.
  var added = Ramped.constant(0)
  /// A probability (error, loss), a factor (latency, surge, bandwidth), a speed (slow), or what is taken of a capacity.
  var magnitude = Ramped.constant(1)
  /// Capacity: whether the magnitude is a count, else a fraction.
  var takenIsCount = false
  /// Loss: nanoseconds until the first retransmission.
  var rto: Int64 = 0
  /// Leak: the time to fill, and the time to restart.
  var fillSampler: Int32 = -1
  var restartSampler: Int32 = -1
  var leaksThreads = false
  /// The CDN, and the one edge site of it (-1: all), whose answers to players it changes; -1 where it is elsewhere.
  var cdn: Int32 = -1
  var site: Int32 = -1
  /// The cohort whose players it strikes; -1 where it is elsewhere. What they call of services it strikes along the edges.
  var cohort: Int32 = -1
  /// Of a flush of a CDN: which tiers.
  var flushesEdge = false
  var flushesShield = false
  /// The most that a network or a site carries, in bits per second; the magnitude is the part of it that is left.
  var limit = Ramped.constant(.infinity)
  /// The HTTP status of errors to players.
  var status: Int32 = 503

  /// Whether it changes what becomes of players' requests to CDNs, or how fast they are answered.
  var concernsSessions: Bool {
    switch effect {
    case .unavailable, .hang, .error, .latency, .bandwidth, .loss: cdn >= 0 || cohort >= 0
    case .partition: partsPlayers
    case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .flushCache, .leak, .places, .set: false
    }
  }

  /// Whether it may leave players' requests without an answer until it ends.
  var maySilence: Bool { effect == .hang || effect == .loss && magnitude.highest == 1 }

  /// Whether it acts on calls, not on replicas, workloads or what CDNs answer players.
  var actsOnCalls: Bool {
    switch effect {
    case .unavailable, .hang, .error, .latency, .loss, .partition: cdn < 0
    case .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .leak, .places, .flushCache, .bandwidth,
      .set:
      false
    }
  }

  /// Whether it moves in steps, at instants of its own.
  var hasSteps: Bool {
    switch effect {
    case .slow, .capacityThreads, .capacityReplicas, .places, .set: magnitude.over > 0
    case .loss, .bandwidth: concernsSessions && (magnitude.over > 0 || limit.over > 0 || part.over > 0)
    case .unavailable, .hang, .error, .latency, .crash, .surge, .pause, .partition, .leak, .flushCache: false
    }
  }

  /// When the next step of anything that moves is due, in nanoseconds since the fault began; nil after the last one.
  func nextStep(after elapsed: Int64) -> Int64? {
    var next = magnitude.nextStep(after: elapsed)
    for ramp in [limit.nextStep(after: elapsed), part.nextStep(after: elapsed)] {
      if let ramp { next = min(next ?? ramp, ramp) }
    }
    return next
  }
}

/// What a fault that acts on calls strikes: those along an edge, those to an endpoint, or those to some replicas.
struct FaultPlace: BitwiseCopyable {
  var isEdge = false
  var callerService: Int32 = -1
  var callerWorkload: Int32 = -1
  /// The callee of an edge.
  var service: Int32 = -1
  /// The component of the one edge that is meant, of several to the callee; -1: all of them.
  var component: Int32 = -1
  var endpoint: Int32 = -1
  /// Not on an edge: where the membership begins of the replicas to which calls are struck.
  var firstMember: Int32 = 0
}

/// Since when a fault is active.
struct FaultState: BitwiseCopyable {
  /// When it last began, in nanoseconds.
  var began: Int64 = 0
  /// How often it has begun or ended, by which steps of an earlier time are known.
  var turn: UInt32 = 0
}

/// A renewal process that switches fault instances on and off.
struct FailureProcess: BitwiseCopyable {
  var instance: Int32
  /// How many instances from there on it switches together.
  var instanceCount: Int32 = 1
  /// The key below the replication's, from the names of component and mode.
  var key: UInt64
  var every: Int32
  var repair: Int32
  /// Which equilibrium residuals to start from; -1 to start up and new.
  var residual: Int32
}

/// The laws by which a failure process starts as if it had run for ever.
struct FailureEquilibrium: Sendable {
  let up: EquilibriumResidual
  /// nil where repairs take no time, and so no process is found in one.
  let down: EquilibriumResidual?
  /// Mean time to failure / (mean time to failure + mean time to repair).
  let availability: Double

  /// - Precondition: both means are finite; `ModelFile` sees to that.
  init(_ name: String, every: Distribution, repair: Distribution) {
    do {
      up = try EquilibriumResidual(every)
      down = repair.mean > 0 ? try EquilibriumResidual(repair) : nil
    } catch {
      preconditionFailure("failure mode \(name) has no equilibrium: \(error)")
    }
    availability = every.mean / (every.mean + repair.mean)
  }
}

/// The arrivals that a surge adds to a workload, with keys of their own.
struct SurgeStream: BitwiseCopyable {
  var workload: Int32
  /// The cohort of its sessions; -1: each of one that is drawn, or no sessions.
  var cohort: Int32 = -1
  var key: UInt64
  /// Times the workload's own rate, at its highest; above 0.
  var factor: Double
  /// What part of that comes, as the surge moves.
  var part: Ramped
  /// Nanoseconds.
  var begins: Int64
  var ends: Int64
}
