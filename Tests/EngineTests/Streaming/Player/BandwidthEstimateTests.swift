import Foundation
import Model
import Sampling
import Testing

@testable import Engine

@Suite struct `A bandwidth estimate` {
  private let rules = BitrateRules(
    [
      (
        BitrateRule(
          kind: .throughput, fit: .bitrate, fastHalfLife: .seconds(3), slowHalfLife: .seconds(8), up: 1, down: 1),
        BufferSettings(start: .zero, target: .seconds(25), resume: .zero)
      )
    ], ladder: [Bitrate(bitsPerSecond: 1)], segment: .seconds(3))

  @Test func `is the smaller of two weighted means, and the larger latency`() {
    var estimate = BandwidthEstimate()
    let samples: [(bits: Int64, ms: Int64, latency: Int64)] = [
      (12_000_000, 4000, 80), (3_000_000, 3000, 400), (20_000_000, 2000, 20), (1_000_000, 10_000, 90),
    ]
    for (index, sample) in samples.enumerated() {
      estimate.add(
        bits: sample.bits, transfer: sample.ms * 1_000_000, latency: sample.latency * 1_000_000,
        rule: rules.settings.at(0))
      // Each weighs (1 - 0.5^(w/h)) x 0.5^(later weights / h), over the sum of all of these.
      func mean(_ h: Double, _ weight: (Int) -> Double, _ value: (Int) -> Double) -> Double {
        var (sum, total) = (0.0, 0.0)
        for k in 0...index {
          let later = (k + 1..<index + 1).reduce(0) { $0 + weight($1) }
          let w = (1 - pow(0.5, weight(k) / h)) * pow(0.5, later / h)
          sum += w * value(k)
          total += w
        }
        return sum / total
      }
      let rates = [3.0, 8].map { h in
        mean(h, { Double(samples[$0].ms) / 1e3 }, { Double(samples[$0].bits) * 1e3 / Double(samples[$0].ms) })
      }
      let latencies = [3.0, 8].map { h in mean(h / 3, { _ in 1 }, { Double(samples[$0].latency) * 1e6 }) }
      #expect(abs(estimate.throughput / min(rates[0], rates[1]) - 1) < 1e-14)
      #expect(abs(estimate.latency / max(latencies[0], latencies[1]) - 1) < 1e-14)
    }
  }

  @Test func `stays between the least and the greatest sample`() {
    for sample in 0..<300 {
      let key = DrawKey(seed: 31, replication: sample)
      var estimate = BandwidthEstimate()
      var (least, greatest) = (Double.infinity, 0.0)
      for segment in 0..<60 {
        let its = key.child(UInt64(segment))
        let transfer = Int64(its.draw(0) >> (30 + its.draw(1) % 34)) + 1
        let bits = Int64(its.draw(2) % 100_000_000) + 1
        estimate.add(bits: bits, transfer: transfer, latency: transfer, rule: rules.settings.at(0))
        let rate = Double(bits) * 1e9 / Double(transfer)
        (least, greatest) = (min(least, rate), max(greatest, rate))
        #expect(estimate.throughput >= least * (1 - 1e-12) && estimate.throughput <= greatest * (1 + 1e-12))
      }
    }
  }

  @Test func `learns no throughput from a transfer without a duration`() {
    var estimate = BandwidthEstimate()
    estimate.add(bits: 0, transfer: 0, latency: 5_000_000, rule: rules.settings.at(0))
    #expect(estimate.throughput == 0 && abs(estimate.latency - 5_000_000) < 1e-6)
  }

  @Test func `is one cache line`() { #expect(MemoryLayout<BandwidthEstimate>.size == 64) }
}
