/// Rows under column titles, some of them under a title of their own.
public struct Table: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public enum Alignment: Hashable, Sendable { case left, right }
    public let title: String
    public let alignment: Alignment

    public static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    public static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  /// Rows that belong together.
  public struct Group: Hashable, Sendable {
    public let title: String?
    /// Each has as many cells as there are columns.
    public let rows: [[Phrase]]

    public init(_ title: String?, _ rows: [[Phrase]]) {
      self.title = title
      self.rows = rows
    }
  }

  public let columns: [Column]
  public let groups: [Group]

  public init(_ columns: [Column], groups: [Group]) {
    precondition(
      groups.allSatisfy { $0.rows.allSatisfy { $0.count == columns.count } },
      "A row has another number of cells than there are columns.")
    self.columns = columns
    self.groups = groups
  }

  public init(_ columns: [Column], _ rows: [[Phrase]]) {
    self.init(columns, groups: [Group(nil, rows)])
  }

  public var isEmpty: Bool { groups.allSatisfy(\.rows.isEmpty) }
}
