import Foundation
import Model
import ModelFile

/// A model as it comes from its file, long enough for so many requests.
struct BenchmarkModel {
  let model: SystemModel
  let scenario: Scenario?
  /// What requests are counted in.
  let windows: [Window]
  /// How often it is run, by one worker, for so many requests.
  let replications: Int

  static func mm1(customers: Int) throws -> BenchmarkModel {
    try BenchmarkModel(PackageResources.mm1_yaml, horizon: Double(customers) / 0.8)
  }

  static func mm16(customers: Int) throws -> BenchmarkModel {
    try BenchmarkModel(PackageResources.mm16_yaml, horizon: Double(customers) / 14.4)
  }

  /// A client asks every second of thinking and 20 ms of waiting.
  static func closed(requests: Int) throws -> BenchmarkModel {
    try BenchmarkModel(PackageResources.closed_yaml, horizon: Double(requests) / (10_000 / 1.02))
  }

  static func inFlight(requests: Int) throws -> BenchmarkModel {
    try BenchmarkModel(PackageResources.in_flight_yaml, horizon: Double(requests) / 1000)
  }

  /// The rate of the chain's file, requests a second: its last tier is 80% busy.
  static let chainRate = 1280.0
  /// The rate at which the last tier would be 103% busy.
  static let overloadedRate = 1648.0
  /// The length of each queue of the chain's file.
  static let chainQueue = 1000
  /// Long enough that the wait in it exceeds the timeout of a second.
  static let overloadedQueue = 5000

  static func guarded(requests: Int) throws -> BenchmarkModel {
    try BenchmarkModel(PackageResources.guarded_yaml, horizon: Double(requests) / chainRate)
  }

  /// - Parameters:
  ///   - rate: requests a second.
  ///   - queue: how many attempts wait at each tier at most.
  ///   - scale: how many times larger than in the file the pools are.
  static func chain(
    requests: Int, rate: Double = chainRate, queue: Int = chainQueue, scale: Int = 1
  ) throws -> BenchmarkModel {
    var overrides = ["workloads.w.arrivals": "poisson(\(rate)/s)"]
    for (tier, threads) in zip(["a", "b", "c"], [64, 32, 16]) {
      overrides["services.\(tier).pool"] = "{threads: \(threads * scale), queue: \(queue)}"
    }
    return try BenchmarkModel(PackageResources.chain_yaml, horizon: Double(requests) / rate, overrides: overrides)
  }

  /// Sessions that start within a minute, each of which fetches 450 segments and what its buffer holds when it ends.
  static func sessions(segments: Int) throws -> BenchmarkModel {
    let rate = max(1, Double(segments) / (450 + 10) / 60)
    return try BenchmarkModel(
      PackageResources.sessions_yaml, horizon: 31 * 60,
      overrides: ["sessions.arrivals": "piecewise(0s=\(rate)/s 1min=0/s)"])
  }

  private static let vodPath = "models/vod/scenarios/viewing-history-hangs.yaml"

  /// - Throws: where the working folder is not the repository's.
  static func checkVod() throws {
    guard FileManager.default.fileExists(atPath: vodPath) else {
      throw BenchmarkError(
        "there is no \(vodPath) here: run ratchet-bench in the folder of the repository, or leave `vod` out with --only"
      )
    }
  }

  /// The shipped model of a video-on-demand service and its scenario, from the working folder.
  static func vod(requests: Int) throws -> BenchmarkModel {
    let requestsPerReplication = 145_000
    try checkVod()
    guard case .scenario(let document) = try ModelFile.load(path: vodPath) else {
      throw BenchmarkError("\(vodPath) is not a scenario")
    }
    return BenchmarkModel(
      model: document.model.model, scenario: document.scenario,
      windows: [.run, Window(.duringFaults), Window(.afterFaults)],
      replications: max(1, requests / requestsPerReplication))
  }

  private init(model: SystemModel, scenario: Scenario?, windows: [Window], replications: Int) {
    self.model = model
    self.scenario = scenario
    self.windows = windows
    self.replications = replications
  }

  /// - Parameter horizon: seconds.
  private init(_ file: [UInt8], horizon: Double, overrides: [String: String] = [:]) throws {
    var settings = [CampaignPlan.Override(path: "time.horizon", value: "\(horizon)s")]
    settings += overrides.sorted { $0.key < $1.key }.map { CampaignPlan.Override(path: $0.key, value: $0.value) }
    let document = try ModelFile.decode(text: String(decoding: file, as: UTF8.self), overrides: settings)
    guard case .model(let decoded) = document else { throw BenchmarkError("the benchmark's file is not a model") }
    self.init(model: decoded.model, scenario: nil, windows: [.run], replications: 1)
  }
}

/// Why there is nothing to print.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
