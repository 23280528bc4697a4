import Campaign
import Model

extension RunReport {
  /// The most columns that a timeline is drawn with.
  private static var mostColumns: Int { 60 }

  /// The replication over time, a line of bars a series.
  var timelineSection: [Block] {
    guard let timeline = summary.timeline, timeline.binCount > 1 else { return [] }
    let merged = MergedTimeline(timeline, mostColumns: Self.mostColumns)
    let width = merged.columnWidth
    let marks = PeriodMarks(summary.variant, columns: merged.columnCount, width: width)
    var workloads: [[Phrase]] = []
    for workload in summary.workloadsWithoutSessions {
      guard let arrivals = merged.sums(.workload, workload.name, .arrivals) else { continue }
      let success = merged.sums(.workload, workload.name, .success) ?? arrivals
      let failed = merged.sums(.workload, workload.name, .failed) ?? arrivals
      let degraded = merged.sums(.workload, workload.name, .degraded) ?? arrivals
      let ended = success.indices.map { success[$0] + failed[$0] + degraded[$0] }
      func share(_ counts: [Double]) -> [Double?] { zip(counts, ended).map { $1 == 0 ? nil : $0 / $1 } }
      let rates = merged.seconds.indices.map { arrivals[$0] / merged.seconds[$0] }
      workloads.append(row(workload.name, "requests/s", rates, .count))
      if degraded.contains(where: { $0 > 0 }) {
        workloads.append(row(workload.name, "degraded", share(degraded), .fraction))
      }
      if failed.contains(where: { $0 > 0 }) { workloads.append(row(workload.name, "failed", share(failed), .fraction)) }
    }
    var services: [[Phrase]] = []
    for service in summary.services {
      if let busy = merged.means(.service, service.name, .busy) {
        services.append(row(service.name, "threads in use", busy, .count))
      }
      if let queue = merged.means(.service, service.name, .queue), queue.contains(where: { $0 > 0 }) {
        services.append(row(service.name, "waiting", queue, .count))
      }
      if let full = merged.means(.service, service.name, .full), full.contains(where: { $0 > 0 }) {
        services.append(row(service.name, "pools full", full, .fraction))
      }
      if let up = merged.means(.service, service.name, .up), up.contains(where: { $0 < 1 }) {
        services.append(row(service.name, "up", up, .fraction))
      }
      if let replicas = merged.means(.service, service.name, .replicas) {
        services.append(row(service.name, "replicas", replicas, .count))
      }
    }
    let breakers = timeline.series.filter { $0.kind == .breaker }.compactMap { series -> [Phrase]? in
      guard let open = merged.means(.breaker, series.name, .open), open.contains(where: { $0 > 0 }) else { return nil }
      return row(series.name, "breaker open", open, .fraction)
    }
    let sessions = sessionRows(of: merged)
    let cdns = cdnRows(of: merged)
    let legend = marks.isEmpty ? [] : [Table.Group(nil, [["", Phrase(marks.legend, .faint), Phrase(marks.text), ""]])]
    return [
      .heading("Timeline", note: "\(width.text) a column, from 0, the warm-up included"),
      .table(
        Table(
          [.left(""), .left(""), .left(""), .left("from least to most")],
          groups: [
            Table.Group("sessions", sessions), Table.Group("CDNs", cdns), Table.Group("workloads", workloads),
            Table.Group("services", services), Table.Group("breakers", breakers),
          ] + legend)),
    ]
  }

  private func sessionRows(of merged: MergedTimeline) -> [[Phrase]] {
    let name = Metric.allSessions
    guard let concurrent = merged.means(.sessions, name, .concurrent),
      let stalled = merged.means(.sessions, name, .stalled),
      let starts = merged.sums(.sessions, name, .starts)
    else { return [] }
    var rows = [
      row(name, "under way", concurrent, .count),
      row(name, "starts/s", zip(starts, merged.seconds).map { $0 / $1 }, .count),
    ]
    if stalled.contains(where: { $0 > 0 }) { rows.append(row(name, "in a stall", stalled, .count)) }
    return rows
  }

  private func cdnRows(of merged: MergedTimeline) -> [[Phrase]] {
    (summary.streaming?.cdns ?? []).compactMap { cdn in
      merged.means(.cdn, cdn.name, .egress).map { row(cdn.name, "egress", $0, .bitRate) }
    }
  }

  private func row(_ name: String, _ measure: String, _ values: [Double?], _ kind: NumberText.Kind) -> [Phrase] {
    let known = values.compactMap { $0 }
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    // Shares are drawn on their whole scale, so that a few failures look like few.
    let bars = Sparkline(values, ceiling: kind == .fraction ? 1 : high)
    return [
      Phrase(name), Phrase(measure), Phrase(bars.text),
      Phrase("\(NumberText.text(low, kind)) to \(NumberText.text(high, kind))", .faint),
    ]
  }
}

/// A timeline with neighbouring bins put together.
private struct MergedTimeline {
  private let timeline: MeanTimeline
  private let factor: Int
  let columnCount: Int
  /// The length of each column; the last one counts as whole.
  let columnWidth: SimulationDuration

  init(_ timeline: MeanTimeline, mostColumns: Int) {
    self.timeline = timeline
    factor = (timeline.binCount + mostColumns - 1) / mostColumns
    columnCount = (timeline.binCount + factor - 1) / factor
    columnWidth = SimulationDuration(nanoseconds: timeline.binWidth.nanoseconds * Int64(factor))
  }

  /// Seconds of each column.
  var seconds: [Double] {
    (0..<columnCount).map { Double(bins(of: $0).count) * timeline.binWidth.seconds }
  }

  func sums(_ kind: MeanTimeline.Kind, _ name: String, _ measure: MeanTimeline.Measure) -> [Double]? {
    guard let values = timeline.values(kind, name, measure) else { return nil }
    return (0..<columnCount).map { values[bins(of: $0)].reduce(0, +) }
  }

  func means(_ kind: MeanTimeline.Kind, _ name: String, _ measure: MeanTimeline.Measure) -> [Double]? {
    guard let sums = sums(kind, name, measure) else { return nil }
    return sums.indices.map { sums[$0] / Double(bins(of: $0).count) }
  }

  private func bins(of column: Int) -> Range<Int> {
    column * factor..<min((column + 1) * factor, timeline.binCount)
  }
}

/// A line that tells which columns are warm-up and which have faults.
private struct PeriodMarks {
  let text: String
  let legend = "w warm-up, f faults"

  init(_ variant: CampaignOutline.Variant, columns: Int, width: SimulationDuration) {
    text = String(
      (0..<columns).map { column -> Character in
        let start = SimulationTime(nanoseconds: Int64(column) * width.nanoseconds)
        let end = start + width
        if variant.faults?.spans.contains(where: { start < $0.end && $0.start < end }) ?? false { return "f" }
        return start < SimulationTime.zero + variant.time.warmup ? "w" : "."
      })
  }

  var isEmpty: Bool { text.allSatisfy { $0 == "." } }
}
