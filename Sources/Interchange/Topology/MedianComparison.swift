import Engine
import Model
import ModelFile
import Sampling

/// The median of a root operation's latency in the traces and in a simulation of the imported model.
public struct MedianComparison: Hashable, Sendable {
  public let traced: TracedMedian
  /// Seconds; nil where no request ended well.
  public let simulated: Double?
  /// Of how many requests `simulated` is the median.
  public let requests: Int

  /// simulated / traced - 1; nil where there is no ratio.
  public var relativeDifference: Double? {
    guard let simulated, traced.seconds > 0 else { return nil }
    return simulated / traced.seconds - 1
  }
}

extension ImportedTopology {
  /// Runs the imported model, read from its own YAML, and compares its medians with the traced ones: one each workload.
  ///
  /// - Parameter replications: their latencies are pooled.
  /// - Throws: what is wrong with the YAML; nothing, unless the importer is.
  public func comparedMedians(
    seed: UInt64 = 20170, replications: Int = 1
  ) throws(DiagnosticList) -> [MedianComparison] {
    guard case .model(let document) = try ModelFile.decode(text: yaml, path: "\(name).yaml") else { return [] }
    var simulation = Simulation(Program(model: document.model, scenario: nil, windows: [.run]))
    var latencies: [String: LatencyTally] = [:]
    for replication in 0..<replications {
      for workload in simulation.run(seed: seed, replication: replication)?.workloads ?? [] {
        guard let tally = workload.windows.first else { continue }
        latencies[workload.name] = latencies[workload.name, default: .empty].merging(tally.latency)
      }
    }
    return medians.map { median in
      let latency = latencies[median.workload, default: .empty]
      return MedianComparison(traced: median, simulated: latency.quantile(0.5), requests: latency.count)
    }
  }
}
