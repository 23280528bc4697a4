import Campaign
import Model
import Statistics

/// Something that a check holds against a file, with the place where it stands.
struct CheckFinding: Hashable, Sendable {
  enum Severity: String, Hashable, Sendable {
    case error, warning
  }

  /// The stable name of what is wrong: a diagnostic's, or one of the rules below.
  let rule: String
  let severity: Severity
  let place: CheckReport.Place
  /// A few words.
  let title: String
  /// One line.
  let message: String
  /// What it is about, by its names: the same from check to check.
  let subject: String
}

/// What a check may find besides invalid files.
enum CheckRule: String, CaseIterable {
  case refuted = "hypothesis-refuted"
  case inconclusive = "hypothesis-inconclusive"
  case withoutEffect = "sabotage-without-effect"
  case undecided = "sabotage-inconclusive"

  var meaning: String {
    switch self {
    case .refuted: "The replications refute a hypothesis of the scenario."
    case .inconclusive: "The replications neither support nor refute a hypothesis of the scenario."
    case .withoutEffect: "With a mechanism removed the hypotheses still hold, so they prove nothing about it."
    case .undecided: "It is not decided whether the hypotheses still hold with a mechanism removed."
    }
  }
}

extension CheckReport {
  /// In the order of the scenarios, hypotheses before sabotages; what has been interrupted is not held against anybody.
  var findings: [CheckFinding] {
    let invalid = problems.map { problem in
      CheckFinding(
        rule: problem.id, severity: .error, place: problem.place, title: problem.id, message: problem.message,
        subject: "\(problem.place.path) \(problem.message)")
    }
    return invalid + scenarios.flatMap(\.findings)
  }

  /// The name of a scenario, with its file where another one has that name too.
  func title(of name: String, in place: Place) -> String {
    let all = scenarios.map(\.name) + notRun.map(\.name)
    return all.count { $0 == name } > 1 ? "\(name) (\(place.path))" : name
  }
}

extension ScenarioCheck {
  var findings: [CheckFinding] {
    let own = hypotheses.compactMap { result, place -> CheckFinding? in
      let hypothesis = result.expectation.name
      switch result.verdict {
      case .supported: return nil
      case .inconclusive where trial.isInterrupted: return nil
      case .refuted, .inconclusive:
        let isRefuted = result.verdict == .refuted
        return CheckFinding(
          rule: (isRefuted ? CheckRule.refuted : .inconclusive).rawValue, severity: isRefuted ? .error : .warning,
          place: place, title: "\(name): \(hypothesis) \(result.verdict.rawValue)",
          message: result.reasoning + (isRefuted ? trial.mainReason(of: result) + steadyState(of: result) : ""),
          subject: "\(name)/\(hypothesis)")
      }
    }
    return own + sabotages.flatMap { $0.findings(in: name) }
  }
}

extension ScenarioCheck {
  /// What a refuted hypothesis comes to without the faults: `; without the faults 99.98%`.
  private func steadyState(of result: ExpectationResult) -> String {
    let expectation = result.expectation
    guard let mean = withoutFaults[expectation.name] else { return "" }
    let text = NumberText.text(mean, expectation.metric.quantity.kind)
    // 1 - 0.9995 is not exactly 0.0005: a mean that equals the bound keeps to it.
    let isStrict = expectation.comparison == .above || expectation.comparison == .below
    let keeps =
      expectation.comparison.holds(mean, expectation.bound)
      || !isStrict && (mean - expectation.bound).magnitude < 1e-12
    return "; without the faults \(text)" + (keeps ? "" : ", which does not keep to it either")
  }
}

extension SabotageCheck {
  fileprivate func findings(in scenario: String) -> [CheckFinding] {
    trial.expectations.compactMap { result in
      let hypothesis = result.expectation.name
      let rule: CheckRule
      switch result.verdict {
      case .refuted: return nil
      case .inconclusive where trial.isInterrupted: return nil
      case .supported: rule = .withoutEffect
      case .inconclusive: rule = .undecided
      }
      let isSupported = rule == .withoutEffect
      return CheckFinding(
        rule: rule.rawValue, severity: isSupported ? .error : .warning, place: place,
        title: "\(scenario): sabotage \(name) \(isSupported ? "has no effect" : "inconclusive")",
        message:
          "with \(change) `\(hypothesis)` \(isSupported ? "still holds" : "is not refuted"): \(result.reasoning)",
        subject: "\(scenario)/\(name)/\(hypothesis)")
    }
  }

  /// `services.web.dependencies.history.fallback=none`.
  private var change: String { overrides.map { "\($0.path)=\($0.value)" }.joined(separator: ", ") }
}

extension ExpectationResult {
  /// Why it is judged as it is: `availability(viewers) is 91.2% (90.1% to 92.3%), expected >= 99%`,
  /// `availability(users) differs from the twin's by -8.6 pt (-9.0 to -8.2 pt), expected >= twin - 1%`,
  /// `availability(viewers) keeps to it in 58 of 60 runs (…)`.
  var reasoning: String {
    let text = JudgedText(self)
    let interval = text.interval.isEmpty ? "" : " (\(text.interval))"
    let requirement = "expected \(expectation.requirement)\(text.remark)"
    guard judged != nil else { return "\(expectation.metric) is unknown, \(requirement)" }
    if expectation.share != nil {
      return "\(expectation.metric) keeps to it in \(text.value)\(interval), \(requirement)"
    }
    guard let twin = expectation.twinText else {
      return "\(expectation.metric) is \(text.value)\(interval), \(requirement)"
    }
    let difference = DifferenceText.value(judged, of: expectation.metric.quantity)
    let whose = twin == "twin" ? "the twin's" : "\(twin)'s"
    return "\(expectation.metric) differs from \(whose) by \(difference)\(interval), \(requirement)"
  }
}

extension Trial {
  /// The most frequent reason of failures where a hypothesis is about a workload: `; 93% of the failures: timeout at web`.
  fileprivate func mainReason(of result: ExpectationResult) -> String {
    let metric = result.expectation.metric
    guard [.availability, .fullFidelity].contains(metric.quantity), metric.window.among == .everyone,
      let window = self.result.outline.index(of: metric.window),
      let tally = summary.workloads.first(where: { $0.name == metric.workload })?.windows[window],
      let reason = tally.reasons.first, tally.totals.failed > 0
    else { return "" }
    let share = Double(reason.total) / Double(tally.totals.failed)
    return "; \(PlainNumber.percent((share * 100).rounded() / 100)) of the failures: \(reason.reason.rawValue) at "
      + reason.component
  }
}
