/// A quantile function, in seconds, over the distance m / 2^54 from either end of the unit interval.
struct QuantileCurve {
  enum Tail: CaseIterable {
    case lower, upper
  }

  /// The values of m from `start` to `end` in one tail.
  struct Cell {
    let tail: Tail
    let start: Double
    let end: Double

    /// The probability of a draw in the cell.
    var share: Double { (end - start) * 0x1p-54 }

    /// One of `count` equal parts.
    func part(_ index: Int, of count: Int) -> Cell {
      let width = (end - start) / Double(count)
      return Cell(tail: tail, start: start + Double(index) * width, end: start + Double(index + 1) * width)
    }
  }

  private let distribution: Distribution

  init(_ distribution: Distribution) { self.distribution = distribution }

  /// - Parameter guess: a time near the result, if one is known.
  func value(_ m: Double, _ tail: Tail, near guess: Double? = nil) -> Double {
    switch tail {
    case .lower: distribution.quantile(m * 0x1p-54, near: guess)
    case .upper: distribution.upperQuantile(m * 0x1p-54, near: guess)
    }
  }

  /// Whether some time in the cell is less than the clock's greatest.
  func isInRange(_ cell: Cell) -> Bool {
    min(value(cell.start, cell.tail), value(cell.end, cell.tail)) * 1e9 < 0x1p63
  }
}
