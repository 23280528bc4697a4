import Statistics
import Testing

@Suite struct `MSER-5` {
  @Test func `cuts a start that differs from the rest`() throws {
    // 30 observations near 10, then noise around 0: the batch that starts at 30 is the first clean one.
    let series = Draws.sample(400, 0) { $0.normal() }.enumerated().map { $0 < 30 ? 10 + $1 : $1 }
    let rule = try #require(MSER5(series))
    #expect(rule.truncation == 30 && !rule.isRunTooShort)
  }

  @Test func `minimises White, Cobb and Spratt's statistic`() throws {
    let series = Draws.sample(203, 9) { $0.normal() }.enumerated().map { $1 + 3 / (1 + Double($0) / 10) }
    let batches = stride(from: 0, to: 200, by: 5).map { series[$0..<$0 + 5].reduce(0, +) / 5 }
    let scores = (0...35).map { start in
      let rest = batches[start...]
      let mean = rest.reduce(0, +) / Double(rest.count)
      return rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rest.count * rest.count)
    }
    let best = try #require(scores.indices.min { scores[$0] < scores[$1] })
    #expect(try #require(MSER5(series)).truncation == 5 * best)
  }

  @Test func `leaves a constant alone`() throws {
    let rule = try #require(MSER5(Array(repeating: 2, count: 100)))
    #expect(rule.truncation == 0 && !rule.isRunTooShort)
  }

  @Test func `warns of a run that never settles`() throws {
    let rule = try #require(MSER5((0..<300).map { Double($0 * $0) }))
    #expect(rule.isRunTooShort)
  }

  @Test func `has nothing to say about fewer than fifty observations`() {
    #expect(MSER5(Array(repeating: 1, count: 49)) == nil)
    #expect(MSER5(Array(repeating: 1, count: 50)) != nil)
  }
}
