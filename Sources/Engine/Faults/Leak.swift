import Sampling

/// Where a replica's leak stands.
struct LeakState: BitwiseCopyable {
  enum Phase: UInt8 {
    case none
    /// The resource is being eaten up.
    case leaking
    /// It was full: the replica has crashed and is on its way up.
    case restarting
  }
  var phase = Phase.none
  /// Lives so far, from which the draws are keyed.
  var cycle: Int64 = 0
  /// Steps of the leaked threads, and how many there are until the pool is empty.
  var step: Int64 = 0
  var steps: Int64 = 1
  /// When this life's leak began, and how long it takes, in nanoseconds.
  var began: Int64 = 0
  var fills: Int64 = 0
  /// By which the events of an earlier phase are known.
  var turn: UInt32 = 0
}

/// Resources that are eaten up until a replica crashes. Each leak has a state for each replica of the system.
extension Simulation {
  mutating func startLeaks(of index: Int32) {
    for replica in 0..<Int32(replicas.count)
    where replicas[replica].isReady && members[faults[index].firstMember &+ replica] != 0 {
      let entry = faults[index].leak &* Int32(replicas.count) &+ replica
      if leakStates[entry].phase == .none { startLeak(entry, of: index) }
    }
  }

  /// A replica that has booted is new: nothing has leaked from it yet, whatever had from the one of its number before.
  mutating func renewLeaks(of replica: Int32) {
    for leak in 0..<Int32(program.leaks.count) {
      let index = program.leaks[leak]
      if members[faults[index].firstMember &+ replica] == 0 { continue }
      let entry = leak &* Int32(replicas.count) &+ replica
      if leakStates[entry].phase == .leaking { leakStates[entry].cycle &+= 1 }
      leakStates[entry].phase = .none
      leakStates[entry].turn &+= 1
      if faultActive[index] { startLeak(entry, of: index) }
      applyFaults(to: replica)
    }
  }

  /// What has leaked is given back; replicas on their way up go on.
  mutating func stopLeaks(of index: Int32) {
    for replica in 0..<Int32(replicas.count) where members[faults[index].firstMember &+ replica] != 0 {
      let entry = faults[index].leak &* Int32(replicas.count) &+ replica
      guard leakStates[entry].phase == .leaking else { continue }
      leakStates[entry].phase = .none
      leakStates[entry].turn &+= 1
      applyFaults(to: replica)
    }
  }

  private mutating func startLeak(_ entry: Int32, of index: Int32) {
    let replica = entry % Int32(replicas.count)
    let draw = leakKey(entry, of: index).draw(Purpose.timeToFailure)
    let threads = Int64(initialReplicas[replica].threads)
    leakStates[entry].phase = .leaking
    leakStates[entry].began = now
    leakStates[entry].fills = max(1, samplers[faults[index].fillSampler].nanoseconds(draw))
    leakStates[entry].step = 0
    leakStates[entry].steps = faults[index].leaksThreads ? min(threads, Ramped.steps) : 1
    leakStates[entry].turn &+= 1
    scheduleLeak(entry)
  }

  private func leakKey(_ entry: Int32, of index: Int32) -> DrawKey {
    root.child(named: "leak").child(faults[index].key).child(program.replicaKeys[entry % Int32(replicas.count)])
      .child(UInt64(bitPattern: leakStates[entry].cycle))
  }

  private mutating func scheduleLeak(_ entry: Int32) {
    let next = leakStates[entry].step &+ 1
    let (whole, part) = leakStates[entry].fills.quotientAndRemainder(dividingBy: leakStates[entry].steps)
    let delay = whole &* next &+ part &* next / leakStates[entry].steps
    schedule(entry, at: leakStates[entry].began &+ delay)
  }

  private mutating func schedule(_ entry: Int32, at time: Int64) {
    if time < horizon, time >= now {
      calendar.schedule(EventPayload(.leak, entry, generation: leakStates[entry].turn), at: time, .fault)
    }
  }

  /// More has leaked, or the replica is up again.
  mutating func advanceLeak(_ entry: Int32, turn: UInt32) {
    guard leakStates[entry].turn & EventPayload.generationMask == turn else { return }
    let index = program.leaks[entry / Int32(replicas.count)]
    let replica = entry % Int32(replicas.count)
    switch leakStates[entry].phase {
    case .none: return
    case .leaking:
      leakStates[entry].step &+= 1
      if leakStates[entry].step < leakStates[entry].steps {
        scheduleLeak(entry)
      } else {
        leakStates[entry].phase = .restarting
        leakStates[entry].turn &+= 1
        let draw = leakKey(entry, of: index).draw(Purpose.timeToRepair)
        schedule(entry, at: instant(after: samplers[faults[index].restartSampler].nanoseconds(draw)))
        leakStates[entry].cycle &+= 1
      }
    case .restarting:
      leakStates[entry].phase = .none
      leakStates[entry].step = 0
      if faultActive[index] { startLeak(entry, of: index) }
    }
    if logsRequests { noteInside(index) }
    applyFaults(to: replica)
    listEligibleReplicas(of: replicas[replica].service)
  }

  /// Whether a leak has crashed a replica that is not up again.
  mutating func isRestarting(_ replica: Int32, by index: Int32) -> Bool {
    faults[index].effect == .leak
      && leakStates[faults[index].leak &* Int32(replicas.count) &+ replica].phase == .restarting
  }

  /// The threads that have leaked from a replica, and how many leaks have crashed it.
  mutating func leaked(from replica: Int32) -> (threads: Double, restarts: Int32) {
    var threads = 0.0
    var restarts: Int32 = 0
    for leak in 0..<Int32(program.leaks.count) {
      let state = leakStates[leak &* Int32(replicas.count) &+ replica]
      switch state.phase {
      case .none: break
      case .leaking:
        if faults[program.leaks[leak]].leaksThreads {
          threads +=
            (Double(initialReplicas[replica].threads) * Double(state.step) / Double(state.steps)).rounded(.down)
        }
      case .restarting: restarts &+= 1
      }
    }
    return (threads, restarts)
  }
}
