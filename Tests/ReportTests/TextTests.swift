import Testing

@testable import Report

@Suite struct `Text of a report` {
  private let table = Table(
    [.left("name"), .right("n"), .left("remark")],
    groups: [
      Table.Group("first", [["a", "1", "x"], ["long-name", "1,000", ""]]), Table.Group("second", [["b", "", "y"]]),
      Table.Group("empty", []),
    ])

  @Test func `columns stand one under another and no line ends with a space`() {
    #expect(
      TextRenderer(.plain).text([.title("Title"), .heading("Part", note: "of it"), .table(table)]) == """
        Title

        Part  (of it)
            name           n  remark
          first
            a              1  x
            long-name  1,000
          second
            b                 y

        """)
  }

  @Test func `colour does not move columns`() {
    let rows: [[Phrase]] = [[Phrase("worse", .bad), "1", Phrase("faint", .faint)], ["same", "10", ""]]
    let blocks = [Block.table(Table([.left("verdict"), .right("n"), .left("")], rows))]
    let coloured = TextRenderer(.coloured).text(blocks)
    #expect(coloured.contains("\u{1B}[31mworse\u{1B}[0m"))
    let stripped = coloured.split(separator: "\u{1B}").enumerated().map { place, part in
      place == 0 ? String(part) : String(part.drop { $0 != "m" }.dropFirst())
    }.joined()
    #expect(stripped == TextRenderer(.plain).text(blocks))
  }

  @Test func `a sparkline shows zero, little, much and nothing`() {
    #expect(Sparkline([0, 0.01, 0.5, 1, nil, 2], ceiling: 1).text == "▁▂▅█ █")
    #expect(Sparkline([0, 0], ceiling: 0).text == "▁▁")
  }
}
