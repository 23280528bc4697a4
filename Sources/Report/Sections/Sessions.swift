import Campaign
import Model

/// A group of sessions in a window as a row.
struct SessionRow {
  static let columns: [Table.Column] = [
    .right("attempts"), .right("starts"), .right("lost"), .right("failed"), .right("exits"), .right("startup p50"),
    .right("p95"), .right("p99"), .right("rebuffering"), .right("stalls"), .right("bit rate"), .right("broke off"),
  ]
  /// What the columns are.
  static let legend = Block.list([
    Phrase(
      "lost: failed starts and exits before the first picture, of starts that ended; rebuffering: stalled, of played and "
        + "stalled time; stalls: of the same time; broke off: playback failures, of plays", .faint),
    Phrase("of a CDN: starts by the one that was named first, the rest by the one in use", .faint),
  ])
  let cells: [Phrase]

  init(_ group: StreamingSummary.Group, window: Int) {
    let sessions = group.windows[window]
    let startup = group.startups[window]
    func count(_ count: SessionCount) -> Phrase { Phrase(NumberText.value(sessions.count(count), .count)) }
    func time(_ quantile: LatencyQuantile) -> Phrase { Phrase(NumberText.value(startup[quantile]?.estimate, .time)) }
    func metric(_ quantity: Metric.Quantity, _ tone: Tone = .plain) -> Phrase {
      let estimate = sessions[quantity]
      return Phrase(NumberText.value(estimate, quantity.kind), (estimate?.value ?? 0) > 0 ? tone : .plain)
    }
    cells = [
      count(.attempts), count(.starts), metric(.startsLost, .bad), metric(.startFailures, .bad),
      metric(.exitsBeforeStart, .bad), time(.p50), time(.p95), time(.p99), metric(.rebufferingRatio, .doubtful),
      metric(.stallsPerHour), metric(.bitrate), metric(.playbackFailures, .bad),
    ]
  }
}

extension SessionGroupKind {
  /// Above the rows of this kind.
  var title: String {
    switch self {
    case .all: "all"
    case .cohort: "by cohort"
    case .region: "by region"
    case .cdn: "by CDN"
    }
  }
}

extension VariantSummary {
  /// Those that are not told as sessions.
  var workloadsWithoutSessions: [WorkloadSummary] {
    let told = streaming?.toldAsWorkloads ?? []
    return workloads.filter { !told.contains($0.name) }
  }

  /// Those that have no part in another.
  var workloadsWithoutCohorts: [WorkloadSummary] {
    let told = (streaming?.toldAsWorkloads ?? []).subtracting([Metric.allSessions])
    return workloads.filter { !told.contains($0.name) }
  }

  /// `starts lost: 12 of 4,000 (0.3%)`, what the sessions of the whole run come to.
  var startsLine: Phrase? {
    guard let run = streaming?.all?.windows.first else { return nil }
    let starting = run.total(.starting)
    let ended = run.total(.attempts) - starting
    let lost = run.total(.startFailures) + run.total(.exitsBeforeStart)
    func text(_ count: Double) -> String { NumberText.text(count, .count) }
    let interval = NumberText.interval(run[.startsLost], .fraction)
    let rest = starting > 0 ? ", \(text(starting)) still starting at the horizon" : ""
    return Phrase(
      "starts lost: \(text(lost)) of \(text(ended)) expected, \(NumberText.value(run[.startsLost], .fraction))"
        + (interval.isEmpty ? "" : " (\(interval))") + rest,
      lost > 0 ? .bad : .good)
  }
}

extension CampaignReport {
  /// What viewers saw in each variant; groups that are all sessions are not told again.
  var sessionsSection: [Block] {
    guard let window = outline.index(of: focus), let first = summaries.compactMap(\.streaming).first else { return [] }
    let kinds = SessionGroupKind.allCases.filter { kind in first.groups.count { $0.kind == kind } > 1 }
    let shown = first.groups.filter { $0.kind == .all || kinds.contains($0.kind) }
    let groups = shown.map { group in
      Table.Group(
        group.kind == .all ? group.name : "\(group.kind.title) \(group.name)",
        summaries.compactMap { summary -> [Phrase]? in
          guard let own = summary.streaming?.groups.first(where: { $0.kind == group.kind && $0.name == group.name }),
            own.windows.indices.contains(window)
          else { return nil }
          return [Phrase(summary.name)] + SessionRow(own, window: window).cells
        })
    }
    return [
      .heading("Sessions \(focus)", note: "mean over replications"), SessionRow.legend,
      .table(Table([.left("variant")] + SessionRow.columns, groups: groups)),
    ]
  }
}
