import Model

/// The column of a CSV file of recorded arrivals, for `replay(arrivals.csv column=t unit=s)`.
extension Decoding {
  /// The instants to the nearest nanosecond, one a row: since the start of the replication, in order.
  ///
  /// Parameters and what is refused are those of measured times; so is the size of the file.
  func recordedArrivals(in file: Phrase, column: Phrase?, unit: Phrase?) -> [SimulationTime]? {
    guard let seconds = measurements(in: file, column: column, unit: unit, of: .duration(usual: "s")) else {
      return nil
    }
    if let late = seconds.indices.dropFirst().first(where: { seconds[$0] < seconds[$0 - 1] }) {
      reportDisorder(at: late, of: seconds.count, in: file)
      return nil
    }
    return seconds.map { SimulationTime(nanoseconds: Int64(($0 * 1e9).rounded())) }
  }

  /// Reports that an arrival lies before the one above it.
  /// - Parameters:
  ///   - count: how many arrivals there are, each in a row; what comes before them is the header.
  private func reportDisorder(at index: Int, of count: Int, in file: Phrase) {
    guard let source = sources.last, let rows = try? CSVTable(source.lines).rows.suffix(count) else {
      preconditionFailure("`\(file.text)` has just been read")
    }
    let row = rows[rows.startIndex + index]
    let before = rows[rows.startIndex + index - 1]
    report(
      .badParameter,
      at: SourceLocation(file: source, line: row.line, column: 1, length: source.line(row.line).count),
      "this arrival comes before the one of line \(before.line), and they have to be in order")
  }
}
