import Campaign
import Model

extension RunReport {
  /// One row a workload and window, endpoint or service, group of sessions or CDN and window, and measure; times in
  /// seconds, fractions as fractions, rates per second or hour as their names say.
  public var rows: Rows {
    var rows = Rows(columns: ["kind", "name", "window", "measure", "value"])
    for workload in summary.workloads {
      for (window, tally) in zip(outline.windows, workload.windows) {
        append(tally, kind: "workload", name: workload.name, window: window, to: &rows)
      }
    }
    for endpoint in summary.endpoints {
      append(endpoint.tally, kind: "endpoint", name: endpoint.name, window: .run, to: &rows)
    }
    for service in summary.services {
      let measures: [(String, Double?)] = [
        ("utilisation", service.utilisation?.value), ("wait_mean", service.wait.mean?.value),
        ("queue_mean", service.queueMean.value), ("queue_max", Double(service.queueMax)),
        ("in_service_mean", service.inServiceMean.value), ("idle", service.idle.value), ("up", service.up.value),
      ]
      for (measure, value) in measures + (service.replicas.map { [("replicas", $0.value)] } ?? []) {
        rows.append(["service", service.name, Window.run.description, measure, Rows.number(value)])
      }
      for (window, full) in zip(outline.windows, service.fullSeconds) {
        rows.append(["service", service.name, window.description, "pool_full", Rows.number(full.value)])
      }
    }
    for group in summary.streaming?.groups ?? [] {
      let kind = group.kind == .all ? "sessions" : "sessions-by-\(group.kind.rawValue)"
      append(group.windows, kind: kind, name: group.name, to: &rows)
      for (window, startup) in zip(outline.windows, group.startups) {
        append(startup, as: "startup", kind: kind, name: group.name, window: window, to: &rows)
      }
    }
    for cdn in summary.streaming?.cdns ?? [] { append(cdn.windows, kind: "cdn", name: cdn.name, to: &rows) }
    return rows
  }

  private func append<Count: RawRepresentable<String>>(
    _ windows: [SubjectSummary<Count>], kind: String, name: String, to rows: inout Rows
  ) {
    for (window, subject) in zip(outline.windows, windows) {
      for count in Count.allCases {
        rows.append([kind, name, window.description, count.rawValue, Rows.number(subject.total(count))])
      }
      for metric in subject.metrics {
        rows.append([
          kind, name, window.description, metric.metric.quantity.columnName, Rows.number(metric.estimate?.value),
        ])
      }
    }
  }

  private func append(_ tally: TallySummary, kind: String, name: String, window: Window, to rows: inout Rows) {
    let totals = tally.totals
    let counts: [(String, Int)] = [
      ("arrivals", totals.arrivals), ("success", totals.success), ("degraded", totals.degraded),
      ("failed", totals.failed), ("in_flight", totals.inFlight),
    ]
    for (measure, count) in counts { rows.append([kind, name, window.description, measure, String(count)]) }
    let measures: [(String, Double?)] = [
      ("availability", tally.availability?.value), ("unavailability", tally.unavailability?.value),
      ("full_fidelity", tally.fullFidelity?.value),
    ]
    for (measure, value) in measures { rows.append([kind, name, window.description, measure, Rows.number(value)]) }
    append(tally.latency, as: "latency", kind: kind, name: name, window: window, to: &rows)
  }

  private func append(
    _ latency: LatencySummary, as measure: String, kind: String, name: String, window: Window, to rows: inout Rows
  ) {
    let quantiles = latency.quantiles.map { ($0.quantile.rawValue, $0.estimate?.value) }
    for (part, value) in [("mean", latency.mean?.value)] + quantiles + [("max", latency.max)] {
      rows.append([kind, name, window.description, "\(measure)_\(part)", Rows.number(value)])
    }
  }
}
