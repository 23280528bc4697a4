import Model

/// Makes the model's end-to-end medians agree with the traced ones.
///
/// Times within a trace are correlated: a slow moment slows everything. The model draws them independently. The median
/// of a sum of independent skewed times lies, as a rule, between the sum of their medians and the sum of their means; of
/// comonotonic times it is the sum of the medians (Dhaene et al., "The concept of comonotonicity in actuarial science
/// and finance: theory", Insurance: Mathematics and Economics 31, 2002). So where a root operation's median comes out
/// wrong, the spread of all work about its median is reduced, which moves the median from the one towards the other.
struct MedianCalibration {
  /// What is left alone: the error of a median of a few dozen traces.
  static let tolerance = 0.1
  /// What is aimed at once something is done.
  static let goal = 0.08
  /// A better fit than by this is not worth a further reduction.
  static let indifference = 0.01

  let services: [ImportedService]
  let notes: [String]

  init(_ services: [ImportedService], workloads: [ImportedWorkload]) {
    func errors(_ spread: Double) -> [(workload: ImportedWorkload, error: Double)] {
      var sampler = QueuelessSampler(services, spread: spread)
      return Self.errors(of: workloads, sampler: &sampler)
    }
    let before = errors(1)
    let largest = before.map { abs($0.error) }.max() ?? 0
    guard largest > Self.tolerance else {
      self.services = services
      notes = []
      return
    }
    let candidates = [before] + stride(from: 0.9, through: 0, by: -0.1).map(errors)
    let excesses = candidates.map { Self.excess(of: $0) }
    let least = excesses.min() ?? 0
    // The widest spread that is about as good as the best.
    let chosen = excesses.firstIndex { $0 <= least + Self.indifference } ?? 0
    let spread = 1 - Double(chosen) / 10
    let calibrated = chosen > 0 ? services.map { $0.spreadingWork(by: spread) } : services
    var sampler = QueuelessSampler(calibrated)
    let remaining = Self.errors(of: workloads, sampler: &sampler).filter { abs($0.error) > Self.tolerance }
    self.services = calibrated
    var notes: [String] = []
    if chosen > 0 {
      notes.append(
        "the logarithmic spread of all work is multiplied by \(QuantityText.number(spread)): times within a trace are "
          + "correlated, and drawn independently they gave medians up to \(QuantityText.percentage(largest)) off the traced ones"
      )
    }
    for (workload, error) in remaining {
      notes.append(
        "the median of \(workload.endpoint) without queueing is \(QuantityText.percentage(abs(error))) "
          + "\(error > 0 ? "above" : "below") the traced one")
    }
    self.notes = notes
  }

  /// By how much the errors exceed the goal, on average over the requests.
  private static func excess(of errors: [(workload: ImportedWorkload, error: Double)]) -> Double {
    let requests = errors.map(\.workload.requests).reduce(0, +)
    let sum = errors.map { max(0, abs($0.error) - goal) * Double($0.workload.requests) }.reduce(0, +)
    return sum / Double(max(1, requests))
  }

  /// How far the medians of the root operations are off, relative to the traced ones; without those that have too few
  /// requests for a median that means something.
  private static func errors(
    of workloads: [ImportedWorkload], sampler: inout QueuelessSampler
  ) -> [(workload: ImportedWorkload, error: Double)] {
    workloads.filter { $0.tracedMedian > 0 && $0.requests >= ImportedWork.fewestForFit }.map {
      ($0, sampler.median(of: $0.endpoint) / $0.tracedMedian - 1)
    }
  }
}

extension ImportedService {
  fileprivate func spreadingWork(by spread: Double) -> ImportedService {
    ImportedService(
      name: name, originalName: originalName, replicas: replicas, areReplicasAssumed: areReplicasAssumed,
      isInferred: isInferred, assumedThreads: assumedThreads, load: load, dependencies: dependencies,
      endpoints: endpoints.map { endpoint in
        ImportedEndpoint(
          name: endpoint.name, origin: endpoint.origin, steps: endpoint.steps.map { $0.spreadingWork(by: spread) })
      })
  }
}

extension ImportedStep {
  fileprivate func spreadingWork(by spread: Double) -> ImportedStep {
    guard case .work(let work) = action, let narrower = work.spread(by: spread) else { return self }
    return ImportedStep(action: .work(narrower), probability: probability, runs: runs)
  }
}
