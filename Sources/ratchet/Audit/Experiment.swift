import Campaign
import Model

/// A scenario for one call: it hangs, errs, or is slow, with what should hold all the same.
struct Experiment {
  enum Failing: String, CaseIterable {
    case hang, error, latency
  }

  let name: String
  let text: String

  /// - Parameter model: the path of the model's file as the scenario's file is to name it.
  init(_ failing: Failing, of call: AuditedCall, in audit: SystemAudit, model path: String) {
    name = "\(call.callerName)-\(call.calleeName)-\(failing.rawValue)"
    let measured = audit.model.time.horizon - audit.model.time.warmup
    let at = audit.model.time.warmup + Self.wholeSeconds(measured, tenths: 2)
    let target = if case .live = call.caller { "\(call.dependency.target)" } else { audit.target(of: call) }
    text = """
      scenario: \(name)
      description: \(failing.sentence(of: call)) Written by `ratchet audit`.
      model: \(path)
      faults:
        \(failing.rawValue):
          at: \(at.text)
          for: \(Self.wholeSeconds(measured, tenths: 3).text)
          inject: \(failing.settings(of: call))
          target: \(target)
      expect:
      \(Self.hypotheses(of: call, in: audit).map { "  " + $0 }.joined(separator: "\n"))
      confidence: 95%

      """
  }

  /// A part of a length, in whole seconds where it has some.
  private static func wholeSeconds(_ length: SimulationDuration, tenths: Int64) -> SimulationDuration {
    let part = length.nanoseconds / 10 * tenths
    let second: Int64 = 1_000_000_000
    return SimulationDuration(nanoseconds: part >= second ? part / second * second : part)
  }

  /// Who does without the call should hardly notice; who needs it should be back soon after.
  private static func hypotheses(of call: AuditedCall, in audit: SystemAudit) -> [String] {
    var lines: [String] = []
    for path in audit.paths {
      let needsIt = path.calls.contains { $0.path == call.path }
      switch (needsIt, path.asker == Streaming.everySession) {
      case (true, true):
        lines.append("# A start needs this call: give it a fallback to expect more than that those who watch go on.")
        lines.append("those-who-watch-go-on: {that: playback-failures <= 1%, during: faults}")
      case (true, false):
        lines.append("# `\(path.asker)` needs this call: give it a fallback to expect more than that it comes back.")
        lines.append("\(path.asker)-comes-back: {that: recovery(\(path.asker)) <= 1min}")
      case (false, true):
        lines.append("players-still-start: {that: starts-lost <= 1%, during: faults}")
      case (false, false):
        lines.append(
          "\(path.asker)-goes-on: {that: availability(\(path.asker)) >= \(audit.target(of: path.asker)), during: faults}"
        )
      }
    }
    return lines
  }
}

extension Experiment.Failing {
  fileprivate func sentence(of call: AuditedCall) -> String {
    switch self {
    case .hang: "\(call.name) gets no answer."
    case .error: "\(call.name) gets errors."
    case .latency: "\(call.name) gets slow answers."
    }
  }

  /// Slow is 80% of the timeout, so that it is waited for, or 1 s where there is none.
  fileprivate func settings(of call: AuditedCall) -> String {
    switch self {
    case .hang, .error: return rawValue
    case .latency:
      let patience = call.dependency.timeout ?? call.dependency.deadline
      let added = patience.map { SimulationDuration(nanoseconds: $0.nanoseconds / 10 * 8) } ?? .seconds(1)
      return "latency\n    add: \(added.text)"
    }
  }
}

extension SystemAudit {
  /// A call as a fault's target: all calls to the callee, or the dependency alone where others call the same service.
  fileprivate func target(of call: AuditedCall) -> String {
    let callee = call.dependency.target.service
    let beside = calls.filter { $0.caller == call.caller }
    if beside.count(where: { $0.dependency.target.service == callee }) == 1 { return "\(call.callerName) -> \(callee)" }
    let isService = beside.contains { $0.dependency.target.service == call.dependency.name }
    return (isService ? "dependency " : "") + "\(call.callerName) -> \(call.dependency.name)"
  }

  /// The objective for an asker's availability where the model states one, or 99%.
  fileprivate func target(of asker: String) -> String {
    let objective = model.objectives.first {
      $0.indicator.quantity == .availability && $0.indicator.workload == asker
    }
    return PlainNumber.percent(objective?.target ?? 0.99)
  }
}
