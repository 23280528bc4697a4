/// A table for other programs: plain names and full numbers, empty where something is not known.
public struct Rows: Hashable, Sendable {
  public let columns: [String]
  /// Each with as many values as there are columns.
  public private(set) var values: [[String]] = []

  init(columns: [String]) { self.columns = columns }

  mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "A row has another number of values than there are columns.")
    values.append(row)
  }

  /// All digits; empty where it is not known or not finite.
  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return "\(value)"
  }
}
