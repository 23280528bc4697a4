/// The column of a CSV file of measured times or bit rates, for `empirical(latency.csv column=ms unit=ms)`.
extension Decoding {
  /// The times in seconds, or the bit rates in bits per second.
  /// - Parameters:
  ///   - file: a path relative to the file that names it.
  ///   - column: a name in the first line; the first column where there is none.
  ///   - unit: of the numbers; `s` or `bps` where there is none.
  func measurements(in file: Phrase, column: Phrase?, unit: Phrase?, of measure: Measure) -> [Double]? {
    guard let scale = scale(of: unit, in: file, measure) else { return nil }
    let source: SourceFile
    do {
      source = try reader.read(relativePath(file.text, from: file.location.file.path), mentionedAt: file.location)
    } catch {
      for problem in error.diagnostics { report(problem.id, at: problem.location ?? file.location, problem.message) }
      return nil
    }
    sources.append(source)
    func reportRow(_ line: Int, _ message: String) {
      report(
        .badParameter,
        at: SourceLocation(file: source, line: line, column: 1, length: source.line(line).count), message)
    }
    var rows: ArraySlice<CSVTable.Row>
    do throws(CSVTable.Failure) {
      rows = try CSVTable(source.lines).rows[...]
    } catch {
      reportRow(error.line, error.reason)
      return nil
    }
    var index = 0
    // What begins with a number is a time, or a time that is written wrongly.
    if let head = rows.first, column != nil || head.fields.first.map(Quantity.lengthOfNumber) == 0 {
      let names = head.fields.filter { !$0.isEmpty }
      if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
        reportRow(head.line, "two columns have the name `\(twice)`")
        return nil
      }
      rows.removeFirst()
      if let column {
        guard let position = head.fields.firstIndex(of: column.text) else {
          report(
            .badParameter, at: column.location, "`\(file.text)` has no column `\(column.text)`",
            suggestion: suggestion(for: column.text, among: names))
          return nil
        }
        index = position
      }
    }
    var values: [Double] = []
    for row in rows {
      let text = row.fields[index]
      guard Quantity.lengthOfNumber(text) == text.count, let value = Double(text), value >= 0 else {
        reportRow(row.line, "`\(text)` is not a \(scale.what)")
        return nil
      }
      guard value <= scale.limit else {
        reportRow(row.line, "`\(text)\(scale.unit)` is \(scale.aboveLimit)")
        return nil
      }
      values.append(scale.convert(value))
    }
    guard !values.isEmpty else {
      report(.badParameter, at: file.location, "`\(file.text)` has no \(scale.what)s in it")
      return nil
    }
    return values
  }

  /// What a number of a column is.
  private struct Scale {
    let what: String
    let unit: String
    let limit: Double
    let aboveLimit: String
    /// The number in seconds or in bits per second.
    let convert: (Double) -> Double
  }

  private func scale(of unit: Phrase?, in file: Phrase, _ measure: Measure) -> Scale? {
    let names: [String]
    let what: String
    switch measure {
    case .duration:
      let text = unit?.text ?? "s"
      if let size = TimeUnit(rawValue: text) {
        return Scale(
          what: "time", unit: text, limit: (0x1p62 / size.nanoseconds(1)).nextDown,
          aboveLimit: "longer than the 146 years a clock can show", convert: size.seconds)
      }
      (names, what) = (TimeUnit.allCases.map(\.rawValue), "a duration")
    case .bitrate:
      let text = unit?.text ?? "bps"
      if let size = UnitFamily.bitrate.size(of: text) {
        return Scale(
          what: "bit rate", unit: text, limit: UnitFamily.bitrate.limit / size,
          aboveLimit: "more than \(UnitFamily.bitrate.limitText)", convert: { $0 * size })
      }
      (names, what) = (UnitFamily.bitrate.names, "a bit rate")
    }
    let text = unit?.text ?? ""
    report(
      text == "m" ? .ambiguousUnit : .wrongUnit, at: (unit ?? file).location, "`\(text)` is not a unit of \(what)",
      suggestion: "expected \(alternatives(names))")
    return nil
  }
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
