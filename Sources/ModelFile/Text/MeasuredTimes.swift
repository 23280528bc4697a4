/// The column of a CSV file of measured times, for `empirical(latency.csv column=ms unit=ms)`.
extension Decoding {
  /// The times in seconds.
  /// - Parameters:
  ///   - file: a path relative to the file that names it.
  ///   - column: a name in the first line; the first column where there is none.
  ///   - unit: of the numbers; seconds where there is none.
  func measuredTimes(in file: Phrase, column: Phrase?, unit: Phrase?) -> [Double]? {
    let unitText = unit?.text ?? "s"
    guard let size = TimeUnit(rawValue: unitText) else {
      report(
        unitText == "m" ? .ambiguousUnit : .wrongUnit, at: (unit ?? file).location,
        "`\(unitText)` is not a unit of a duration",
        suggestion: "expected \(alternatives(TimeUnit.allCases.map(\.rawValue)))")
      return nil
    }
    let source: SourceFile
    do {
      source = try reader.read(relativePath(file.text, from: file.location.file.path), mentionedAt: file.location)
    } catch {
      for problem in error.diagnostics { report(problem.id, at: problem.location ?? file.location, problem.message) }
      return nil
    }
    sources.append(source)
    var rows = source.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(trimmed) }
    rows.removeAll { $0.allSatisfy(\.isEmpty) }
    var index = 0
    if let column {
      guard let position = rows.first?.firstIndex(of: column.text) else {
        report(
          .badParameter, at: column.location, "`\(file.text)` has no column `\(column.text)`",
          suggestion: suggestion(for: column.text, among: rows.first ?? []))
        return nil
      }
      index = position
      rows.removeFirst()
    } else if let head = rows.first?.first, Double(head) == nil {
      rows.removeFirst()
    }
    var values: [Double] = []
    for row in rows {
      guard row.indices.contains(index), let value = Double(row[index]), value >= 0, value.isFinite else {
        let text = row.indices.contains(index) ? row[index] : ""
        report(
          .badParameter, at: file.location,
          "`\(file.text)` has `\(text)` in row \(values.count + 1), which is not a time")
        return nil
      }
      values.append(size.seconds(value))
    }
    guard !values.isEmpty else {
      report(.badParameter, at: file.location, "`\(file.text)` has no times in it")
      return nil
    }
    return values
  }
}

private func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  let inner = scalars.drop { $0.properties.isWhitespace }.reversed().drop { $0.properties.isWhitespace }.reversed()
  return String(String.UnicodeScalarView(inner))
}

/// A path that a file names, relative to that file.
func relativePath(_ path: String, from file: String) -> String {
  guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
  var parts = file[..<slash].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  for part in path.split(separator: "/") {
    switch part {
    case ".": continue
    case ".." where !parts.isEmpty && parts.last != ".." && parts.last != "." && parts.last != "":
      parts.removeLast()
    default: parts.append(String(part))
    }
  }
  return parts.joined(separator: "/")
}
