/// The rows of a CSV file by RFC 4180; blanks around a field don't belong to it, and empty lines are no rows.
struct CSVTable {
  struct Row: Equatable {
    /// Where the row begins, from 1.
    let line: Int
    let fields: [String]
  }

  /// Why a text is no CSV, and in which line.
  struct Failure: Error, Equatable {
    let line: Int
    let reason: String
  }

  /// All have as many fields as the first.
  let rows: [Row]

  init(_ lines: [[Unicode.Scalar]]) throws(Failure) {
    var rows: [Row] = []
    var index = 0
    while index < lines.count {
      let line = index + 1
      let fields = try Self.fields(of: lines, from: &index)
      if fields.isEmpty { continue }
      if let first = rows.first, first.fields.count != fields.count {
        throw Failure(
          line: line,
          reason: "this row has \(counted(fields.count)), but the first row, in line \(first.line), "
            + "has \(counted(first.fields.count))")
      }
      rows.append(Row(line: line, fields: fields))
    }
    self.rows = rows
  }

  /// The fields of the row that begins in the line `index`, which becomes the line behind it; none for an empty line.
  private static func fields(of lines: [[Unicode.Scalar]], from index: inout Int) throws(Failure) -> [String] {
    var rest = lines[index][...].drop(while: \.isBlank)
    if rest.isEmpty {
      index += 1
      return []
    }
    var fields: [String] = []
    while true {
      rest = rest.drop(while: \.isBlank)
      if rest.first == "\"" {
        fields.append(try quotedField(of: lines, line: &index, rest: &rest))
      } else {
        let field = rest.prefix { $0 != "," }
        if field.contains("\"") {
          throw Failure(line: index + 1, reason: "a field with a quotation mark has to be quoted as a whole")
        }
        let length = field.lastIndex { !$0.isBlank }.map { $0 + 1 - field.startIndex } ?? 0
        fields.append(text(field.prefix(length)))
        rest = rest.dropFirst(field.count)
      }
      guard rest.first == "," else { break }
      rest = rest.dropFirst()
    }
    index += 1
    return fields
  }

  /// The field whose opening mark `rest` begins with; `rest` becomes what follows it.
  private static func quotedField(
    of lines: [[Unicode.Scalar]], line: inout Int, rest: inout ArraySlice<Unicode.Scalar>
  ) throws(Failure) -> String {
    let opening = line + 1
    var field: [Unicode.Scalar] = []
    rest = rest.dropFirst()
    while true {
      field += rest.prefix { $0 != "\"" }
      rest = rest.drop { $0 != "\"" }
      if rest.isEmpty {
        guard line + 1 < lines.count else { throw Failure(line: opening, reason: "a quoted field has no end") }
        line += 1
        rest = lines[line][...]
        field.append("\n")
      } else if rest.dropFirst().first == "\"" {
        field.append("\"")
        rest = rest.dropFirst(2)
      } else {
        rest = rest.dropFirst().drop(while: \.isBlank)
        guard rest.isEmpty || rest.first == "," else {
          throw Failure(line: line + 1, reason: "a quoted field goes on behind its closing mark")
        }
        return text(field[...])
      }
    }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}

private func counted(_ fields: Int) -> String { fields == 1 ? "1 field" : "\(fields) fields" }

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { properties.isWhitespace }
}
