import Model
import Sampling

/// What an autoscaler does, in the engine's numbers.
struct ScalerSettings: BitwiseCopyable {
  var service: Int32
  var countsCores: Bool
  /// In percent.
  var target: Double
  /// A fraction.
  var tolerance: Double
  var minimum: Int32
  var maximum: Int32
  /// Replicas at the start.
  var initial: Int32
  /// Nanoseconds.
  var interval: Int64
  var boot: Int32
  /// The wishes of so many evaluations keep replicas, the present one's among them; they lie from `firstWish` on.
  var wishes: Int32
  var firstWish: Int32
  /// Of the service's name, for the draws.
  var key: UInt64
}

/// Where an autoscaler stands.
struct ScalerState: BitwiseCopyable {
  /// Replicas that are ready or boot.
  var count: Int32 = 0
  var evaluations: Int64 = 0
}

extension Autoscaling {
  func compiled(of service: Service, index: Int32, boot: Int32, firstWish: Int32) -> ScalerSettings {
    ScalerSettings(
      service: index, countsCores: signal == .cpu, target: target.value * 100, tolerance: tolerance.value,
      minimum: Int32(minimum), maximum: Int32(maximum), initial: Int32(service.replicas),
      interval: interval.nanoseconds, boot: boot,
      wishes: Int32(max(1, (stabilisation.nanoseconds + interval.nanoseconds - 1) / interval.nanoseconds)),
      firstWish: firstWish,
      key: DrawKey.hash(of: service.name))
  }
}

/// The Kubernetes HorizontalPodAutoscaler: see `Autoscaling`. `calculate` follows replica_calculator.go.
extension Simulation {
  mutating func startAutoscaling() {
    for scaler in 0..<Int32(program.scalers.count) {
      let its = scalerSettings[scaler]
      scalers[scaler] = ScalerState(count: its.initial)
      for place in 0..<its.wishes { wishes[its.firstWish &+ place] = 0 }
      let first = services[its.service].firstReplica
      for replica in first &+ its.initial..<first &+ services[its.service].replicaCount {
        replicas[replica].changeReadiness(to: false, at: 0)
      }
      listEligibleReplicas(of: its.service)
      calendar.schedule(EventPayload(.autoscaling, scaler), at: its.interval, .fault)
    }
  }

  /// An autoscaler looks at its service, and changes it.
  @inline(never) mutating func evaluate(scaler: Int32) {
    let its = scalerSettings[scaler]
    scalers[scaler].evaluations &+= 1
    let current = scalers[scaler].count
    let wish = min(max(calculate(its, current: current), its.minimum), its.maximum)
    let place = Int32(scalers[scaler].evaluations % Int64(its.wishes))
    // What it finds counts as its first wish.
    wishes[its.firstWish &+ place] = scalers[scaler].evaluations == 1 ? max(wish, its.initial) : wish
    var stable = wish
    for place in 0..<its.wishes { stable = max(stable, wishes[its.firstWish &+ place]) }
    // A wish for more is followed at once; one for fewer only as far as no recent wish was for more.
    let desired = wish >= current ? min(wish, max(current &* 2, current &+ 4)) : min(stable, current)
    if desired > current { grow(its, from: current, to: desired) }
    if desired < current { shrink(its, from: current, to: desired) }
    scalers[scaler].count = desired
    calendar.schedule(EventPayload(.autoscaling, scaler), at: instant(after: its.interval), .fault)
  }

  /// How many replicas the measured use asks for; the present number where nothing is ready to be measured.
  ///
  /// As there, use is in thousandths of a core (or thread), rounded up, and utilisation in whole percent, rounded down.
  private mutating func calculate(_ its: ScalerSettings, current: Int32) -> Int32 {
    let first = services[its.service].firstReplica
    var use: Int64 = 0
    var capacity: Int64 = 0
    var ready = 0
    for replica in first..<first &+ services[its.service].replicaCount where replicas[replica].isReady {
      let used = takeUse(of: replica, its)
      if replicas[replica].down > 0 { continue }
      ready += 1
      use &+= used
      capacity &+= 1000 &* Int64(its.countsCores ? replicas[replica].cores : initialReplicas[replica].threads)
    }
    if ready == 0 { return current }
    let ratio = Double(use * 100 / capacity) / its.target
    let unready = Int64(current) - Int64(ready)
    if unready <= 0 || ratio <= 1 {
      return (1 - ratio).magnitude <= its.tolerance ? current : rounded(up: ratio * Double(ready))
    }
    // Those that are not ready are taken to need nothing, so that they are not asked for once more.
    let whole = capacity / Int64(ready) * (Int64(ready) + unready)
    let cautious = Double(use * 100 / whole) / its.target
    if (1 - cautious).magnitude <= its.tolerance || cautious < 1 { return current }
    return max(current, rounded(up: cautious * Double(Int64(ready) + unready)))
  }

  private func rounded(up value: Double) -> Int32 { Int32(min(value.rounded(.up), Double(Int32.max))) }

  /// Thousandths of cores or threads that a replica had in use since the evaluation before, or since it was ready.
  private mutating func takeUse(of replica: Int32, _ its: ScalerSettings) -> Int64 {
    if its.countsCores { advanceVirtualTime(of: replica) } else { replicas[replica].readThreadUse(at: now) }
    let since = max(replicas[replica].readySince, now &- its.interval)
    let used = its.countsCores ? replicas[replica].coreUse : replicas[replica].threadUse
    replicas[replica].forgetUse(at: now)
    return Int64((Double(used) * 1000 / Double(max(1, now &- since))).rounded(.up))
  }

  /// The first replicas that are out begin to boot.
  private mutating func grow(_ its: ScalerSettings, from current: Int32, to desired: Int32) {
    var missing = desired &- current
    let first = services[its.service].firstReplica
    for number in 0..<services[its.service].replicaCount where missing > 0 {
      let replica = first &+ number
      if replicas[replica].isReady || replicas[replica].isBooting { continue }
      missing &-= 1
      replicas[replica].isBooting = true
      replicas[replica].boots &+= 1
      let key = root.child(named: "autoscaling").child(its.key).child(UInt64(number))
        .child(UInt64(replicas[replica].boots))
      calendar.schedule(
        EventPayload(.boot, replica, generation: replicas[replica].boots),
        at: instant(after: samplers[its.boot].nanoseconds(key.draw(Purpose.boot))), .fault)
    }
  }

  /// A replica takes calls from now on, unless it was taken away before.
  mutating func finishBoot(_ replica: Int32, _ generation: UInt32) {
    guard replicas[replica].isBooting, replicas[replica].boots & EventPayload.generationMask == generation else {
      return
    }
    replicas[replica].isBooting = false
    replicas[replica].changeReadiness(to: true, at: now)
    forgetPicks(of: replica)
    renewLeaks(of: replica)
    listEligibleReplicas(of: replicas[replica].service)
  }

  /// The last replicas go: first those that boot, then ready ones, which finish what they have.
  private mutating func shrink(_ its: ScalerSettings, from current: Int32, to desired: Int32) {
    var surplus = current &- desired
    let first = services[its.service].firstReplica
    let last = first &+ services[its.service].replicaCount
    for replica in (first..<last).reversed() where surplus > 0 && replicas[replica].isBooting {
      replicas[replica].isBooting = false
      surplus &-= 1
    }
    for replica in (first..<last).reversed() where surplus > 0 && replicas[replica].isReady {
      replicas[replica].changeReadiness(to: false, at: now)
      surplus &-= 1
    }
    listEligibleReplicas(of: its.service)
  }
}
