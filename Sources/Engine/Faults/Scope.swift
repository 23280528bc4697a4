import Sampling

/// Which requests a fault's scope picks: a function of the request, never of chance at the moment.
extension Simulation {
  /// Whether a fault's scope picks a request: by the uniform of its device, or its own.
  mutating func isInScope(_ index: Int32, request: UInt64, workload: Int16) -> Bool {
    let workloadIndex = Int32(workload)
    let devices = workloads[workloadIndex].devices
    let salt = faults[index].salt
    switch faults[index].scope {
    case .everything: return true
    case .oneDevice:
      if devices == 0 { return false }
      let chosen = DrawKey(bits: workloadKeys[workloadIndex]).child(salt).draw(Purpose.device)
        .multipliedFullWidth(by: UInt64(devices)).high
      return device(of: request, among: devices) == chosen
    case .devices:
      if faults[index].scopeThreshold == .max { return true }
      if devices == 0 { return DrawKey(bits: request).draw(Purpose.scope ^ salt) < faults[index].scopeThreshold }
      let key = DrawKey(bits: workloadKeys[workloadIndex]).child(named: "device")
        .child(device(of: request, among: devices))
      return key.draw(Purpose.scope ^ salt) < faults[index].scopeThreshold
    case .requests:
      if faults[index].scopeThreshold == .max { return true }
      return DrawKey(bits: request).draw(Purpose.scope ^ salt) < faults[index].scopeThreshold
    }
  }

  private mutating func device(of request: UInt64, among devices: Int64) -> UInt64 {
    DrawKey(bits: request).draw(Purpose.device).multipliedFullWidth(by: UInt64(devices)).high
  }
}
