import Engine
import Model
import Sampling

/// A sweep of load x trigger size, ready to run.
public struct StabilityMapDesign: Sendable {
  public let model: SystemModel
  /// The trigger: its faults as they are at size 1, or wherever the measure is a fraction.
  public let scenario: Scenario
  public let measure: TriggerMeasure
  /// Factors on the arrivals, ascending.
  public let loads: [Double]
  /// Of the trigger, ascending; above 0.
  public let sizes: [Double]
  /// Of each cell.
  public let replications: Int
  public let seed: UInt64
  /// The level of every interval.
  public let confidence: Double
  /// How far apart the two sizes, or loads, that enclose a critical one are at most, as a part of the larger one.
  public let resolution: Double
  /// How many runs are made to find the boundary more closely than the grid does, at most, along both axes together; the
  /// widest gaps are looked into first.
  public let budget: Int
  /// The part of its requests that a system which is not overloaded may leave unserved without a trigger.
  public let tolerance: Double
  /// The workloads that are judged: those of the model, and the starts of sessions.
  public let judged: [String]

  /// - Throws: where the load or the trigger can't be varied.
  public init(
    model: SystemModel, scenario: Scenario?, measure: TriggerMeasure, loads: [Double], sizes: [Double],
    replications: Int, seed: UInt64, confidence: Double = 0.95, resolution: Double, budget: Int = .max,
    tolerance: Double
  ) throws(StabilityMapProblem) {
    precondition(!loads.isEmpty && !sizes.isEmpty && replications > 0, "a map needs loads, sizes and replications")
    precondition(loads == loads.sorted() && sizes == sizes.sorted(), "loads and sizes ascend")
    guard let scenario, FaultPeriod(of: scenario, horizon: model.time.horizon) != nil else { throw .noTrigger }
    self.model = model
    self.scenario = scenario
    self.measure = measure
    self.loads = loads
    self.sizes = sizes
    self.replications = replications
    self.seed = seed
    self.confidence = confidence
    self.resolution = resolution
    self.budget = budget
    self.tolerance = tolerance
    judged = (model.streaming == nil ? [] : [Streaming.everySession]) + model.workloads.map(\.name)
    for load in loads { _ = try model.loaded(by: load) }
    for size in sizes { _ = try scenario.triggered(measure, at: size) }
  }

  /// A system under a load and perhaps a trigger.
  public struct Subject: Sendable {
    public let model: SystemModel
    public let scenario: Scenario
  }

  /// What is run at a load with a trigger of some size, or without one.
  ///
  /// The time after the trigger is the model's own, and longer where that would not tell metastability. So a longer
  /// trigger is followed by as much time as a shorter one. Without a trigger it is as long as with the largest.
  ///
  /// - Parameters:
  ///   - load: within the design's.
  ///   - size: at most the largest of the design.
  public func subject(load: Double, size: Double?) -> Subject {
    do {
      let triggered = try scenario.triggered(measure, at: size ?? sizes[sizes.count - 1])
      let time = TimeFrame(warmup: model.time.warmup, horizon: horizon(after: triggered), start: model.time.start)
      return Subject(
        model: try model.loaded(by: load).over(time), scenario: size == nil ? scenario.withoutFaults : triggered)
    } catch {
      preconditionFailure("Load \(load), size \(size ?? 0): \(error); a design has been checked for its range.")
    }
  }

  /// Steps that a bisection takes at most: each halves the distance, which is the whole size at first.
  var bisectionSteps: Int { Int(-DeterministicMath.log(min(1, resolution)) / DeterministicMath.log(2) - 1e-9) + 1 }

  private func horizon(after triggered: Scenario) -> SimulationDuration {
    let own = model.time.horizon
    // The faults as they stand end somewhere before the horizon or at it, and so much time follows.
    let left = own - ((FaultPeriod(of: scenario, horizon: own)?.end ?? .zero) - .zero)
    let farthest = SimulationDuration(nanoseconds: Int64.max / 8)
    guard let period = FaultPeriod(of: triggered, horizon: farthest), let last = period.spans.last else { return own }
    return (last.end - .zero) + max(left, Metastability.neededTime(after: last.end - last.start))
  }
}
