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
      ("full_fidelity", tally.fullFidelity?.value), ("latency_mean", tally.latency.mean?.value),
      ("latency_p50", tally.latency[.p50]?.estimate?.value), ("latency_p90", tally.latency[.p90]?.estimate?.value),
      ("latency_p95", tally.latency[.p95]?.estimate?.value), ("latency_p99", tally.latency[.p99]?.estimate?.value),
      ("latency_p999", tally.latency[.p999]?.estimate?.value), ("latency_max", tally.latency.max),
    ]
    for (measure, value) in measures { rows.append([kind, name, window.description, measure, Rows.number(value)]) }
  }
}
