import Model

/// Meters are read at each boundary; at the horizon all that was counted becomes an outcome.
extension Simulation {
  /// A bin, a window or the warm-up ends here.
  mutating func passBoundary(_ index: Int32) {
    readMeters()
    currentWindows = program.boundaries.windows(at: now)
    currentBin = Int32(now / program.boundaries.binWidth)
    if now == warmup {
      for replica in 0..<replicas.count { replicas[replica].longestQueue = replicas[replica].queued }
    }
  }

  /// Moves what replicas and breakers have integrated since the last boundary into the meters.
  mutating func readMeters() {
    let bin = Int(currentBin)
    for index in 0..<replicas.count {
      replicas[index].integrate(to: now)
      let replica = replicas[index]
      let meter = ServiceMeter(
        busy: Double(replica.busyTime) / 1e9, queue: Double(replica.queueTime) / 1e9,
        full: Double(replica.fullTime) / 1e9, idle: Double(replica.idleTime) / 1e9,
        up: Double(replica.upTime) / 1e9)
      replicas[index].busyTime = 0
      replicas[index].queueTime = 0
      replicas[index].fullTime = 0
      replicas[index].idleTime = 0
      replicas[index].upTime = 0
      meters.add(
        meter, service: Int(replica.service), bin: bin, windows: currentWindows, isMeasured: now > warmup)
    }
    for (index, edge) in program.breakerEdges.enumerated() {
      var notClosed: Int64 = 0
      for breaker in edge.firstBreaker..<edge.firstBreaker + edge.count {
        notClosed += breakers.takeNotClosedTime(of: breaker, at: now)
      }
      meters.addNotClosed(Double(notClosed) / 1e9, breakerEdge: index, bin: bin)
    }
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
      aftermaths: aftermaths.outcome(workloads: program.workloads), events: eventCount)
  }

  private func outcome(of service: CompiledService, index: Int, measuredSeconds: Double) -> ServiceOutcome {
    let meter = meters.measured(service: index)
    let count = Double(service.replicaCount)
    let threads = Double(service.threads) * count
    var longest: Int32 = 0
    for replica in service.firstReplica..<service.firstReplica + service.replicaCount {
      longest = max(longest, replicas[replica].longestQueue)
    }
    return ServiceOutcome(
      name: service.name,
      utilisation: service.threads == Int32.max ? nil : meter.busy / (threads * measuredSeconds),
      wait: waits.tally(of: index), queueMean: meter.queue / measuredSeconds, queueMax: Int(longest),
      inServiceMean: meter.busy / measuredSeconds, idle: meter.idle / (count * measuredSeconds),
      up: meter.up / (count * measuredSeconds),
      fullSeconds: meters.fullSeconds(service: index, replicas: Int(service.replicaCount)))
  }
}
