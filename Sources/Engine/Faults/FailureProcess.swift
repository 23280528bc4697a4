import Sampling

/// Where a failure process stands.
struct FailureCycle: BitwiseCopyable {
  /// Failures so far, from which the draws are keyed.
  var cycle: Int64 = 0
  var isDown = false
}

/// Failure modes as renewal processes: up until a failure, down until the end of its repair.
extension Simulation {
  mutating func startFailureProcess(_ process: Int32) {
    let its = program.processes[process]
    let key = processKey(process)
    let first: Double
    if its.residual >= 0 {
      let equilibrium = program.equilibria[Int(its.residual)]
      if let down = equilibrium.down, key.uniform(Purpose.initialState) >= equilibrium.availability {
        first = down.quantile(key.uniform(Purpose.timeToRepair))
        processCycles[process].isDown = true
        begin(its)
      } else {
        first = equilibrium.up.quantile(key.uniform(Purpose.timeToFailure))
      }
    } else {
      first = samplers[its.every].seconds(key.child(0).draw(Purpose.timeToFailure))
    }
    schedule(process, after: first)
  }

  /// The component of a process fails, or is repaired.
  mutating func advanceFailureProcess(_ process: Int32) {
    let its = program.processes[process]
    if processCycles[process].isDown {
      processCycles[process].isDown = false
      processCycles[process].cycle &+= 1
      end(its)
      schedule(process, after: samplers[its.every].seconds(drawKey(process).draw(Purpose.timeToFailure)))
    } else {
      processCycles[process].isDown = true
      begin(its)
      schedule(process, after: samplers[its.repair].seconds(drawKey(process).draw(Purpose.timeToRepair)))
    }
  }

  private mutating func begin(_ process: FailureProcess) {
    for offset in 0..<process.instanceCount { beginFault(process.instance &+ offset) }
  }

  private mutating func end(_ process: FailureProcess) {
    for offset in 0..<process.instanceCount { endFault(process.instance &+ offset) }
  }

  private func processKey(_ process: Int32) -> DrawKey {
    root.child(named: "failure").child(program.processes[process].key)
  }

  private func drawKey(_ process: Int32) -> DrawKey {
    processKey(process).child(UInt64(bitPattern: processCycles[process].cycle))
  }

  private mutating func schedule(_ process: Int32, after seconds: Double) {
    let wait = (seconds * 1e9).rounded()
    if wait < Double(horizon &- now) {
      calendar.schedule(EventPayload(.failureTransition, process), at: now &+ Int64(wait), .fault)
    }
  }
}
