extension NetworkTable {
  /// How long a transfer takes that begins at `place`, in nanoseconds, exactly: over as many periods and loops as it
  /// needs, those in which nothing arrives included.
  /// - Parameter bits: zero or more.
  /// - Complexity: O(log n) in the recording's periods.
  func duration(ofTransfer bits: Int64, from place: Int64, in network: Int32) -> Int64 {
    guard bits > 0 else { return 0 }
    let its = networks.at(network)
    let present = period(at: place, in: network)
    let here = periods.at(present)
    let needed = Transfer.work(bits)
    let bandwidth = UInt64(bitPattern: here.pointee.bandwidth)
    let before =
      here.pointee.work
      &+ UInt128(truncatingIfNeeded: place &- here.pointee.start) &* UInt128(truncatingIfNeeded: bandwidth)
    let goal = before &+ needed
    let end = its.pointee.first &+ its.pointee.count
    if goal <= (present &+ 1 == end ? its.pointee.work : periods[present &+ 1].work) {
      return Transfer.quotient(needed, bandwidth)
    }
    return longDuration(to: goal, from: place, after: present, in: its)
  }

  /// Until the loop has delivered `goal` since its start, which is beyond what it has by the end of period `present`.
  private func longDuration(
    to goal: UInt128, from place: Int64, after present: Int32, in its: UnsafePointer<RecordedNetwork>
  ) -> Int64 {
    let loops = goal <= its.pointee.work ? 0 : (goal - 1) / its.pointee.work
    let rest = goal - loops * its.pointee.work
    let last = lastPeriod(before: rest, from: loops == 0 ? present : its.pointee.first, in: its)
    let period = periods[last]
    let part = Transfer.quotient(rest - period.work, UInt64(bitPattern: period.bandwidth))
    guard loops < UInt128(Transfer.longest) else { return Transfer.longest }
    let time = loops * UInt128(its.pointee.duration) + UInt128(period.start) + UInt128(part) - UInt128(place)
    return Int64(min(time, UInt128(Transfer.longest)))
  }

  /// The last period with less than `work` before it, which is where that is reached. `start` has less before it.
  private func lastPeriod(before work: UInt128, from start: Int32, in its: UnsafePointer<RecordedNetwork>) -> Int32 {
    let end = its.pointee.first &+ its.pointee.count
    var low = start
    var step: Int32 = 1
    while low &+ step < end && periods[low &+ step].work < work {
      low &+= step
      step &*= 2
    }
    var high = min(end, low &+ step)
    while high &- low > 1 {
      let middle = low &+ (high &- low) / 2
      if periods[middle].work < work { low = middle } else { high = middle }
    }
    return low
  }
}
