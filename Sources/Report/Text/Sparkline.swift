/// A series as one line of bars.
public struct Sparkline: Hashable, Sendable {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  public let text: String

  /// - Parameters:
  ///   - values: a gap where nil.
  ///   - ceiling: the value of the tallest bar; the shortest is 0.
  public init(_ values: [Double?], ceiling: Double) {
    text = String(
      values.map { value -> Character in
        guard let value else { return " " }
        guard ceiling > 0, value > 0 else { return Self.bars[0] }
        // Anything above 0 is taller than nothing.
        let step = (min(1, value / ceiling) * Double(Self.bars.count - 1)).rounded(.up)
        return Self.bars[Int(step)]
      })
  }
}
