import ModelFile
import Testing

@Suite struct `What is too many` {
  private func complaints(ladder: Int, cdns: Int) -> [String] {
    let renditions = (1...ladder).map { "\($0)Mbps" }.joined(separator: ", ")
    let tiers = (1...cdns).map { "c\($0): {edge: {sites: 1, cache: {size: 1GB}, latency: 1ms}, origin: origin.get}" }
    do {
      _ = try ModelFile.decode(
        text: """
          model: many
          time: {horizon: 1min}
          catalog: {titles: 1, popularity: zipf(0), duration: 1min, ladder: [\(renditions)]}
          players: {one: {like: basic, bandwidth: 1Mbps}}
          sessions: {arrivals: poisson(1/s)}
          cdns:
            \(tiers.joined(separator: "\n  "))
          services: {origin: {pool: {threads: 1}, endpoints: {get: [work: 1ms]}}}
          """)
      return []
    } catch {
      return error.diagnostics.map(\.message)
    }
  }

  /// A start of as many steps, the last of which does as many things at once.
  private func said(steps: Int, together: Int) -> [Diagnostic] {
    let calls = Array(repeating: "play", count: steps - 2).joined(separator: ", ")
    let atOnce = Array(repeating: "licence", count: together - 1).joined(separator: ", ")
    let start = "start: [\(calls), manifest, together: [\(atOnce), segment]]"
    do {
      _ = try ModelFile.decode(
        text: Base.stream.text.replacingFirst(
          "start: [play, manifest, together: [licence, segment]]", with: start))
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// A session counts both in a byte.
  @Test func `is refused in a start, at the first that is one too many`() {
    #expect(said(steps: 100, together: 100).isEmpty)
    let steps = said(steps: 101, together: 2)
    #expect(steps.map(\.id) == [.outOfRange])
    #expect(steps.map(\.message) == ["a start has at most 100 steps, and this is one more"])
    let actions = said(steps: 3, together: 101)
    #expect(actions.map(\.id) == [.outOfRange])
    #expect(actions.map(\.message) == ["a start does at most 100 things at once, and this is one more"])
    // The hundred names before it, with what separates them.
    let column = "    start: [play, manifest, together: [".count - 1 + 100 * "licence, ".count
    #expect(actions.first?.location?.column == column)
  }

  @Test func `is refused with what is possible`() {
    #expect(complaints(ladder: 60, cdns: 8).isEmpty)
    #expect(complaints(ladder: 61, cdns: 8) == ["a ladder has at most 60 renditions here"])
    #expect(complaints(ladder: 60, cdns: 9) == ["at most 8 CDNs are simulated"])
  }
}
