import Campaign
import Model

extension RunReport {
  /// What viewers saw: all of them, then by cohort, region and CDN.
  var sessionsSection: [Block] {
    guard let streaming = summary.streaming else { return [] }
    let groups = SessionGroupKind.allCases.map { kind in
      Table.Group(kind.title, rows(of: streaming.groups.filter { $0.kind == kind }, window: 0))
    }
    return [
      .heading("Sessions", note: "starts by when play was pressed, the rest by when it happened"), SessionRow.legend,
      .table(Table([.left("sessions")] + SessionRow.columns, groups: groups)),
    ]
  }

  /// The same by window.
  var sessionWindowsSection: [Block] {
    guard let streaming = summary.streaming, !sessionWindows.isEmpty else { return [] }
    let groups = sessionWindows.map { place, window in
      Table.Group(window.description, rows(of: streaming.groups, window: place))
    }
    return [
      .heading("Windows of sessions", note: "starts by when play was pressed, the rest by when it happened"),
      .table(Table([.left("sessions")] + SessionRow.columns, groups: groups)),
    ]
  }

  /// What the CDNs delivered.
  var cdnsSection: [Block] {
    guard let streaming = summary.streaming else { return [] }
    return [
      .heading("CDNs", note: "requests of players, and what came of them"), CDNRow.legend,
      .table(Table([.left("CDN")] + CDNRow.columns, rows(of: streaming.cdns, window: 0))),
    ]
  }

  /// The same by window.
  var cdnWindowsSection: [Block] {
    guard let streaming = summary.streaming, !sessionWindows.isEmpty else { return [] }
    let groups = sessionWindows.map { place, window in
      Table.Group(window.description, rows(of: streaming.cdns, window: place))
    }
    return [
      .heading("Windows of CDNs", note: "by when things happened"),
      .table(Table([.left("CDN")] + CDNRow.columns, groups: groups)),
    ]
  }

  /// The windows that sessions and CDNs are told in: a fault's scope picks requests, not what sessions do later.
  private var sessionWindows: [(place: Int, window: Window)] { otherWindows.filter { $0.window.among == .everyone } }

  private func rows(of groups: [StreamingSummary.Group], window: Int) -> [[Phrase]] {
    groups.filter { $0.windows.indices.contains(window) }.map { group in
      [Phrase(group.name)] + SessionRow(group, window: window).cells
    }
  }

  private func rows(of cdns: [StreamingSummary.CDN], window: Int) -> [[Phrase]] {
    cdns.filter { $0.windows.indices.contains(window) }.map { cdn in
      [Phrase(cdn.name)] + CDNRow(cdn.windows[window], currency: cdn.currency).cells
    }
  }
}
