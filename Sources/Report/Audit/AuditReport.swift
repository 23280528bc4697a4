import Campaign
import Model

/// What an audit found, to be read or to be passed on.
public struct AuditReport: Sendable {
  let audit: SystemAudit
  /// nil where no short runs were made.
  let trials: [HangTrial]?
  /// Where a path of the model stands in its files: `vod.yaml:32`.
  let place: @Sendable (String) -> String?

  public init(_ audit: SystemAudit, trials: [HangTrial]?, place: @escaping @Sendable (String) -> String?) {
    self.audit = audit
    self.trials = trials
    self.place = place
  }

  public func text(_ style: TextStyle) -> String { TextRenderer(style).text(blocks) }

  var blocks: [Block] {
    [.title("Audit of \(audit.model.name)")] + callsSection + findingsSection + exposuresSection + trialsSection
      + pathsSection
  }

  private var callsSection: [Block] {
    let rows = audit.calls.map { call -> [Phrase] in
      let dependency = call.dependency
      let isService = if case .service = call.caller { true } else { false }
      func mark(_ text: String?, isNeeded: Bool = true) -> Phrase {
        text.map { Phrase($0) } ?? Phrase("none", isNeeded ? .doubtful : .faint)
      }
      let wait = dependency.timeout ?? dependency.deadline
      return [
        Phrase(call.name), Phrase(rate(of: call)), mark(wait?.text),
        Phrase(dependency.retry.map { "\($0.attempts)" } ?? "1"),
        mark(dependency.bulkhead?.text, isNeeded: isService),
        mark(dependency.breaker == nil ? nil : "yes", isNeeded: isService),
        mark(dependency.fallback == nil ? nil : "yes", isNeeded: isService),
      ]
    }
    return [
      .heading("Calls", note: "a second at the busiest time, without retries; what lacks is marked"),
      .table(
        Table(
          [
            .left("call"), .right("calls/s"), .right("timeout"), .right("attempts"), .right("bulkhead"),
            .right("breaker"), .right("fallback"),
          ], rows)),
    ]
  }

  private func rate(of call: AuditedCall) -> String {
    if call.rate == 0 { return call.isAlsoAskedByCDNs ? "by misses" : "0" }
    let text = NumberText.text(call.rate, .count)
    return call.isAlsoAskedByCDNs ? "\(text) + misses" : text
  }

  private var findingsSection: [Block] {
    if audit.findings.isEmpty { return [.heading("Findings", note: nil), .paragraph(Phrase("none", .faint))] }
    let groups = AuditFinding.Kind.allCases.compactMap { kind -> Table.Group? in
      let found = audit.findings.filter { $0.kind == kind }
      if found.isEmpty { return nil }
      return Table.Group(
        "\(kind.rawValue) (\(found.count))",
        found.map { [Phrase($0.call.name), Phrase($0.message), Phrase(place($0.call.path) ?? "", .faint)] })
    }
    return [
      .heading("Findings", note: "the worst first"),
      .table(Table([.left("call"), .left("finding"), .left("at")], groups: groups)),
    ]
  }

  private var exposuresSection: [Block] {
    let told = audit.exposures
    if told.isEmpty { return [] }
    let rows = told.map { exposure -> [Phrase] in
      [
        Phrase(exposure.call.name), Phrase("\(exposure.replicas) x \(exposure.pool)"),
        Phrase(exposure.hold.map { $0.text } ?? "for ever"),
        Phrase(exposure.text, exposure.isFilled ? .bad : .plain),
      ]
    }
    return [
      .heading(
        "One dependency hangs", note: "by arithmetic: requests a second x how long the calls of each hold its thread"),
      .table(
        Table([.left("dependency"), .right("threads"), .right("held for"), .left("of the caller's threads")], rows)),
    ]
  }

  private var trialsSection: [Block] {
    guard let trials else { return [] }
    let rows = trials.map { trial -> [Phrase] in
      let pools = trial.fullPools.map {
        "\($0.service) for \(PlainNumber.duration($0.seconds))"
      }.joined(separator: ", ")
      let losses = trial.losses.map {
        "\($0.asker) \(PlainNumber.percent($0.availability)) instead of \(PlainNumber.percent($0.usual))"
      }.joined(separator: ", ")
      return [
        Phrase(trial.call.name), pools.isEmpty ? Phrase("none", .faint) : Phrase(pools, .bad),
        losses.isEmpty ? Phrase("none", .faint) : Phrase(losses, .bad),
      ]
    }
    let length = HangTrial.length.text
    return [
      .heading("One dependency hangs for \(length)", note: "by a run each; availability of what was asked meanwhile"),
      .table(Table([.left("dependency"), .left("pools full"), .left("availability lost")], rows)),
    ]
  }

  private var pathsSection: [Block] {
    if audit.paths.isEmpty { return [] }
    let rows = audit.paths.map { path -> [Phrase] in
      let shown = path.services.prefix(6).joined(separator: ", ")
      return [
        Phrase(path.asker), Phrase("\(path.services.count)"),
        Phrase(NumberText.text(path.availability(ifEachHas: 0.9999), .fraction)),
        Phrase(shown + (path.services.count > 6 ? ", …" : "")),
      ]
    }
    return [
      .heading("Critical paths", note: "services that all have to answer; what has a fallback is not among them"),
      .table(
        Table([.left("asker"), .right("services"), .right("each at 99.99%"), .left("which")], rows)),
    ]
  }
}

extension PoolExposure {
  fileprivate var pool: String { threads == Int(Int32.max) ? "unbounded" : "\(threads)" }

  /// What becomes of the caller's threads.
  var text: String {
    switch effect {
    case .none: "none: it waits without a thread"
    case .bounded(let places):
      "at most \(places) of \(threads), by the bulkhead (\(PlainNumber.percent(Double(places) / Double(threads))))"
    case .fills(let after, let untilBreakerOpens):
      (after.isFinite ? "all, after \(PlainNumber.duration(after))" : "all, in the end")
        + (untilBreakerOpens ? ", until the breaker opens" : "")
    case .takes(let part): PlainNumber.percent(part)
    case .unbounded(let threads):
      threads.isFinite
        ? "\(NumberText.text(threads, .count)): the pool has no bound" : "more and more: the pool has no bound"
    }
  }
}

extension Bulkhead {
  fileprivate var text: String {
    switch self {
    case .threads(let threads, .bounded(let queue)): "\(threads)+\(queue)"
    case .threads(let threads, .unbounded): "\(threads)+unbounded"
    case .concurrent(let places, _): "\(places)"
    }
  }
}
