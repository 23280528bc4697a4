import Engine
import Foundation
import Sampling

/// What one run in a process of its own came to.
struct Measurement: Codable {
  var seconds: Double
  var requests: Int
  /// Nil where there is no calendar that counts them.
  var events: Int?
  /// Nil where the run was too short to tell, or allocations can't be counted.
  var allocationsPerEvent: Double?
  /// The most memory that the process has had at once, code included; nil where the system doesn't tell.
  var peakResidentBytes: Int?
  /// Mean latencies in seconds by workload and endpoint, and mean waits for a thread as `service wait`.
  var meanSeconds: [String: Double] = [:]
  /// A hash of all latency histograms: equal where all requests and attempts took equally long.
  var latencyDigest: String?
  /// Attempts that timed out, where they are counted.
  var timeouts: Int?
  /// The engine's hash of how every request ended.
  var fingerprint: String?
}

enum Machine {
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The processor's model; nil where the system doesn't tell.
  static var processor: String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
      let colon = line.firstIndex(of: ":")
    else { return nil }
    return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
  }

  /// What the kernel says of this process alone. `getrusage` would count what its parent had when it was started.
  static var peakResidentBytes: Int? {
    #if os(Linux)
      guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
      else { return nil }
      return kilobytes * 1024
    #else
      var usage = rusage()
      return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : nil
    #endif
  }
}

extension ContinuousClock {
  /// - Returns: seconds.
  func seconds(_ work: () throws -> Void) rethrows -> Double {
    let elapsed = try measure(work).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }
}

/// A hash of latency histograms, one after another.
struct LatencyDigest {
  private var hash: UInt64 = 0

  mutating func add(_ tally: LatencyTally) {
    add(UInt64(tally.count))
    add(UInt64(truncatingIfNeeded: tally.sum))
    for bucket in tally.buckets {
      add(UInt64(bucket.index))
      add(UInt64(bucket.count))
    }
  }

  private mutating func add(_ number: UInt64) { hash = DrawKey.mix(hash &* 0x9E37_79B9_7F4A_7C15 ^ number) }

  var text: String { String(hash, radix: 16) }
}
