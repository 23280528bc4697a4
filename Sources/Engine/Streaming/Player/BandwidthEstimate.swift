import Sampling

/// What a player knows of its network: two moving averages of the throughput, and two of the latency.
///
/// As in Sabre (K. Spiteri, R. Sitaraman, D. Sparacio, "From theory to practice: improving bitrate adaptation in the
/// DASH reference player", MMSys 2018): a sample of the throughput weighs as long as its transfer took, one of the
/// latency as long as a segment plays. The averages start at nothing, which their division by 1 - 0.5^(W/h) makes up
/// for, W being the weight of all samples and h the half-life. That divisor is the same moving average of the number
/// 1, so it is carried along with each.
struct BandwidthEstimate: BitwiseCopyable, Sendable {
  /// An exponentially weighted moving average before its division by its weight.
  struct Average: BitwiseCopyable, Sendable {
    var sum = 0.0
    /// 1 - 0.5^(W/h); 0 before the first sample.
    var weight = 0.0

    /// - Parameter kept: what remains of the samples so far, 0.5^(w/h) for a sample of the weight w.
    @inline(always) mutating func add(_ sample: Double, keeping kept: Double) {
      sum = kept * sum + (1 - kept) * sample
      weight = kept * weight + (1 - kept)
    }

    @inline(always) var value: Double { sum / weight }
  }

  private var fast = Average()
  private var slow = Average()
  private var fastLatency = Average()
  private var slowLatency = Average()

  /// Takes a segment into account.
  /// - Parameters:
  ///   - bits: how many arrived.
  ///   - transfer: from the first to the last of them, in nanoseconds; a throughput cannot be told from 0.
  ///   - latency: from the request to the first of them, in nanoseconds.
  @inline(always) mutating func add(
    bits: Int64, transfer: Int64, latency: Int64, rule: UnsafePointer<BitrateSettings>
  ) {
    if transfer > 0 {
      let time = Double(transfer)
      let throughput = Double(bits) * 1e9 / time
      fast.add(throughput, keeping: DeterministicMath.exp(-time * rule.pointee.fastDecay))
      slow.add(throughput, keeping: DeterministicMath.exp(-time * rule.pointee.slowDecay))
    }
    fastLatency.add(Double(latency), keeping: rule.pointee.fastLatencyKept)
    slowLatency.add(Double(latency), keeping: rule.pointee.slowLatencyKept)
  }

  /// Bits per second: the smaller average; 0 where nothing has been measured.
  @inline(always) var throughput: Double { slow.weight > 0 ? min(fast.value, slow.value) : 0 }

  /// Nanoseconds: the larger average; 0 where nothing has been measured.
  @inline(always) var latency: Double { slowLatency.weight > 0 ? max(fastLatency.value, slowLatency.value) : 0 }
}
