import Sampling

/// How far an attempt has come; what it meets from there on.
enum Leg: UInt8 {
  /// Partitions, losses, and latency along an edge.
  case way
  /// The end of an edge, and what stands before the server.
  case end
  /// Errors of the server.
  case server
  /// It is let in past them, since a hang is to hold it first; they answer it where that is over when it has a thread.
  case pastErrors
}

/// An attempt on its way to a replica.
struct Passage: BitwiseCopyable {
  let edge: Int32
  let request: UInt64
  let workload: Int16
  let replica: Int32
  /// The attempt's key.
  let key: UInt64
  var leg: Leg

  // What it has met.
  /// What holds it, -1 where nothing does, and what makes it late, in nanoseconds.
  var holder: Int32 = -1
  var delay: Int64 = 0
  /// How many times as long the callee seems to take.
  var slowdown = 1.0
  /// Whether its reply may be lost.
  var isConcerned = false
  /// What answers it: unavailability or an error, of the edge or of the server.
  var answer = ReasonCode.error
  var isAnsweredOnEdge = false
  /// The fault that answers it, of several of a kind the first by name; -1 where none does.
  var answeredBy: Int32 = -1

  enum Meeting: UInt8 { case arrives, isLate, isHeld, isAnswered }
}

/// The one order in which faults act on a call, whatever they are called:
///
/// 1. on the way: partitions and losses hold it or make it late, latency along its edge adds to that;
/// 2. at the end of an edge: unavailable, hang, error;
/// 3. before the server: unavailable;
/// 4. at the server: latency, hang, error.
///
/// Each is judged at the moment at which the call meets it. Waits add up, and what is held by several faults waits for the
/// last of them. Errors of several faults, and losses, are independent.
extension Simulation {
  /// Takes an attempt on from its leg, as far as the active faults let it.
  mutating func advance(_ attempt: inout Passage) -> Passage.Meeting {
    attempt.holder = -1
    attempt.delay = 0
    if attempt.leg == .way {
      travel(&attempt)
      if attempt.holder >= 0 { return .isHeld }
      attempt.leg = .end
      if attempt.delay > 0 { return .isLate }
    }
    if attempt.leg == .end {
      let meeting = meetEnd(&attempt)
      if meeting != .arrives { return meeting }
    }
    return meetErrors(&attempt)
  }

  private mutating func travel(_ attempt: inout Passage) {
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      switch faults[index].effect {
      case .loss:
        if reach(of: index, attempt) == .none { continue }
        attempt.isConcerned = true
        let lost = lossDelay(index, DrawKey(bits: attempt.key), Purpose.requestLoss)
        if lost == Edge.noLimit { attempt.holder = index } else { attempt.delay &+= lost }
      case .latency: if reach(of: index, attempt) == .edge { add(latency: index, to: &attempt) }
      case .unavailable, .hang, .error, .partition, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause,
        .leak, .places, .flushCache, .bandwidth, .set:
        break
      }
    }
  }

  private mutating func add(latency index: Int32, to attempt: inout Passage) {
    attempt.slowdown *= faults[index].magnitude.value(after: elapsed(of: index))
    attempt.delay &+= addedLatency(of: index, DrawKey(bits: attempt.key))
  }

  /// What stops an attempt at the end of an edge or before the server, and the latency of the server.
  private mutating func meetEnd(_ attempt: inout Passage) -> Passage.Meeting {
    var (refusesOnEdge, errsOnEdge, refuses) = (Int32(-1), Int32(-1), Int32(-1))
    var late = attempt
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      switch faults[index].effect {
      case .unavailable:
        switch reach(of: index, attempt) {
        case .none: break
        case .edge: if refusesOnEdge < 0 { refusesOnEdge = index }
        case .server: if refuses < 0 { refuses = index }
        }
      case .hang: if reach(of: index, attempt) == .edge { attempt.holder = index }
      case .error: if reach(of: index, attempt) == .edge, errs(index, attempt), errsOnEdge < 0 { errsOnEdge = index }
      case .latency: if reach(of: index, attempt) == .server { add(latency: index, to: &late) }
      case .loss, .partition, .slow, .crash, .capacityThreads, .capacityReplicas, .surge, .pause, .leak, .places,
        .flushCache, .bandwidth, .set:
        break
      }
    }
    if attempt.holder >= 0, refusesOnEdge < 0 { return .isHeld }
    let answering = refusesOnEdge >= 0 ? refusesOnEdge : errsOnEdge >= 0 ? errsOnEdge : refuses
    if answering >= 0 {
      attempt.answer = errsOnEdge >= 0 && refusesOnEdge < 0 ? .error : .unreachable
      attempt.isAnsweredOnEdge = refusesOnEdge >= 0 || errsOnEdge >= 0
      attempt.answeredBy = answering
      return .isAnswered
    }
    attempt = late
    attempt.leg = .server
    return attempt.delay > 0 ? .isLate : .arrives
  }

  private mutating func meetErrors(_ attempt: inout Passage) -> Passage.Meeting {
    var erring: Int32 = -1
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      guard reach(of: index, attempt) == .server else { continue }
      switch faults[index].effect {
      case .hang: attempt.holder = index
      case .error: if errs(index, attempt), erring < 0 { erring = index }
      case .unavailable, .latency, .loss, .partition, .slow, .crash, .capacityThreads, .capacityReplicas, .surge,
        .pause, .leak, .places, .flushCache, .bandwidth, .set:
        break
      }
    }
    guard erring >= 0 else { return .arrives }
    if attempt.holder >= 0 {
      attempt.leg = .pastErrors
      return .arrives
    }
    attempt.answer = .error
    attempt.isAnsweredOnEdge = false
    attempt.answeredBy = erring
    return .isAnswered
  }

  /// Whether an attempt that was let in past the errors of its server meets one now that it has a thread.
  mutating func errsAfterHang(_ frame: Slot<Frame>) -> Bool {
    guard frame.its.flags.contains(.slowed), frame.its.leg == .pastErrors else { return false }
    var attempt = Passage(frame)
    return meetErrors(&attempt) == .isAnswered
  }

  private mutating func errs(_ index: Int32, _ attempt: Passage) -> Bool {
    let threshold = errorThreshold(of: index)
    return threshold == .max
      || DrawKey(bits: attempt.key).child(faults[index].key).draw(Purpose.errs) < threshold
  }

  private mutating func reach(of index: Int32, _ attempt: Passage) -> CallReach {
    let reach = reach(
      of: index, edge: attempt.edge, request: attempt.request, workload: attempt.workload, replica: attempt.replica)
    if logsRequests, reach != .none { noteStruck(attempt.request, by: index) }
    return reach
  }
}

extension Passage {
  init(_ call: Slot<Call>, key: UInt64, replica: Int32) {
    self.init(
      edge: call.its.edge, request: call.its.request, workload: call.its.workload, replica: replica, key: key,
      leg: .way)
  }

  /// - Precondition: faults have made the frame's attempt wait, or have let it in past errors.
  init(_ frame: Slot<Frame>) {
    self.init(
      edge: frame.its.edge, request: frame.its.request, workload: frame.its.workload, replica: frame.its.replica,
      key: frame.its.key, leg: frame.its.leg)
  }
}
