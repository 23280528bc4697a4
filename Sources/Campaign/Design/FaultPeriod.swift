import Model

/// From the start of the first injected fault to the end of the last, warm-up included, cut at the horizon.
public struct FaultPeriod: Hashable, Sendable, Codable {
  public let start: SimulationTime
  public let end: SimulationTime
  /// Nil where there is a single one, as in results that were written before they were kept.
  private let parts: [Span]?

  /// A time without a break in which at least one fault is active.
  public struct Span: Hashable, Sendable, Codable {
    public let start: SimulationTime
    public let end: SimulationTime
  }

  /// The times in which at least one fault is active, in their order; none touches the next.
  public var spans: [Span] { parts ?? [Span(start: start, end: end)] }

  /// A period without a break.
  public init(start: SimulationTime, end: SimulationTime) {
    self.start = start
    self.end = end
    parts = nil
  }

  /// The period of a scenario's faults; nil where it has none that starts before the horizon.
  public init?(of scenario: Scenario?, horizon: SimulationDuration) {
    let occurrences = (scenario?.faults ?? []).flatMap(\.occurrences).filter { $0.start < horizon }
      .sorted { $0.start < $1.start }
    var spans: [Span] = []
    for occurrence in occurrences {
      let start = SimulationTime.zero + occurrence.start
      let end = SimulationTime.zero + min(occurrence.end, horizon)
      if let last = spans.last, start <= last.end {
        spans[spans.count - 1] = Span(start: last.start, end: max(last.end, end))
      } else {
        spans.append(Span(start: start, end: end))
      }
    }
    guard let first = spans.first, let last = spans.last else { return nil }
    start = first.start
    end = last.end
    parts = spans.count > 1 ? spans : nil
  }
}
