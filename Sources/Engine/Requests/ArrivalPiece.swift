import Model

/// A piece of constant rate, or of one that moves linearly.
struct ArrivalPiece: BitwiseCopyable {
  /// Nanoseconds.
  var from: Int64
  /// At its beginning, per nanosecond.
  var rate: Double
  /// At its end, where the next one begins; the same as `rate` in the last piece.
  var endRate: Double

  init(from: SimulationDuration, rate: Rate, endRate: Rate? = nil, factor: Double) {
    self.from = from.nanoseconds
    self.rate = rate.perSecond * factor / 1e9
    self.endRate = (endRate ?? rate).perSecond * factor / 1e9
  }

  /// What is left of the piece at a time before its end; both in nanoseconds.
  @inline(always) func rest(from time: Int64, to end: Int64) -> Rest {
    let length = Double(end &- time)
    if rate == endRate { return Rest(rate: rate, endRate: rate, length: length) }
    let whole = Double(end &- from)
    return Rest(
      rate: rate * (length / whole) + endRate * (Double(time &- from) / whole), endRate: endRate, length: length)
  }

  /// The end of a piece: rates per nanosecond, a length in nanoseconds.
  struct Rest: BitwiseCopyable {
    var rate: Double
    var endRate: Double
    var length: Double

    /// How many arrivals are expected in it.
    @inline(always) var expected: Double { (rate + endRate) / 2 * length }

    /// How long it takes until so many arrivals are expected, in nanoseconds.
    ///
    /// With rates r at first and r + s t later, that is the root t of r t + s t² / 2 = arrivals, in the form in which
    /// nothing cancels for either sign of s. A level piece is taken to go on beyond its end; one that moves is over
    /// there, and what it doesn't reach takes infinitely long.
    @inline(always) func wait(expecting arrivals: Double) -> Double {
      if rate == endRate { return rate > 0 ? arrivals / rate : .infinity }
      if arrivals <= 0 { return 0 }
      if arrivals >= expected { return .infinity }
      let square = rate * rate + 2 * ((endRate - rate) / length) * arrivals
      return min(2 * arrivals / (rate + max(square, 0).squareRoot()), length)
    }
  }
}
