import Model

/// Signals of components, noted where things happen: nothing of it changes what happens.
extension Simulation {
  /// Runs one replication from 0 to the horizon, and tells what each component did over time.
  ///
  /// - Parameters:
  ///   - signalWidth: the length of a bin; above zero. Where there would be more than 20,000 bins or 2^24 cells, bins are
  ///     longer by a whole factor.
  ///   - isCancelled: asked now and then; nil is returned once it says so.
  ///   - recording: as in `run` without signals.
  public mutating func run(
    seed: UInt64, replication: Int, signalWidth: SimulationDuration, isCancelled: () -> Bool = { false },
    recording: (([TelemetryRecord]) -> Void)? = nil
  ) -> (outcome: ReplicationOutcome, signals: ComponentSignals)? {
    signals = SignalRecorder(program, binWidth: signalWidth.nanoseconds)
    recordsSignals = true
    nextSignalEdge = signals.binWidth
    let outcome = run(seed: seed, replication: replication, isCancelled: isCancelled, recording: recording)
    signals.endBin()
    let told = outcome.map { ($0, signals.signals(program)) }
    recordsSignals = false
    nextSignalEdge = .max
    signals = SignalRecorder(program, binWidth: nil)
    return told
  }

  /// Ends the bins that end up to an instant.
  @inline(never) mutating func passSignalEdges(upTo time: Int64) {
    while nextSignalEdge <= time {
      integrateSignals(at: nextSignalEdge)
      signals.endBin()
      nextSignalEdge &+= signals.binWidth
    }
  }

  /// Reads the integrals of replicas and breakers into the present bin, and leaves them as they are.
  @inline(never) mutating func integrateSignals(at time: Int64) {
    for index in 0..<replicas.count {
      let service = replicas[index].service
      signals.integrate(
        replicas[index].reading(at: time), replica: index, service: Int(service),
        replicas: services[service].replicaCount)
    }
    for edge in program.breakerEdges {
      for breaker in edge.firstBreaker..<edge.firstBreaker + edge.count {
        signals.integrate(
          notClosed: breakers.notClosedTime(of: breaker, at: time), breaker: breaker, edge: edge.edge,
          callers: edge.count)
      }
    }
    for node in 0..<Int32(plan.nodes.count) where plan.nodes[node].link >= 0 {
      let (link, cdn) = (plan.nodes[node].link, plan.nodes[node].cdn)
      signals.integrate(shared: media.links[link].sharedTime(at: time), link: link, cdn: Int(cdn))
    }
    for service in 0..<Int32(services.count) { signals.changeDeadThreads(of: service, by: 0, at: time) }
  }

  // MARK: What happens

  @inline(always) mutating func note(_ signal: ServiceSignal, service: Int32) {
    if recordsSignals { add(1, column: signals.layout.column(signal, service: Int(service))) }
  }
  @inline(always) mutating func note(_ signal: EdgeSignal, edge: Int32) {
    if recordsSignals { add(1, column: signals.layout.column(signal, edge: Int(edge))) }
  }
  @inline(always) mutating func note(_ signal: CDNSignal, cdn: Int32) {
    if recordsSignals { add(1, column: signals.layout.column(signal, cdn: Int(cdn))) }
  }
  @inline(always) mutating func note(_ signal: CohortSignal, cohort: Int16) {
    if recordsSignals { add(1, column: signals.layout.column(signal, cohort: Int(cohort))) }
  }
  /// - Parameter time: when it happened, which may be found out later; in nanoseconds.
  @inline(always) mutating func note(_ signal: CohortSignal, cohort: Int16, at time: Int64) {
    if recordsSignals { signals.add(1, column: signals.layout.column(signal, cohort: Int(cohort)), at: time) }
  }
  @inline(always) mutating func noteArrival(workload: Int32) {
    if recordsSignals { add(1, column: signals.layout.column(.arrivals, workload: Int(workload))) }
  }

  @inline(never) private mutating func add(_ amount: Double, column: Int) { signals.add(amount, column: column) }

  /// - Parameter began: when the request arrived, in nanoseconds: the failures of what arrived in the warm-up are not told.
  @inline(never) mutating func noteEnd(workload: Int, began: Int64, _ ending: Ending, _ blame: Blame) {
    let signal: WorkloadSignal =
      switch ending {
      case .success: .success
      case .degraded: .degraded
      case .failed: .failed
      }
    signals.add(1, column: signals.layout.column(signal, workload: workload))
    if ending == .failed, began >= warmup { signals.failed(workload: workload, blame) }
  }

  @inline(never) mutating func noteAttempt(_ call: Slot<Call>) {
    note(.attempts, edge: call.its.edge)
    if call.its.attempt == 1 { note(.firstAttempts, edge: call.its.edge) }
  }

  @inline(never) mutating func noteAnswer(_ call: Slot<Call>) {
    let edge = Int(call.its.edge)
    note(.answered, edge: call.its.edge)
    signals.add(
      Double(now &- call.its.attemptBegan) / 1e9, column: signals.layout.column(.answerTime, edge: edge))
  }

  @inline(never) mutating func noteFailedAttempt(_ call: Slot<Call>, seenAs view: ReasonCode) {
    let signal: EdgeSignal =
      switch view {
      case .timeout: .timeouts
      case .rejected: .rejections
      case .bulkheadFull: .bulkheadRefusals
      case .breakerOpen: .breakerRefusals
      case .error, .abandoned: .errors
      case .unreachable: .unreachable
      }
    note(signal, edge: call.its.edge)
  }

  @inline(never) mutating func noteServed(_ frame: Slot<Frame>) {
    let service = replicas[frame.its.replica].service
    note(.served, service: service)
    if frame.its.call < 0 { note(.deadServed, service: service) }
    signals.add(
      Double(now &- frame.its.arrived) / 1e9, column: signals.layout.column(.servedTime, service: Int(service)))
  }

  @inline(never) mutating func noteFailed(_ frame: Slot<Frame>, _ blame: Blame) {
    let service = replicas[frame.its.replica].service
    if frame.its.call < 0 {
      note(.deadFailed, service: service)
    } else if blame.component == service {
      noteFailure(at: service, blame)
    } else {
      note(.passedOn, service: service)
    }
  }

  /// A failure whose reason arose at the service.
  private mutating func noteFailure(at service: Int32, _ blame: Blame) {
    switch blame.reason {
    case .rejected: note(.rejections, service: service)
    case .unreachable: note(.unreachable, service: service)
    case .error, .timeout, .bulkheadFull, .breakerOpen, .abandoned, nil: note(.errors, service: service)
    }
  }

  /// A fault has answered an attempt in the place of its callee.
  @inline(never) mutating func noteAnswerAtTheDoor(of service: Int32, _ blame: Blame) {
    note(.arrivals, service: service)
    noteFailure(at: service, blame)
  }

  /// A thread begins to work for a caller who has given up, or ends to.
  @inline(never) mutating func noteDeadThread(_ replica: Int32, _ change: Int32) {
    signals.changeDeadThreads(of: replicas[replica].service, by: change, at: now)
  }
}
