import Model
import Sampling

extension FaultCompiler {
  /// An effect with its settings, which reaches nothing yet.
  func instance(of effect: FaultEffect, key: UInt64, _ compiler: inout Compiler) -> FaultInstance {
    var instance = FaultInstance(effect: .unavailable, salt: DrawKey.hash(of: ""), key: key)
    switch effect {
    case .unavailable: instance.effect = .unavailable
    case .hang: instance.effect = .hang
    case .error(let error):
      instance.effect = .error
      instance.errorThreshold = drawThreshold(error.probability.value)
      instance.magnitude = Ramped(to: error.probability.value, error.ramp)
      instance.status = Int32(error.status)
    case .latency(let latency):
      instance.effect = .latency
      instance.magnitude = Ramped(to: latency.factor, latency.factorRamp)
      if let added = latency.add {
        if latency.addRamp == nil {
          instance.latencySampler = compiler.sampler(added)
        } else {
          instance.added = Ramped(to: added.mean * 1e9, latency.addRamp, scale: 1e9)
        }
      }
    case .slow(let slow):
      instance.effect = .slow
      instance.magnitude = Ramped(to: slow.speed, slow.ramp)
    case .crash: instance.effect = .crash
    case .capacity(let capacity):
      instance.effect = capacity.resource == .threads ? .capacityThreads : .capacityReplicas
      switch capacity.taken {
      case .fraction(let part): instance.magnitude = Ramped(to: part.value, capacity.ramp)
      case .count(let count):
        instance.magnitude = Ramped(to: Double(count), capacity.ramp)
        instance.takenIsCount = true
      }
    case .surge(let surge):
      instance.effect = .surge
      instance.magnitude = Ramped(to: surge.factor, surge.ramp)
    case .pause: instance.effect = .pause
    case .loss(let loss):
      instance.effect = .loss
      instance.magnitude = Ramped(to: loss.probability.value, loss.ramp)
      instance.rto = loss.rto.nanoseconds
    case .flushCache: instance.effect = .flushCache
    case .bandwidth(let bandwidth):
      instance.effect = .bandwidth
      switch bandwidth.left {
      case .to(let limit): instance.limit = Ramped(to: Double(limit.bitsPerSecond), bandwidth.ramp)
      case .factor(let part): instance.magnitude = Ramped(to: part.value, bandwidth.ramp)
      }
    case .partition: instance.effect = .partition
    case .leak(let leak):
      instance.effect = .leak
      instance.leaksThreads = leak.resource == .threads
      instance.fillSampler = compiler.sampler(leak.fills)
      instance.restartSampler = compiler.sampler(leak.restart)
    case .set: instance.effect = .set
    case .badDeploy: preconditionFailure("a deploy is compiled batch by batch")
    }
    return instance
  }

  /// Rolls a bad version out and back: each batch is drained while it changes, and between bears the effect. There are as
  /// many batches as the replicas at the start need; those that an autoscaler may add are spread over the same batches.
  ///
  /// - Parameters:
  ///   - begins: when the first batch changes, in nanoseconds.
  ///   - ends: when the first batch is rolled back; batches that have not begun by then never do.
  mutating func rollOut(
    _ deploy: DeployFault, of fault: Fault, over reach: Reach, from begins: Int64, to ends: Int64, named name: String,
    _ compiler: inout Compiler
  ) {
    var batches: [Set<Int>] = []
    for service in Set(reach.members.map { replicaService[$0] }).sorted() {
      let replicas = reach.members.filter { replicaService[$0] == service }.sorted()
      let initial = min(model.services[Int(service)].replicas, replicas.count)
      let size = DeployFault.size(of: deploy.batch, among: initial)
      let count = DeployFault.batches(of: deploy.batch, among: initial)
      while batches.count < count { batches.append([]) }
      for (rank, replica) in replicas.enumerated() {
        let added = rank - initial
        batches[added < 0 ? rank / size : added * count / (replicas.count - initial)].insert(replica)
      }
    }
    let drained = FaultEffect.capacity(CapacityFault(resource: .replicas, taken: .fraction(.one)))
    let out = instance(of: drained, key: DrawKey.hash(of: fault.name), &compiler)
    let bad = instance(of: deploy.effect, key: DrawKey.hash(of: fault.name), &compiler)
    for (number, batch) in batches.enumerated() {
      let delay = deploy.every.nanoseconds.multipliedReportingOverflow(by: Int64(number))
      let (changes, isBeyond) = begins.addingReportingOverflow(delay.partialValue)
      if delay.overflow || isBeyond || changes >= ends { break }
      func later(_ time: Int64, _ span: Int64) -> Int64 {
        let (sum, isBeyond) = time.addingReportingOverflow(span)
        return isBeyond ? Edge.noLimit : sum
      }
      let restart = deploy.restart.nanoseconds
      let back = later(ends, delay.partialValue)
      let spans = [
        (out, "out", changes, later(changes, restart)), (bad, "bad", later(changes, restart), back),
        (out, "back", back, later(back, restart)),
      ]
      for (kind, word, start, end) in spans where start < end {
        var instance = kind
        place(&instance, at: Reach(members: batch))
        if word == "bad" { restrict(&instance, to: fault) }
        instance.begins = start
        instance.ends = end
        append(instance, name: "\(name): batch \(number + 1) \(word)")
      }
    }
  }
}
