import Foundation

/// Runs the chain that was written by hand, for the same time as the engine runs the model.
struct HandWrittenRun {
  private static let subjects = ["a.serve", "b.serve", "c.serve", "w"]
  let requests: Int
  /// Requests a second.
  let rate: Double
  let queue: Int

  func measure(seed: UInt64) throws -> Measurement {
    let model = try BenchmarkModel.chain(requests: requests, rate: rate, queue: queue).model
    var chain = try HandWrittenChain(rate: rate, queue: queue, horizon: model.time.horizon.nanoseconds)
    let seconds = ContinuousClock().seconds { chain.run(seed: seed) }
    var measurement = Measurement(seconds: seconds, requests: chain.measures.arrivals)
    measurement.peakResidentBytes = Machine.peakResidentBytes
    measurement.timeouts = chain.measures.timeouts
    var digest = LatencyDigest()
    for (index, name) in Self.subjects.enumerated() {
      let served = chain.measures.latencies(of: index, failed: false)
      digest.add(served)
      digest.add(chain.measures.latencies(of: index, failed: true))
      measurement.meanSeconds[name] = served.mean
    }
    measurement.latencyDigest = digest.text
    return measurement
  }
}
