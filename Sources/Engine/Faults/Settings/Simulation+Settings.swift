import Model
import Sampling

/// Values of the model that faults set. What they are at an instant follows from the schedule of the faults alone: of
/// those active that set the same value, the one that began last counts, and the model's own where none is.
extension Simulation {
  /// A fault that sets values begins, ends, or reaches its next step.
  @inline(never) mutating func applySettings(of index: Int32) {
    if logsRequests { noteInside(settingsOf: index) }
    let first = faults[index].firstChange
    for number in first..<first &+ faults[index].changeCount {
      let change = program.changes[number]
      apply(change.field, to: change.subject, value(of: change.field, change.subject, at: now))
    }
  }

  /// What a value is set to at an instant; nil where it is the model's own.
  private mutating func value(of field: SettingChange.Field, _ subject: Int32, at time: Int64) -> Int64? {
    var latest = Int64.min
    var found: Int64?
    for index in program.settingFaults
    where faults[index].begins <= time && time < faults[index].ends && faults[index].begins >= latest {
      let first = faults[index].firstChange
      for number in first..<first &+ faults[index].changeCount
      where program.changes[number].field == field && program.changes[number].subject == subject {
        latest = faults[index].begins
        let part = faults[index].magnitude.steppedValue(after: time &- faults[index].begins)
        found = program.changes[number].value(at: part)
      }
    }
    return found
  }

  /// How long a call that began at an instant may take, and an attempt that did may wait for a place of a bulkhead.
  @inline(never) mutating func deadline(of edge: Int32, at time: Int64) -> Int64 {
    program.injectsFaults
      ? value(of: .deadline, edge, at: time) ?? program.edges[edge].deadline : program.edges[edge].deadline
  }

  @inline(never) mutating func bulkheadWait(of edge: Int32, at time: Int64) -> Int64 {
    let own = program.edges[edge].bulkheadWait
    guard program.injectsFaults, let other = value(of: .bulkhead, edge, at: time) else { return own }
    return program.otherEdges[Int32(other)].bulkheadWait
  }

  private mutating func apply(_ field: SettingChange.Field, to subject: Int32, _ value: Int64?) {
    switch field {
    case .threads:
      let own = program.initialReplicas[subject].threads
      initialReplicas.change(subject) { $0.threads = value.map { Int32($0) } ?? own }
      applyFaults(to: subject)
    case .queue:
      replicas[subject].queueLimit = value.map { Int32($0) } ?? program.initialReplicas[subject].queueLimit
    case .cores: changeCores(of: subject, to: value.map { Int32($0) } ?? program.initialReplicas[subject].cores)
    case .replicas: changeReplicas(of: subject, to: value)
    case .balancing:
      changeCallers(of: subject) { edge, own in
        edge.balancing = value.map { UInt8($0) } ?? own.balancing
        edge.countsOutstanding = edge.balancing == Balancing.leastRequest.code || own.countsOutstanding
      }
    case .cancellation:
      changeCallers(of: subject) { edge, own in edge.cancels = value.map { $0 == 1 } ?? own.cancels }
    case .scaler:
      let own = program.scalers[subject]
      scalerSettings.change(subject) { settings in
        settings = value.map { program.otherScalers[Int32($0)] } ?? own
        settings.wishes = own.wishes
        settings.firstWish = own.firstWish
      }
    case .work:
      operations.change(subject) { $0.argument = value.map { Int32($0) } ?? program.operations[subject].argument }
    case .probability: changeProbability(of: subject, value)
    case .timeout:
      changeTimeout(of: subject, to: value ?? program.edges[subject].timeout)
    case .deadline:
      edges.change(subject) { $0.deadline = value ?? program.edges[subject].deadline }
    case .retry: edges.change(subject) { $0.retry(as: policies(value, of: subject)) }
    case .fallback: edges.change(subject) { $0.fallBack(as: policies(value, of: subject)) }
    case .breaker: changeBreaker(of: subject, to: policies(value, of: subject))
    case .bulkhead: changeBulkhead(of: subject, to: policies(value, of: subject))
    case .arrivals: changeArrivals(of: subject, value.map { program.laws[Int32($0)] })
    }
  }

  /// Those beyond the number finish what they have; others take calls at once.
  private mutating func changeReplicas(of service: Int32, to value: Int64?) {
    let count = value ?? Int64(program.model.services[Int(service)].replicas)
    let first = services[service].firstReplica
    for number in 0..<services[service].replicaCount {
      let isReady = Int64(number) < count
      if replicas[first &+ number].isReady != isReady {
        replicas[first &+ number].changeReadiness(to: isReady, at: now)
      }
    }
    listEligibleReplicas(of: service)
  }

  /// Changes all edges that lead to a service.
  private mutating func changeCallers(of service: Int32, _ change: (inout Edge, Edge) -> Void) {
    for edge in 0..<Int32(edges.count) where edges[edge].service == service {
      edges.change(edge) { change(&$0, program.edges[edge]) }
    }
  }

  private mutating func changeProbability(of operation: Int32, _ value: Int64?) {
    let own = program.operations[operation].threshold
    let threshold = value.map { drawThreshold(Double(bitPattern: UInt64(bitPattern: $0))) } ?? own
    operations.change(operation) { $0.threshold = threshold }
    guard operations[operation].code == .work else { return }
    for edge in 0..<Int32(edges.count) where edges[edge].start == operation {
      edges.change(edge) { $0.beginsWithWork = threshold == .max }
    }
  }

  /// The edge with the policies that are set, or its own.
  private func policies(_ value: Int64?, of edge: Int32) -> Edge {
    value.map { program.otherEdges[Int32($0)] } ?? program.edges[edge]
  }

  /// Breakers are replaced by new ones.
  private mutating func changeBreaker(of edge: Int32, to other: Edge) {
    edges.change(edge) { $0.breaker = other.breaker }
    for state in states(of: edge) where edgeStates[state].breaker >= 0 {
      breakers.replace(edgeStates[state].breaker, by: other.breaker, at: now)
    }
  }

  /// The states of an edge, one for each replica of the caller.
  private func states(of edge: Int32) -> Range<Int32> {
    let first = edges[edge].firstState
    var end = first
    while end < edgeStates.count, edgeStates[end].edge == edge { end &+= 1 }
    return first..<end
  }

  /// Who has a place keeps it, and who waits goes on waiting, but for those whose bulkhead is taken away.
  private mutating func changeBulkhead(of edge: Int32, to other: Edge) {
    let places = other.places == 0 ? Int32.max : other.places
    edges.change(edge) { edge in
      edge.places = places
      edge.bulkheadQueue = other.bulkheadQueue
      edge.bulkheadWait = other.bulkheadWait
    }
    takePlaces(of: edge)
    if other.places > 0 { return }
    placesTaken[edge] = 0
    for state in states(of: edge) { servePlaces(of: state) }
    edges.change(edge) { $0.places = 0 }
  }

  /// Attempts that are under way keep the time at which they give up, each as an event of its own.
  private mutating func changeTimeout(of edge: Int32, to timeout: Int64) {
    if lanes.length(of: edge) == timeout { return }
    let old = lanes.length(of: edge)
    var call = lanes.head(of: edge)
    while call >= 0 {
      let slot = calls.at(call)
      call = slot.its.timerNext
      slot.its.flags.remove(.timerArmed)
      let (due, isBeyond) = slot.its.attemptBegan.addingReportingOverflow(old)
      if isBeyond || due >= horizon { continue }
      calendar.insert(
        CalendarEntry(
          time: due, order: slot.its.dueOrder,
          payload: EventPayload(.timeout, slot.index, generation: slot.its.generation)))
    }
    lanes.change(edge, length: timeout)
    edges.change(edge) { $0.timeout = Self.armed(timeout) }
  }

  /// A timeout as it stands in an edge whose timeout may be set: where there is none, a timer is armed all the same that
  /// never rings, so that each attempt has an order of its own, by which timers of earlier ones are known.
  private static func armed(_ timeout: Int64) -> Int64 { min(timeout, Edge.noLimit &- 1) }

  /// The time is over of an attempt that was under way when its timeout was set, unless it has ended.
  @inline(never) mutating func passTimeout(_ call: Slot<Call>, order: UInt64) {
    switch call.its.state {
    case .queued, .outstanding: break
    case .free, .backingOff, .fallingBack: return
    }
    if call.its.dueOrder != order { return }
    let blame = Blame(.timeout, at: edges[call.its.edge].component)
    abandonAttempt(call, blame)
    failAttempt(call, seenAs: .timeout, blame)
  }

  /// Brings back what the model says, for a replication that begins.
  @inline(never) mutating func restoreSettings() {
    if program.changes.count == 0 { return }
    operations.restore(from: program.operations)
    edges.restore(from: program.edges)
    streams.restore(from: program.streams)
    initialReplicas.restore(from: program.initialReplicas)
    scalerSettings.restore(from: program.scalers)
    for number in 0..<Int32(program.changes.count) {
      let change = program.changes[number]
      switch change.field {
      case .timeout:
        let own = program.edges[change.subject].timeout
        lanes.change(change.subject, length: own)
        edges.change(change.subject) { $0.timeout = Self.armed(own) }
      case .arrivals: nextStreams[change.subject] = program.firstSpareStream(of: change.subject)
      case .replicas:
        let service = services[change.subject]
        let own = Int32(program.model.services[Int(change.subject)].replicas)
        for replica in service.firstReplica &+ own..<service.firstReplica &+ service.replicaCount
        where replicas[replica].isReady {
          replicas[replica].changeReadiness(to: false, at: 0)
        }
      case .threads, .queue, .cores, .balancing, .cancellation, .scaler, .work, .probability, .deadline, .retry,
        .breaker, .bulkhead, .fallback:
        break
      }
    }
  }
}

extension Edge {
  fileprivate mutating func retry(as other: Edge) {
    attempts = other.attempts
    firstPause = other.firstPause
    longestPause = other.longestPause
    jitter = other.jitter
    retryOn = other.retryOn
  }

  fileprivate mutating func fallBack(as other: Edge) {
    fallbackSampler = other.fallbackSampler
    fallbackFails = other.fallbackFails
    fallbackEdge = other.fallbackEdge
  }
}
