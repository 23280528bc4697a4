import Report
import ResultStore

extension Rows {
  /// As comma-separated values with a header.
  var csv: String {
    var table = CSVTable(columns: columns)
    for row in values { table.append(row) }
    return table.text
  }
}
