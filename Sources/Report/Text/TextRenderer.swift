/// Turns a report into text for a terminal, a file or a mail.
public struct TextRenderer: Sendable {
  public let style: TextStyle

  public init(_ style: TextStyle) { self.style = style }

  /// Lines end with a line feed, the last one too; none ends with a space.
  public func text(_ blocks: [Block]) -> String {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .title(let text): lines.append(style.emphasise(text))
      case .heading(let text, let note):
        lines.append("")
        let remark = note.map { "  " + style.apply(.faint, to: "(\($0))") } ?? ""
        lines.append(style.emphasise(text) + remark)
      case .paragraph(let phrase): lines.append(paint(phrase))
      case .list(let items): lines += items.map { "  " + paint($0) }
      case .table(let table): lines += TableText(table, style: style).lines
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func paint(_ phrase: Phrase) -> String { style.apply(phrase.tone, to: phrase.text) }
}

/// A table as lines whose columns stand one under another.
private struct TableText {
  private static let gap = "  "
  private let style: TextStyle
  private let table: Table
  private let widths: [Int]

  init(_ table: Table, style: TextStyle) {
    self.table = table
    self.style = style
    let rows = table.groups.flatMap(\.rows)
    widths = table.columns.indices.map { place in
      rows.reduce(table.columns[place].title.count) { max($0, $1[place].text.count) }
    }
  }

  var lines: [String] {
    var lines: [String] = []
    let isGrouped = table.groups.contains { $0.title != nil }
    let indent = isGrouped ? "  " : ""
    if table.columns.contains(where: { !$0.title.isEmpty }) {
      lines.append(indent + line(table.columns.map { Phrase($0.title, .faint) }))
    }
    for group in table.groups where !group.rows.isEmpty {
      if let title = group.title { lines.append("  \(title)") }
      lines += group.rows.map { indent + line($0) }
    }
    return lines
  }

  private func line(_ cells: [Phrase]) -> String {
    var text = " "
    var pending = " "
    for (place, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[place] - cell.text.count)
      let painted = style.apply(cell.tone, to: cell.text)
      // Padding is held back until something follows it, so that no line ends with spaces.
      switch table.columns[place].alignment {
      case .left:
        if !cell.text.isEmpty { text += pending + painted }
        pending = (cell.text.isEmpty ? pending : "") + padding + Self.gap
      case .right:
        if !cell.text.isEmpty { text += pending + padding + painted }
        pending = cell.text.isEmpty ? pending + padding + Self.gap : Self.gap
      }
    }
    return text
  }
}
