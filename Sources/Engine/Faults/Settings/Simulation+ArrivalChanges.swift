import Sampling

/// Arrivals whose rate is set: time passes faster or slower for them. The k-th request stays the k-th, with all that it
/// draws; what was left of the wait for the next one becomes the same part of a wait by the new law.
extension Simulation {
  /// - Parameter law: nil for the model's own.
  mutating func changeArrivals(of workload: Int32, _ law: ArrivalLaw?) {
    let spare = nextStreams[workload]
    guard spare >= 0, let old = presentStream(of: workload, before: spare) else { return }
    let own = program.streams[program.ownStream(of: workload)]
    var new = own
    new.law = law ?? own.law
    let part = partLeft(of: old)
    streamStates[spare] = streamStates[old]
    streams.change(spare) { $0 = new }
    resumeArrivals(of: spare, with: part)
    // The stream that was left bears no more: what the calendar still holds of it does not come.
    streams.change(old) { stream in
      stream.ends = 0
      stream.part = Ramped(start: 0, end: 0, over: 1)
    }
    let next = spare &+ 1
    nextStreams[workload] = next < streams.count && streams[next].workload == workload ? next : -1
  }

  /// The stream from which requests of a workload come now.
  private func presentStream(of workload: Int32, before spare: Int32) -> Int32? {
    spare == program.firstSpareStream(of: workload) ? program.ownStream(of: workload) : spare &- 1
  }

  /// What part of the wait for the next request is left.
  private mutating func partLeft(of stream: Int32) -> Double {
    let whole = wait(of: stream)
    let left = streamStates[stream].last &- now
    if whole == 0 { return 0 }
    return left >= whole ? 1 : Double(left) / Double(whole)
  }

  /// The whole wait before the request that comes next, in nanoseconds.
  private mutating func wait(of stream: Int32) -> Int64 {
    let law = streams[stream].law
    if law.kind == .constant { return Int64(min(1e9 / law.rate, 0x1p61).rounded()) }
    let draw = DrawKey(bits: streamStates[stream].key).draw(Purpose.interarrival)
    return min(samplers[law.sampler].nanoseconds(draw), 1 << 61)
  }

  /// Schedules the request that comes next, after a part of a wait by the stream's law.
  private mutating func resumeArrivals(of stream: Int32, with part: Double) {
    let whole = wait(of: stream)
    let left = part == 1 ? whole : Int64((Double(whole) * part).rounded())
    let time = now &+ left
    streamStates[stream].last = time
    if streams[stream].law.kind == .constant {
      // The k-th from here on comes without drift.
      let count = Double(streamStates[stream].index)
      let rate = streams[stream].law.rate
      streams.change(stream) { $0.begins = time &- Int64(min(count * 1e9 / rate, 0x1p61).rounded()) }
    }
    if streams[stream].law.kind == .poisson {
      let ahead = DrawKey(bits: streamStates[stream].keyAhead).draw(Purpose.interarrival)
      streamStates[stream].gapAhead = min(samplers[streams[stream].law.sampler].nanoseconds(ahead), 1 << 61)
    }
    if time < horizon { calendar.schedule(EventPayload(.arrival, stream), at: time, .arrival) }
  }
}

extension Program {
  /// The stream of a workload with which a replication begins.
  func ownStream(of workload: Int32) -> Int32 {
    for stream in 0..<Int32(streams.count) where streams[stream].workload == workload { return stream }
    preconditionFailure("nothing arrives of \(workloads[Int(workload)].name)")
  }

  /// The first of the streams to which the arrivals of a workload move.
  func firstSpareStream(of workload: Int32) -> Int32 {
    for stream in 0..<Int32(streams.count)
    where streams[stream].workload == workload && streams[stream].begins == Edge.noLimit {
      return stream
    }
    return -1
  }
}
