import Campaign
import Model

extension RunReport {
  /// What those who ask got, once each, retries included.
  var workloadsSection: [Block] {
    let workloads = summary.workloadsWithoutSessions
    guard !workloads.isEmpty else { return [] }
    return [
      .heading("Workloads", note: "what was asked for, once each, as the asker saw it; \(CampaignReport.latencies)"),
      .table(
        Table(
          [.left("workload")] + TallyRow.columns(arrivals: "requests"),
          workloads.compactMap { workload in
            workload.windows.first.map { [Phrase(workload.name)] + TallyRow($0).cells }
          })),
    ]
  }

  /// The same by the time in which the request arrived.
  var windowsSection: [Block] {
    let workloads = summary.workloadsWithoutSessions
    let groups = otherWindows.map { place, window in
      Table.Group(
        window.description, workloads.map { [Phrase($0.name)] + TallyRow($0.windows[place]).cells })
    }
    guard !groups.isEmpty, !workloads.isEmpty else { return [] }
    return [
      .heading("Windows", note: "by when the request arrived"),
      .table(Table([.left("workload")] + TallyRow.columns(arrivals: "requests"), groups: groups)),
    ]
  }

  /// What the servers saw: attempts.
  var endpointsSection: [Block] {
    [
      .heading("Endpoints", note: "attempts, as the server saw them"),
      .table(
        Table(
          [.left("endpoint")] + TallyRow.columns(arrivals: "attempts"),
          summary.endpoints.map { [Phrase($0.name)] + TallyRow($0.tally).cells })),
    ]
  }

  var failuresSection: [Block] {
    let rows = summary.workloadsWithoutCohorts.flatMap { workload -> [[Phrase]] in
      guard let tally = workload.windows.first else { return [] }
      return FailureRows(tally, most: nil).rows.map { [Phrase(workload.name)] + $0 }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .heading("Failures", note: "by reason and where it arose"),
      .table(Table([.left("workload")] + FailureRows.columns, rows)),
    ]
  }

  var servicesSection: [Block] {
    let window = outline.index(of: Window(.duringFaults)) ?? 0
    return [
      .heading("Services", note: "full: all threads of a replica in use, \(outline.windows[window])"),
      PoolRow.legend,
      .table(
        Table(
          [.left("service")] + PoolRow.columns,
          summary.services.map { [Phrase($0.name)] + PoolRow($0, window: window).cells })),
    ]
  }
}

/// One tally of one replication as a row.
private struct TallyRow {
  static func columns(arrivals: String) -> [Table.Column] {
    [
      .right(arrivals), .right("success"), .right("degraded"), .right("failed"), .right("in flight"),
      .right("availability"), .right("full fidelity"), .right("p50"), .right("p99"), .right("max"),
    ]
  }
  let cells: [Phrase]

  init(_ tally: TallySummary) {
    let totals = tally.totals
    func count(_ value: Int, _ tone: Tone = .plain) -> Phrase {
      Phrase(NumberText.text(Double(value), .count), value == 0 ? .plain : tone)
    }
    func time(_ quantile: LatencyQuantile) -> Phrase {
      Phrase(NumberText.value(tally.latency[quantile]?.estimate, .time))
    }
    cells = [
      count(totals.arrivals), count(totals.success), count(totals.degraded, .doubtful), count(totals.failed, .bad),
      count(totals.inFlight), Phrase(NumberText.value(tally.availability, .fraction)),
      Phrase(NumberText.value(tally.fullFidelity, .fraction)), time(.p50), time(.p99),
      Phrase(tally.latency.max.map { NumberText.text($0, .time) } ?? "-"),
    ]
  }
}
