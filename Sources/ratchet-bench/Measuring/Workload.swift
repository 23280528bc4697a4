import ArgumentParser

/// What is timed.
enum Workload: String, CaseIterable, ExpressibleByArgument {
  case mm1
  case mm16
  case closed
  case chain
  case handWritten = "hand-written"
  case guarded
  case overloaded
  case overloadedHandWritten = "overloaded-hand-written"
  case scaled
  case inFlight = "in-flight"
  case vod
  case sessions
  case replications
  case replicationsOnOneCore = "replications-on-one-core"

  var title: String {
    switch self {
    case .mm1: "M/M/1, 80% busy"
    case .mm16: "M/M/16, 90% busy"
    case .closed: "closed loop of 10,000 clients"
    case .chain: "three-tier chain, 80% busy"
    case .handWritten: "the chain as a hand-written loop"
    case .guarded: "the chain, every policy on every call"
    case .overloaded: "the chain at 103% load, queues of 5,000"
    case .overloadedHandWritten: "the same as a hand-written loop"
    case .scaled: "the chain, rates and pools x 100"
    case .inFlight: "a million requests in flight"
    case .vod: "models/vod, viewing history hangs"
    case .sessions: "segments of sessions, fast mode"
    case .replications: "100 replications of M/M/1, all cores"
    case .replicationsOnOneCore: "100 replications of M/M/1, one core"
    }
  }

  /// Requests in a run, all replications together, unless another number is asked for.
  var standardRequests: Int {
    switch self {
    case .mm1, .replications, .replicationsOnOneCore: 10_000_000
    case .mm16, .closed, .chain, .handWritten, .guarded, .overloaded, .overloadedHandWritten,
      .scaled, .inFlight, .vod:
      2_000_000
    case .sessions: 20_000_000
    }
  }

  /// Runs the workload once, in this process.
  func measure(requests: Int, seed: UInt64) throws -> Measurement {
    switch self {
    case .handWritten:
      try HandWrittenRun(requests: requests, rate: BenchmarkModel.chainRate, queue: BenchmarkModel.chainQueue)
        .measure(seed: seed)
    case .overloadedHandWritten:
      try HandWrittenRun(requests: requests, rate: BenchmarkModel.overloadedRate, queue: BenchmarkModel.overloadedQueue)
        .measure(seed: seed)
    case .replications: try ReplicationsRun(requests: requests, jobs: Machine.cores).measure(seed: seed)
    case .replicationsOnOneCore: try ReplicationsRun(requests: requests, jobs: 1).measure(seed: seed)
    case .mm1: try ModelRun(.mm1(customers: requests)).measure(seed: seed)
    case .mm16: try ModelRun(.mm16(customers: requests)).measure(seed: seed)
    case .closed: try ModelRun(.closed(requests: requests)).measure(seed: seed)
    case .chain: try ModelRun(.chain(requests: requests)).measure(seed: seed)
    case .guarded: try ModelRun(.guarded(requests: requests)).measure(seed: seed)
    case .overloaded:
      try ModelRun(
        .chain(requests: requests, rate: BenchmarkModel.overloadedRate, queue: BenchmarkModel.overloadedQueue)
      ).measure(seed: seed)
    case .scaled:
      try ModelRun(
        .chain(
          requests: requests, rate: 100 * BenchmarkModel.chainRate, queue: 100 * BenchmarkModel.chainQueue, scale: 100)
      ).measure(seed: seed)
    case .inFlight: try ModelRun(.inFlight(requests: requests)).measure(seed: seed)
    case .vod: try ModelRun(.vod(requests: requests)).measure(seed: seed)
    case .sessions: try ModelRun(.sessions(segments: requests)).measure(seed: seed)
    }
  }
}
