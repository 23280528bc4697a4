/// Fits cubic pieces to the cells of one tail, best in the order of the cells.
///
/// A piece is a polynomial in s, the place in the cell from -½ to ½, through the quantiles at both ends, so that the
/// pieces join, and at two points between. With these at ±(√2 - 1) of the half-width the largest value of the
/// node polynomial is the least possible with nodes at the ends: 0.17, where Chebyshev's nodes reach 0.125 and
/// Hermite's interpolation 1.
struct CubicFitter {
  struct Piece {
    let c0, c1, c2, c3: Double

    func value(_ s: Double) -> Double { c0 + s * (c1 + s * (c2 + s * c3)) }

    func slope(_ s: Double) -> Double { c1 + s * (2 * c2 + s * 3 * c3) }
  }

  private static let innerNode = 0.41421356237309503
  /// The error that is accepted, relative to the quantile.
  private static let tolerance = 1.2e-9
  /// The error in seconds that is accepted whatever the quantile: a millionth of a nanosecond.
  private static let leastError = 1e-15

  private let curve: QuantileCurve
  private let tail: QuantileCurve.Tail
  private var previous: (cell: QuantileCurve.Cell, last: Double, piece: Piece?)?

  init(_ curve: QuantileCurve, _ tail: QuantileCurve.Tail) {
    self.curve = curve
    self.tail = tail
  }

  /// The piece, or nil if it is off by more than the tolerance or not monotone.
  mutating func piece(on cell: QuantileCurve.Cell) -> Piece? {
    let half = 0.5 * (cell.end - cell.start)
    let middle = cell.start + half
    let a = Self.innerNode
    let first = previous?.cell.end == cell.start ? previous?.last ?? 0 : curve.value(cell.start, tail)
    let low = curve.value(middle - a * half, tail, near: guess(middle - a * half) ?? first)
    let high = curve.value(middle + a * half, tail, near: guess(middle + a * half) ?? low)
    let last = curve.value(cell.end, tail, near: guess(cell.end) ?? high)
    let (evenOuter, oddOuter) = (0.5 * (last + first), 0.5 * (last - first))
    let (evenInner, oddInner) = (0.5 * (high + low), 0.5 * (high - low) / a)
    let second = (evenOuter - evenInner) / (1 - a * a)
    let third = (oddOuter - oddInner) / (1 - a * a)
    let piece = Piece(c0: evenOuter - second, c1: 2 * (oddOuter - third), c2: 4 * second, c3: 8 * third)
    let isFit = isMonotone(piece) && isClose(piece, middle, half)
    previous = (cell, last, isFit ? piece : nil)
    return isFit ? piece : nil
  }

  /// The quantile at m, about, from the piece before.
  private func guess(_ m: Double) -> Double? {
    guard let previous, let piece = previous.piece else { return nil }
    let cell = previous.cell
    return piece.value((m - 0.5 * (cell.start + cell.end)) / (cell.end - cell.start))
  }

  /// The error of a smooth function peaks in the middle. That of a jump or kink may peak elsewhere, by a factor of
  /// ten at most.
  private func isClose(_ piece: Piece, _ middle: Double, _ half: Double) -> Bool {
    func error(at s: Double) -> Double {
      let value = piece.value(s)
      let exact = curve.value(middle + 2 * s * half, tail, near: value)
      let error = (value - exact).magnitude
      return error <= Self.leastError ? 0 : error / exact
    }
    let central = error(at: 0)
    guard central <= Self.tolerance else { return false }
    return central <= 0.1 * Self.tolerance || max(error(at: -0.38), error(at: 0.38)) <= Self.tolerance
  }

  private func isMonotone(_ piece: Piece) -> Bool {
    let sign: Double
    switch tail {
    case .lower: sign = 1
    case .upper: sign = -1
    }
    guard piece.value(0).isFinite, sign * piece.slope(-0.5) >= 0, sign * piece.slope(0.5) >= 0 else { return false }
    let vertex = -piece.c2 / (3 * piece.c3)
    return !(vertex.magnitude < 0.5) || sign * piece.slope(vertex) >= 0
  }
}
