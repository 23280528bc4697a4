import Model

/// Meters are read at each boundary; at the horizon all that was counted becomes an outcome.
extension Simulation {
  /// A bin, a window or the warm-up ends here.
  mutating func passBoundary(_ index: Int32) {
    scheduleBoundary(index &+ 1)
    readMeters()
    media.tallies.readActive(at: now, bin: currentBin)
    let windows = program.boundaries.windowsFrom[Int(index)]
    if windows != currentWindows {
      media.tallies.windowsChanged(at: now)
      restartLongestQueuesLater()
    }
    currentWindows = windows
    currentBin = Int32(now / program.boundaries.binWidth)
  }

  /// A window's longest queue counts from the state after all that happens at its beginning, as the end of a hang.
  private mutating func restartLongestQueuesLater() {
    for replica in 0..<replicas.count where replicas[replica].queued > 0 {
      calendar.schedule(EventPayload(.windowBegun, 0), at: now, .arrival)
      return
    }
  }

  mutating func restartLongestQueues() {
    for replica in 0..<replicas.count { replicas[replica].restartLongestQueue() }
  }

  /// The calendar holds the next boundary only: a deep calendar costs every event.
  mutating func scheduleBoundary(_ index: Int32) {
    guard index < program.boundaries.times.count else { return }
    calendar.insert(
      CalendarEntry(
        time: program.boundaries.times[Int(index)], order: firstBoundaryOrder &+ UInt64(index),
        payload: EventPayload(.boundary, index)))
  }

  /// Moves what replicas and breakers have integrated since the last boundary into the meters.
  mutating func readMeters() {
    if recordsSignals {
      integrateSignals(at: now)
      signals.restartReadings()
    }
    let bin = Int(currentBin)
    for index in 0..<replicas.count {
      let reading = replicas[index].readMeter(at: now)
      let meter = ServiceMeter(
        busy: seconds(reading.busy), queue: seconds(reading.queue), full: Double(reading.full) / 1e9,
        idle: Double(reading.idle) / 1e9, up: Double(reading.up) / 1e9,
        ready: Double(reading.ready) / 1e9, longestQueue: reading.longestQueue)
      meters.add(
        meter, service: Int(replicas[index].service), bin: bin, windows: currentWindows, isMeasured: now > warmup)
    }
    for (index, edge) in program.breakerEdges.enumerated() {
      var notClosed: Int64 = 0
      for breaker in edge.firstBreaker..<edge.firstBreaker + edge.count {
        notClosed += breakers.takeNotClosedTime(of: breaker, at: now)
      }
      meters.addNotClosed(Double(notClosed) / 1e9, breakerEdge: index, bin: bin)
    }
  }

  /// - Parameter nanoseconds: zero or more.
  private func seconds(_ nanoseconds: Int128) -> Double {
    // The conversion of so wide a number is slow, and few are so wide.
    let isShort = nanoseconds <= Int128(Int64.max)
    return (isShort ? Double(Int64(truncatingIfNeeded: nanoseconds)) : Double(nanoseconds)) / 1e9
  }

  func outcome(replication: Int) -> ReplicationOutcome {
    let measuredSeconds = Double(horizon - warmup) / 1e9
    return ReplicationOutcome(
      replication: replication, fingerprint: fingerprint,
      workloads: program.workloads.enumerated().map { index, workload in
        WorkloadOutcome(
          name: workload.name,
          windows: (0..<windowCount).map {
            tallies.tally(of: index * windowCount + $0, components: program.componentNames)
          })
      },
      endpoints: program.endpoints.enumerated().map { index, endpoint in
        EndpointOutcome(
          name: endpoint.name,
          tally: tallies.tally(of: firstEndpointTally + index, components: program.componentNames))
      },
      services: program.services.enumerated().map { index, service in
        outcome(of: service, index: index, measuredSeconds: measuredSeconds)
      },
      timeline: meters.timeline(program),
      aftermaths: aftermaths.outcome(workloads: program.workloads),
      streaming: media.tallies.outcome(program, requests: tallies), events: eventCount)
  }

  private func outcome(of service: CompiledService, index: Int, measuredSeconds: Double) -> ServiceOutcome {
    let meter = meters.measured(service: index)
    // Where the number of replicas changes, what is averaged over replicas is so over those that took calls.
    let isScaled = service.isScaled
    let count = isScaled ? meter.ready / measuredSeconds : Double(service.replicaCount)
    let threads = Double(service.threads) * count
    return ServiceOutcome(
      name: service.name, replicas: isScaled ? count : nil,
      utilisation: service.threads == Int32.max ? nil : meter.busy / (threads * measuredSeconds),
      wait: waits.tally(of: index), queueMean: meter.queue / measuredSeconds, queueMax: Int(meter.longestQueue),
      inServiceMean: meter.busy / measuredSeconds, idle: meter.idle / (count * measuredSeconds),
      up: meter.up / (count * measuredSeconds),
      fullSeconds: meters.fullSeconds(service: index, replicas: isScaled ? nil : Int(service.replicaCount)),
      windows: (0..<windowCount).map { window in
        let meter = meters.measured(service: index, window: window)
        let seconds = program.boundaries.seconds(ofWindow: window)
        if seconds == 0 || meter.ready == 0 { return nil }
        return ServiceWindowOutcome(
          queueMax: Int(meter.longestQueue), queueMean: meter.queue / seconds,
          poolUse: service.threads == Int32.max ? nil : meter.busy / (Double(service.threads) * meter.ready),
          poolFull: meter.full / meter.ready)
      })
  }
}
