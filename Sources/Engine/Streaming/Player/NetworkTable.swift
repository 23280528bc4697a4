import Model

/// A period of a recording, and what lies before it in its loop.
struct NetworkPeriod: BitwiseCopyable, Sendable {
  /// In the loop, in nanoseconds.
  let start: Int64
  /// Bits per second.
  let bandwidth: Int64
  /// What the periods before it deliver, in bit/s x ns.
  let work: UInt128
  /// Nanoseconds.
  let latency: Int64
}

/// A recording: where its periods are, and what all of them add up to.
struct RecordedNetwork: BitwiseCopyable, Sendable {
  let first: Int32
  let count: Int32
  /// Of one loop, in nanoseconds.
  let duration: Int64
  /// What one loop delivers, in bit/s x ns; above zero.
  let work: UInt128
}

/// Recorded networks, for any number of replications.
///
/// A place is a time in a recording's loop, from 0 up to less than its duration.
struct NetworkTable: Sendable {
  let networks: Table<RecordedNetwork>
  let periods: Table<NetworkPeriod>

  init(_ recordings: [NetworkRecording]) {
    var networks: [RecordedNetwork] = []
    var periods: [NetworkPeriod] = []
    for recording in recordings {
      let first = periods.count
      var (start, work) = (Int64(0), UInt128(0))
      for period in recording.periods {
        let (duration, bandwidth) = (period.duration.nanoseconds, period.bandwidth.bitsPerSecond)
        periods.append(
          NetworkPeriod(start: start, bandwidth: bandwidth, work: work, latency: period.latency.nanoseconds))
        start += duration
        work += UInt128(duration) * UInt128(bandwidth)
      }
      precondition(work > 0, "The network \(recording.file) delivers nothing.")
      networks.append(
        RecordedNetwork(
          first: Int32(first), count: Int32(recording.periods.count), duration: start, work: work))
    }
    self.networks = Table(networks)
    self.periods = Table(periods)
  }

  /// Where a session is that began at `from` this long ago.
  @inline(always) func place(from: Int64, after elapsed: Int64, in network: Int32) -> Int64 {
    let duration = networks[network].duration
    // Both parts are below 2^63, so their sum fits.
    return Int64(bitPattern: (UInt64(bitPattern: from) &+ UInt64(bitPattern: elapsed)) % UInt64(bitPattern: duration))
  }

  /// Of a request that is made at this place, in nanoseconds.
  /// How long the bandwidth stays what it is at a place of the loop, in nanoseconds.
  func timeLeft(inPeriodAt place: Int64, in network: Int32) -> Int64 {
    let its = networks.at(network)
    let next = period(at: place, in: network) &+ 1
    let end = next == its.pointee.first &+ its.pointee.count ? its.pointee.duration : periods[next].start
    return end &- place
  }

  func latency(at place: Int64, in network: Int32) -> Int64 { periods[period(at: place, in: network)].latency }

  /// Bits per second.
  func bandwidth(at place: Int64, in network: Int32) -> Int64 { periods[period(at: place, in: network)].bandwidth }

  /// - Complexity: O(log n) in the recording's periods.
  @inline(always) func period(at place: Int64, in network: Int32) -> Int32 {
    let its = networks.at(network)
    precondition(UInt64(bitPattern: place) < UInt64(bitPattern: its.pointee.duration), "place outside of the loop")
    let base = periods.at(its.pointee.first)
    var low = 0
    var count = Int(its.pointee.count)
    // The period is among the `count` from `low` on.
    while count > 1 {
      let half = count >> 1
      low = base[low &+ half].start <= place ? low &+ half : low
      count &-= half
    }
    return its.pointee.first &+ Int32(truncatingIfNeeded: low)
  }
}
