import Model

/// What becomes of requests after the ends of faults, by workload, fault end and bin.
struct Aftermaths: ~Copyable {
  struct Bin: BitwiseCopyable {
    var ended: Int32 = 0
    var failed: Int32 = 0
  }
  private let starts: [Int64]
  /// The place of each start's first bin within a workload's, and behind the last the number of all.
  private let firstBin: [Int]
  private var bins: Slab<Bin>

  private static var longest: Int64 { 8_640 }

  init(_ program: Program) {
    let width = Aftermath.binWidth.nanoseconds
    let horizon = program.model.time.horizon.nanoseconds
    starts = program.recoveryStarts
    firstBin = starts.reduce(into: [0]) { places, start in
      places.append(places[places.count - 1] + Int(min(Self.longest, (horizon - start + width - 1) / width)))
    }
    bins = Slab(repeating: Bin(), count: program.workloads.count * firstBin[starts.count])
  }

  var isEmpty: Bool { starts.isEmpty }

  mutating func reset() { bins.fill(with: Bin()) }

  /// - Parameter arrived: nanoseconds.
  mutating func ended(workload: Int, arrived: Int64, _ ending: Ending) {
    let offset = workload * firstBin[starts.count]
    for (index, start) in starts.enumerated() where arrived >= start {
      let bin = firstBin[index] + Int((arrived - start) / Aftermath.binWidth.nanoseconds)
      if bin >= firstBin[index + 1] { continue }
      bins[offset + bin].ended += 1
      if ending == .failed { bins[offset + bin].failed += 1 }
    }
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
            ended: range.map { Int(bins[$0].ended) }, failed: range.map { Int(bins[$0].failed) }))
      }
    }
    return all
  }
}
