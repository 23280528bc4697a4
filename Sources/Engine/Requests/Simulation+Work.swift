/// Time on a thread: by itself, or on cores shared with the replica's other running work.
extension Simulation {
  /// - Parameter duration: nanoseconds at full speed.
  @inline(always) mutating func startWork(_ frame: Slot<Frame>, _ duration: Int64) {
    let replica = frame.its.replica
    frame.its.state = .working
    if replicas[replica].cores > 0 {
      startSharedWork(frame, duration)
    } else {
      runAlone(frame, remaining: duration)
    }
  }

  /// The same, for who has the frame's replica at hand.
  @inline(always) mutating func startWork(_ frame: Slot<Frame>, _ duration: Int64, on replica: Slot<Replica>) {
    if replica.its.cores > 0 || replica.its.speed != 1 {
      startWorkApart(frame, duration)
      return
    }
    let end = instant(after: duration)
    frame.its.state = .working
    frame.its.workEnd = end
    calendar.schedule(
      EventPayload(.workDone, frame.index, generation: frame.its.generation), at: end, .completion)
  }

  @inline(never) private mutating func startWorkApart(_ frame: Slot<Frame>, _ duration: Int64) {
    startWork(frame, duration)
  }

  /// Schedules the end of the work that remains, at the replica's speed; while that is 0 the work is kept.
  @inline(always) private mutating func runAlone(_ frame: Slot<Frame>, remaining: Int64) {
    let speed = replicas[frame.its.replica].speed
    if speed == 0 {
      frame.its.workEnd = remaining
      return
    }
    let duration = speed == 1 ? remaining : stretched(remaining, by: speed)
    let end = instant(after: duration)
    frame.its.workEnd = end
    calendar.schedule(
      EventPayload(.workDone, frame.index, generation: frame.its.generation), at: end, .completion)
  }

  private func stretched(_ duration: Int64, by speed: Double) -> Int64 {
    let stretched = (Double(duration) / speed).rounded(.up)
    return stretched < 0x1p62 ? Int64(stretched) : Int64(1) << 62
  }

  /// Ends work before its time.
  mutating func stopWork(_ frame: Slot<Frame>) {
    let replica = frame.its.replica
    if replicas[replica].cores > 0 {
      advanceVirtualTime(of: replica)
      removeJob(frame)
      scheduleSharedCompletion(of: replica)
    } else {
      frame.its.generation &+= 1
    }
  }

  /// Gives all work of a replica a new speed, also what is running.
  ///
  /// - Complexity: O(frames), at the edges of faults only.
  mutating func changeSpeed(of replica: Int32, to speed: Double) {
    let old = replicas[replica].speed
    if old == speed { return }
    if replicas[replica].cores > 0 {
      advanceVirtualTime(of: replica)
      replicas[replica].speed = speed
      scheduleSharedCompletion(of: replica)
      return
    }
    replicas[replica].speed = speed
    for frame in framesInOrder(where: { $0.replica == replica && $0.state == .working }) {
      var remaining = frame.its.workEnd
      if old > 0 {
        remaining = frame.its.workEnd &- now
        if old != 1 { remaining = Int64((Double(remaining) * old).rounded()) }
      }
      // The completion in the calendar is stale, and so is whatever else knew this generation: nothing does.
      frame.its.generation &+= 1
      runAlone(frame, remaining: remaining)
    }
  }
}

extension Simulation {
  /// Gives the running work of a replica more or fewer cores to share.
  mutating func changeCores(of replica: Int32, to cores: Int32) {
    advanceVirtualTime(of: replica)
    replicas[replica].cores = cores
    scheduleSharedCompletion(of: replica)
  }
}

/// Processor sharing in virtual time: every running job gains on its end at the same pace, min(1, cores / running) of
/// the replica's speed. Jobs stand in the order of the virtual time at which they end; equal ones first come first served.
extension Simulation {
  private static var fractionBits: UInt128 { 64 }

  private mutating func startSharedWork(_ frame: Slot<Frame>, _ duration: Int64) {
    let replica = frame.its.replica
    advanceVirtualTime(of: replica)
    let end = min(
      replicas[replica].virtualTime &+ UInt128(duration) << Self.fractionBits,
      UInt128(Int64.max) << Self.fractionBits)
    frame.its.workEnd = Int64(truncatingIfNeeded: end >> Self.fractionBits)
    frame.its.workFraction = UInt64(truncatingIfNeeded: end)
    var previous: Int32 = -1
    var next = replicas[replica].firstJob
    while next >= 0, virtualEnd(of: frames.at(next)) <= end {
      previous = next
      next = frames[next].next
    }
    frame.its.previous = previous
    frame.its.next = next
    if previous >= 0 { frames[previous].next = frame.index } else { replicas[replica].firstJob = frame.index }
    if next >= 0 { frames[next].previous = frame.index }
    replicas[replica].running &+= 1
    scheduleSharedCompletion(of: replica)
  }

  /// All jobs whose virtual end has been reached are done.
  mutating func finishSharedWork(_ replica: Int32) {
    advanceVirtualTime(of: replica)
    while replicas[replica].firstJob >= 0 {
      let job = frames.at(replicas[replica].firstJob)
      if virtualEnd(of: job) > replicas[replica].virtualTime { break }
      removeJob(job)
      job.its.state = .ready
      ready.append(ReadyItem(kind: .frame, index: job.index, generation: job.its.generation))
    }
    scheduleSharedCompletion(of: replica)
  }

  private func virtualEnd(of frame: Slot<Frame>) -> UInt128 {
    UInt128(frame.its.workEnd) << Self.fractionBits | UInt128(frame.its.workFraction)
  }

  private mutating func removeJob(_ frame: Slot<Frame>) {
    let replica = frame.its.replica
    let next = frame.its.next
    let previous = frame.its.previous
    if previous >= 0 { frames[previous].next = next } else { replicas[replica].firstJob = next }
    if next >= 0 { frames[next].previous = previous }
    replicas[replica].running &-= 1
  }

  /// The pace of virtual time, with 64 bits of fraction, rounded up: so n equal jobs that start together end after n
  /// times their work to the nanosecond, and not one later.
  private func pace(of replica: Int32) -> UInt128 {
    let running = replicas[replica].running
    let cores = replicas[replica].cores
    let share: UInt128 =
      running <= cores
      ? 1 << Self.fractionBits
      : ((UInt128(cores) << Self.fractionBits) &+ UInt128(running) &- 1) / UInt128(running)
    let speed = replicas[replica].speed
    return speed == 1 ? share : UInt128(Double(share) * speed)
  }

  mutating func advanceVirtualTime(of replica: Int32) {
    let elapsed = now &- replicas[replica].virtualChanged
    replicas[replica].virtualChanged = now
    if elapsed > 0, replicas[replica].running > 0 {
      replicas[replica].virtualTime &+= UInt128(elapsed) &* pace(of: replica)
      replicas[replica].coreUse &+= elapsed &* Int64(min(replicas[replica].running, replicas[replica].cores))
    }
  }

  fileprivate mutating func scheduleSharedCompletion(of replica: Int32) {
    replicas[replica].sharedGeneration &+= 1
    let first = replicas[replica].firstJob
    let pace = pace(of: replica)
    if first < 0 || pace == 0 { return }
    let end = virtualEnd(of: frames.at(first))
    let present = replicas[replica].virtualTime
    let needed = end > present ? end &- present : 0
    let wait = (needed &+ pace &- 1) / pace
    guard wait < UInt128(Int64.max &- now) else { return }
    calendar.schedule(
      EventPayload(.sharedWorkDone, replica, generation: replicas[replica].sharedGeneration),
      at: now &+ Int64(wait), .completion)
  }
}
