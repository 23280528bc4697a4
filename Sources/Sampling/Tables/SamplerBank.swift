/// The tables of all distributions of a model, built once and shared by all replications.
public final class SamplerBank: Sendable {
  private let tables: [SamplerTable]
  private let tableOfIndex: [Int]

  /// A hash of every number that a draw can depend on: equal on machines whose draws are equal.
  public let fingerprint: UInt64

  /// Builds the tables; equal distributions share one.
  /// - Complexity: about 1 ms and 64 KB a distribution of closed form, 2 to 15 ms for a gamma distribution, up to 60 ms and
  ///   500 KB for a mixture of several.
  public init(_ distributions: [Distribution]) {
    var tables: [SamplerTable] = []
    var known: [Distribution: Int] = [:]
    tableOfIndex = distributions.map { distribution in
      if let index = known[distribution] { return index }
      known[distribution] = tables.count
      tables.append(SamplerTable(distribution))
      return tables.count - 1
    }
    self.tables = tables
    fingerprint = tableOfIndex.reduce(0) { DrawKey.mix($0 ^ tables[$1].fingerprint) }
  }

  /// The probability that a draw evaluates the quantile itself, since no piece stands for it.
  func exactShare(_ index: Int) -> Double { tables[tableOfIndex[index]].exactShare }

  /// The sampler of the distribution at this index of the initialiser's list.
  public subscript(index: Int) -> Sampler { tables[tableOfIndex[index]].sampler }
}
