import Model

/// What becomes of requests after the ends of faults, by workload, fault end and bin.
struct Aftermaths: ~Copyable {
  struct Bin: BitwiseCopyable {
    var arrivals: Int32 = 0
    var ended: Int32 = 0
    var failed: Int32 = 0
  }
  private let starts: [Int64]
  /// The place of each start's first bin within a workload's, and behind the last the number of all.
  private let firstBin: [Int]
  private var bins: Slab<Bin>

  init(_ program: Program) {
    let width = Aftermath.binWidth.nanoseconds
    let horizon = program.model.time.horizon.nanoseconds
    starts = program.recoveryStarts
    firstBin = starts.reduce(into: [0]) { places, start in
      places.append(
        places[places.count - 1] + Int(min(Int64(Boundaries.longestTimeline), (horizon - start + width - 1) / width)))
    }
    bins = Slab(repeating: Bin(), count: program.workloads.count * firstBin[starts.count])
  }

  var isEmpty: Bool { starts.isEmpty }

  mutating func reset() { bins.fill(with: Bin()) }

  /// - Parameter time: nanoseconds.
  mutating func arrived(workload: Int, at time: Int64) {
    for index in starts.indices {
      if let bin = bin(workload, index, arrivedAt: time) { bins[bin].arrivals += 1 }
    }
  }

  /// - Parameter time: when the request had arrived, in nanoseconds.
  mutating func ended(workload: Int, arrivedAt time: Int64, _ ending: Ending) {
    for index in starts.indices {
      guard let bin = bin(workload, index, arrivedAt: time) else { continue }
      bins[bin].ended += 1
      if ending == .failed { bins[bin].failed += 1 }
    }
  }

  /// The bin after a start in which an instant lies; nil before the start and after the last bin.
  private func bin(_ workload: Int, _ index: Int, arrivedAt time: Int64) -> Int? {
    if time < starts[index] { return nil }
    let bin = firstBin[index] + Int((time - starts[index]) / Aftermath.binWidth.nanoseconds)
    return bin < firstBin[index + 1] ? workload * firstBin[starts.count] + bin : nil
  }

  func outcome(workloads: [CompiledWorkload]) -> [Aftermath] {
    var all: [Aftermath] = []
    for (place, workload) in workloads.enumerated() {
      let offset = place * firstBin[starts.count]
      for (index, start) in starts.enumerated() {
        let range = offset + firstBin[index]..<offset + firstBin[index + 1]
        all.append(
          Aftermath(
            workload: workload.name, from: SimulationTime(nanoseconds: start),
            arrivals: range.map { Int(bins[$0].arrivals) }, ended: range.map { Int(bins[$0].ended) },
            failed: range.map { Int(bins[$0].failed) }))
      }
    }
    return all
  }
}
