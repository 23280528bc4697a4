/// A table as comma-separated values: RFC 4180, in UTF-8, with a header.
public struct CSVTable: Hashable, Sendable {
  public let columns: [String]
  public private(set) var rows: [[String]] = []

  public init(columns: [String]) { self.columns = columns }

  /// - Precondition: as many values as there are columns; an empty one stands for what is not known.
  public mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "\(row.count) values in a row of \(columns.count) columns.")
    rows.append(row)
  }

  /// Lines end in CR LF, the last one too.
  public var text: String {
    var text = ""
    for row in [columns] + rows {
      text += row.map(Self.field).joined(separator: ",")
      text += "\r\n"
    }
    return text
  }

  private static func field(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { byte in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != 10 && byte != 13
    }
    return isPlain
      ? value : "\"\(value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
  }
}
