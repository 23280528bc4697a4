/// A quantile function as cubic pieces on cells that are log-spaced in both tails.
///
/// The cells of the lower tail part m = u 2^54 by its exponent and its first `cellBits` bits of mantissa, those of
/// the upper tail m = (1 - u) 2^54. A cell that one piece does not fit is parted into `fanOut` cells, these
/// again if need be. So is a cell with a jump, until a draw falls into it once in a million times; there, and beyond the
/// last octave, the sampler evaluates the quantile.
struct CubicPieces {
  /// Octaves in a tail. A draw falls beyond them with probability 2^-16.
  static let octaves = 16
  /// How many cells take the place of one that is too coarse.
  static let fanOut = 16
  /// The probability of a cell below which it is not parted any more.
  private static let leastShare = 0x1p-20
  /// Limits the memory for functions that no pieces fit.
  private static let mostBlocks = 256

  private let curve: QuantileCurve
  private let cellBits: Int
  /// In nanoseconds, four a cell: a cell for what is beyond the octaves and the cells of the lower tail, the same for the upper tail, and
  /// the finer cells in blocks of `fanOut`.
  private(set) var coefficients: [Double] = []
  /// The probability that a draw falls into a cell without a piece and without finer cells.
  private(set) var exactShare = 1 / Double(1 << Self.octaves)

  /// How far a Double's bits are shifted to leave the exponent and the cell.
  var shift: Int { 52 - cellBits }
  /// The exponent and the cell, read as one number, of the cell before the first.
  var origin: Int { (1023 + 53 - Self.octaves) << cellBits - 1 }
  /// Coefficients in one tail.
  var tailCount: Int { 4 * (Self.octaves << cellBits + 1) }

  init(of distribution: Distribution) {
    let curve = QuantileCurve(distribution)
    let fewest = (6...8).first { Self.misfit(of: curve, cellBits: $0) < 0x1p-5 }
    self.init(of: curve, cellBits: fewest ?? 9)
  }

  private init(of curve: QuantileCurve, cellBits: Int) {
    self.curve = curve
    self.cellBits = cellBits
    coefficients.reserveCapacity(2 * tailCount)
    var coarse: [(offset: Int, cell: QuantileCurve.Cell)] = []
    for tail in QuantileCurve.Tail.allCases {
      coefficients += [.nan, -1, 0, 0]
      var fitter = CubicFitter(curve, tail)
      for index in 0..<(Self.octaves << cellBits) {
        append(Self.cell(index, cellBits, tail), &fitter, &coarse)
      }
    }
    refine(&coarse)
  }

  /// Parts the cells that are too coarse, the larger ones first.
  private mutating func refine(_ coarse: inout [(offset: Int, cell: QuantileCurve.Cell)]) {
    var blocks = 0
    while !coarse.isEmpty {
      var finer: [(offset: Int, cell: QuantileCurve.Cell)] = []
      for (offset, cell) in coarse {
        guard cell.share > Self.leastShare, blocks < Self.mostBlocks, curve.isInRange(cell) else {
          exactShare += cell.share
          continue
        }
        blocks += 1
        coefficients[offset + 1] = Double(coefficients.count)
        var fitter = CubicFitter(curve, cell.tail)
        for part in 0..<Self.fanOut { append(cell.part(part, of: Self.fanOut), &fitter, &finer) }
      }
      coarse = finer
    }
  }

  private mutating func append(
    _ cell: QuantileCurve.Cell, _ fitter: inout CubicFitter, _ coarse: inout [(offset: Int, cell: QuantileCurve.Cell)]
  ) {
    if let piece = fitter.piece(on: cell) {
      coefficients += [piece.c0 * 1e9, piece.c1 * 1e9, piece.c2 * 1e9, piece.c3 * 1e9]
    } else {
      coarse.append((coefficients.count, cell))
      coefficients += [.nan, -1, 0, 0]
    }
  }

  /// The share of the unit interval where cells are too coarse, from one cell in eight.
  private static func misfit(of curve: QuantileCurve, cellBits: Int) -> Double {
    var share = 0.0
    for tail in QuantileCurve.Tail.allCases {
      for index in stride(from: 4, to: octaves << cellBits, by: 8) {
        let cell = cell(index, cellBits, tail)
        var fitter = CubicFitter(curve, tail)
        if fitter.piece(on: cell) == nil { share += 8 * cell.share }
      }
    }
    return share
  }

  private static func cell(_ index: Int, _ cellBits: Int, _ tail: QuantileCurve.Tail) -> QuantileCurve.Cell {
    let shift = UInt64(52 - cellBits)
    let pattern = UInt64((1023 + 53 - octaves) << cellBits + index)
    return QuantileCurve.Cell(
      tail: tail, start: Double(bitPattern: pattern << shift), end: Double(bitPattern: (pattern + 1) << shift))
  }
}
