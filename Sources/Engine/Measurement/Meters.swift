import Model

/// What is measured over time: the timeline's bins, and what services did in each window.
struct Meters: ~Copyable {
  private let binWidth: Int64
  private let binCount: Int
  private let windowCount: Int
  private let serviceCount: Int
  private let horizon: Int64
  /// The length of each window in seconds.
  private let windowSeconds: [Double]

  /// By workload and bin.
  private var requests: Slab<RequestBin>
  /// By service and bin; the last bins of each service are followed by nothing.
  private var serviceBins: Slab<ServiceMeter>
  /// By service and window.
  private var serviceWindows: Slab<ServiceMeter>
  /// By service, since the warm-up.
  private var measured: Slab<ServiceMeter>
  /// By edge with a breaker and bin, in seconds not closed, added up over the caller's replicas.
  private var breakerBins: Slab<Double>

  struct RequestBin: BitwiseCopyable {
    var arrivals: Int32 = 0
    var success: Int32 = 0
    var degraded: Int32 = 0
    var failed: Int32 = 0
  }

  init(_ program: Program) {
    binWidth = program.boundaries.binWidth
    binCount = program.boundaries.binCount
    windowCount = program.windows.count
    serviceCount = program.services.count
    horizon = program.model.time.horizon.nanoseconds
    windowSeconds = program.boundaries.intervals.map { parts in
      parts.reduce(0.0) { $0 + Double($1.upperBound - $1.lowerBound) / 1e9 }
    }
    requests = Slab(repeating: RequestBin(), count: program.workloads.count * binCount)
    serviceBins = Slab(repeating: ServiceMeter(), count: serviceCount * binCount)
    serviceWindows = Slab(repeating: ServiceMeter(), count: serviceCount * windowCount)
    measured = Slab(repeating: ServiceMeter(), count: serviceCount)
    breakerBins = Slab(repeating: 0, count: program.breakerEdges.count * binCount)
  }

  mutating func reset() {
    requests.fill(with: RequestBin())
    serviceBins.fill(with: ServiceMeter())
    serviceWindows.fill(with: ServiceMeter())
    measured.fill(with: ServiceMeter())
    breakerBins.fill(with: 0)
  }

  @inline(always) mutating func arrived(workload: Int32, bin: Int32) {
    requests[Int(workload) &* binCount &+ Int(bin)].arrivals &+= 1
  }

  @inline(always) mutating func ended(workload: Int32, bin: Int32, _ ending: Ending) {
    let index = Int(workload) &* binCount &+ Int(bin)
    switch ending {
    case .success: requests[index].success &+= 1
    case .degraded: requests[index].degraded &+= 1
    case .failed: requests[index].failed &+= 1
    }
  }

  /// Adds a stretch that lies within one bin and within or without each window.
  mutating func add(_ meter: ServiceMeter, service: Int, bin: Int, windows: UInt64, isMeasured: Bool) {
    serviceBins[service * binCount + bin].add(meter)
    if isMeasured { measured[service].add(meter) }
    var left = windows
    while left != 0 {
      serviceWindows[service * windowCount + left.trailingZeroBitCount].add(meter)
      left &= left - 1
    }
  }

  mutating func addNotClosed(_ seconds: Double, breakerEdge: Int, bin: Int) {
    breakerBins[breakerEdge * binCount + bin] += seconds
  }

  func measured(service: Int) -> ServiceMeter { measured[service] }

  func measured(service: Int, window: Int) -> ServiceMeter { serviceWindows[service * windowCount + window] }

  /// Seconds with all threads in use, by window, averaged over replicas.
  ///
  /// - Parameter replicas: nil where an autoscaler changes their number: then over the mean number of ready ones.
  func fullSeconds(service: Int, replicas: Int?) -> [Double] {
    (0..<windowCount).map { window in
      let meter = serviceWindows[service * windowCount + window]
      if let replicas { return meter.full / Double(replicas) }
      let seconds = windowSeconds[window]
      return meter.ready > 0 ? meter.full / (meter.ready / seconds) : 0
    }
  }

  func timeline(_ program: Program) -> Timeline {
    let lengths = (0..<binCount).map { bin in
      Double(min(binWidth, horizon - Int64(bin) * binWidth)) / 1e9
    }
    func means(_ service: Int, _ value: (ServiceMeter) -> Double) -> [Double] {
      (0..<binCount).map { value(serviceBins[service * binCount + $0]) / lengths[$0] }
    }
    func counts(_ workload: Int, _ value: (RequestBin) -> Int32) -> [Int] {
      (0..<binCount).map { Int(value(requests[workload * binCount + $0])) }
    }
    return Timeline(
      binWidth: SimulationDuration(nanoseconds: binWidth), binCount: binCount,
      workloads: program.workloads.enumerated().map { index, workload in
        Timeline.WorkloadSeries(
          name: workload.name, arrivals: counts(index) { $0.arrivals },
          success: counts(index) { $0.success }, degraded: counts(index) { $0.degraded },
          failed: counts(index) { $0.failed })
      },
      services: program.services.enumerated().map { index, service in
        let replicas = Double(service.replicaCount)
        let isScaled = service.isScaled
        func parts(_ value: @escaping (ServiceMeter) -> Double) -> [Double] {
          if !isScaled { return means(index) { value($0) / replicas } }
          return (0..<binCount).map { bin in
            let meter = serviceBins[index * binCount + bin]
            return meter.ready > 0 ? value(meter) / meter.ready : 0
          }
        }
        return Timeline.ServiceSeries(
          name: service.name, busy: means(index) { $0.busy }, queue: means(index) { $0.queue },
          full: parts { $0.full }, up: parts { $0.up }, replicas: isScaled ? means(index) { $0.ready } : nil)
      },
      breakers: program.breakerEdges.enumerated().map { index, edge in
        Timeline.BreakerSeries(
          name: program.edgeNames[edge.edge],
          open: (0..<binCount).map {
            breakerBins[index * binCount + $0] / lengths[$0] / Double(edge.count)
          })
      })
  }
}
