import Sampling

/// Which requests a fault's scope picks: a function of the request, never of chance at the moment.
extension Simulation {
  /// Whether a fault's scope picks a request: by the uniform of its device, or its own.
  mutating func isInScope(_ index: Int32, request: UInt64, workload: Int16) -> Bool {
    let workloadIndex = Int32(workload)
    let devices = workloads[workloadIndex].devices
    switch faults[index].scope {
    case .everything: return true
    case .oneDevice:
      return devices > 0 && device(of: request, among: devices) == scopes[index, workloadIndex].least
    case .devices:
      if faults[index].part.over > 0 {
        return isInMovingScope(index, request: request, workload: workloadIndex)
      }
      if faults[index].scopeThreshold == .max { return true }
      if devices == 0 { return isBelow(faults[index].scopeThreshold, of: index, DrawKey(bits: request)) }
      return isPicked(device(of: request, among: devices), of: workloadIndex, by: scopes[index, workloadIndex], index)
    case .requests:
      let threshold = faults[index].part.over > 0 ? movingThreshold(of: index) : faults[index].scopeThreshold
      if threshold == .max { return true }
      return isBelow(threshold, of: index, DrawKey(bits: request))
    }
  }

  private mutating func isPicked(
    _ device: UInt64, of workload: Int32, by scope: DeviceScope, _ index: Int32
  ) -> Bool {
    if scope.threshold == 0 { return false }
    if device == scope.least { return true }
    let key = DrawKey(bits: workloadKeys[workload]).child(named: "device").child(device)
    return isBelow(scope.threshold, of: index, key)
  }

  @inline(never) private mutating func isInMovingScope(_ index: Int32, request: UInt64, workload: Int32) -> Bool {
    let threshold = movingThreshold(of: index)
    if threshold == .max { return true }
    let devices = workloads[workload].devices
    if devices == 0 { return isBelow(threshold, of: index, DrawKey(bits: request)) }
    let scope = DeviceScope(
      of: devices, key: DrawKey(bits: workloadKeys[workload]).child(faults[index].salt), threshold: threshold)
    return isPicked(device(of: request, among: devices), of: workload, by: scope, index)
  }

  /// The part of a scope that moves: as it is now, in a twin as it would be, or while it is not the fault's time, as it is
  /// at most. Where the fault acts on transfers under way, it moves in steps.
  private mutating func movingThreshold(of index: Int32) -> UInt64 {
    let fault = faults[index]
    let isDue = faultActive[index] || !program.injectsFaults && fault.begins <= now && now < fault.ends
    if !isDue { return drawThreshold(fault.part.highest) }
    let elapsed = faultActive[index] ? elapsed(of: index) : now &- fault.begins
    return drawThreshold(fault.hasSteps ? fault.part.steppedValue(after: elapsed) : fault.part.value(after: elapsed))
  }

  private mutating func isBelow(_ threshold: UInt64, of fault: Int32, _ key: DrawKey) -> Bool {
    key.draw(Purpose.scope ^ faults[fault].salt) < threshold
  }

  private mutating func device(of request: UInt64, among devices: Int64) -> UInt64 {
    DrawKey(bits: request).draw(Purpose.device).multipliedFullWidth(by: UInt64(devices)).high
  }

  /// Draws which device of each workload is the first that scopes reach, for the replication whose keys are set.
  @inline(never) mutating func drawScopes() {
    for fault in 0..<scopes.faultCount {
      for workload in 0..<Int32(workloads.count) where workloads[workload].devices > 0 {
        scopes[fault, workload] = DeviceScope(
          of: workloads[workload].devices, key: DrawKey(bits: workloadKeys[workload]).child(faults[fault].salt),
          threshold: faults[fault].scopeThreshold)
      }
    }
  }
}

/// Which devices of a workload a scope picks: those whose uniform for the scope is below its part.
///
/// The uniforms of D devices are drawn so that the device with the least of them is known without looking at all: it
/// is any device, with the same chance, and its uniform is the least of D, m = 1 - (1 - v)^(1/D) for a uniform v. Given
/// these two the others are independent and uniform on (m, 1), so that together they are as D independent uniforms are.
/// So `one device` is the device that every percentage reaches which reaches anybody, and scopes are nested.
struct DeviceScope: BitwiseCopyable {
  /// The device with the least uniform, from 0.
  var least: UInt64 = 0
  /// The 64 bits, between m and 1, below which other devices are hit; 0 where not even the least device is.
  var threshold: UInt64 = 0

  init() {}

  /// - Parameters:
  ///   - devices: at least 1.
  ///   - key: of the workload and the salt.
  ///   - threshold: the scope's part, of 2^64.
  init(of devices: Int64, key: DrawKey, threshold part: UInt64) {
    least = key.draw(Purpose.device).multipliedFullWidth(by: UInt64(devices)).high
    let minimum = -DeterministicMath.expm1(DeterministicMath.log1p(-key.uniform(Purpose.scope)) / Double(devices))
    let share = Double(part) * 0x1p-64
    threshold = share <= minimum ? 0 : max(1, drawThreshold((share - minimum) / (1 - minimum)))
  }
}

/// The device scopes of the faults, one for each workload.
struct DeviceScopes: ~Copyable {
  /// The faults, from the first on, among which all are that pick devices.
  let faultCount: Int32
  private let workloadCount: Int32
  private var scopes: Slab<DeviceScope>

  init(_ faults: borrowing Table<FaultInstance>, workloads: Int) {
    var count = 0
    for index in 0..<faults.count where faults[index].scope == .oneDevice || faults[index].scope == .devices {
      count = index + 1
    }
    faultCount = Int32(count)
    workloadCount = Int32(workloads)
    scopes = Slab(repeating: DeviceScope(), count: count * workloads)
  }

  subscript(fault: Int32, workload: Int32) -> DeviceScope {
    get { scopes[fault * workloadCount + workload] }
    set { scopes[fault * workloadCount + workload] = newValue }
  }
}
