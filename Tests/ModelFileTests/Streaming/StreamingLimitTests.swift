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

  @Test func `is refused with what is possible`() {
    #expect(complaints(ladder: 60, cdns: 8).isEmpty)
    #expect(complaints(ladder: 61, cdns: 8) == ["a ladder has at most 60 renditions here"])
    #expect(complaints(ladder: 60, cdns: 9) == ["at most 8 CDNs are simulated"])
  }
}
