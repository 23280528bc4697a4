import Model

/// A value that a fault can set, by the pattern of its path: what is declared here is what is decoded, and what
/// diagnostics and the schema name.
struct SettableValue: Sendable {
  /// As in an explanation: `services.*.pool.threads`. All that lies below belongs to it.
  let pattern: String
  /// The setting, for the names that `*` stands for.
  let setting: @Sendable ([String]) -> Setting?

  private init(_ pattern: String, _ setting: @escaping @Sendable ([String]) -> Setting?) {
    self.pattern = pattern
    self.setting = setting
  }

  static let all: [SettableValue] =
    ServiceSetting.allCases.flatMap { setting in
      setting.paths.map { path in SettableValue("services.*.\(path)") { .service($0[0], setting) } }
    }
    + StepSetting.allCases.map { setting in
      SettableValue("services.*.endpoints.*.*.\(setting.rawValue)") { names in
        Int(names[2]).map { .step(EndpointPath(service: names[0], endpoint: names[1]), $0, setting) }
      }
    }
    + callPlaces.flatMap { call in
      CallSetting.allCases.map { setting in
        SettableValue("\(call.pattern).\(setting.rawValue)") { .call(call.place($0), setting) }
      }
    }
    + [
      SettableValue("workloads.*.arrivals") { .arrivals($0[0]) },
      SettableValue("sessions.arrivals") { _ in .arrivals(Streaming.everySession) },
    ]

  /// Where calls are declared.
  private static let callPlaces: [(pattern: String, place: @Sendable ([String]) -> CallPlace)] = [
    ("services.*.dependencies.*", { .service($0[0], dependency: $0[1]) }),
    ("workloads.*", { .workload($0[0]) }),
    ("sessions.dependencies.*", { .sessions(dependency: $0[0]) }),
    ("cdns.*.origin", { .origin(cdn: $0[0]) }),
    ("cdns.*.manifest-origin", { .manifestOrigin(cdn: $0[0]) }),
    ("catalog.live.encode", { _ in .encode }),
    ("catalog.live.standby", { _ in .standby }),
  ]

  /// The setting to which a value belongs; nil where it can't be set.
  static func setting(of entry: Explanation.Entry) -> Setting? {
    guard let value = all.first(where: { entry.isPart(of: $0.pattern) }) else { return nil }
    return value.setting(entry.names)
  }

  /// All patterns as they read in a message: the policies of calls at once.
  static var listing: String {
    let policies = CallSetting.allCases.map(\.rawValue).joined(separator: ", ")
    let calls = callPlaces.map(\.pattern)
    let others = all.map(\.pattern).filter { pattern in
      !calls.contains { pattern.hasPrefix("\($0).") } || pattern == "workloads.*.arrivals"
    }
    return (others.filter { !$0.hasSuffix("arrivals") } + others.filter { $0.hasSuffix("arrivals") })
      .map { "`\($0)`" }.joined(separator: ", ")
      + ", and of the calls " + calls.map { "`\($0)`" }.joined(separator: ", ") + ": " + policies
  }
}

extension ServiceSetting {
  /// Below the service.
  fileprivate var paths: [String] {
    switch self {
    case .threads, .queue: ["pool.\(rawValue)"]
    case .cores, .replicas, .balancing, .cancellation: [rawValue]
    case .autoscaling: ["target", "min", "max", "tolerance", "boot"].map { "autoscaling.\($0)" }
    }
  }
}

extension Explanation.Entry {
  fileprivate func isPart(of pattern: String) -> Bool {
    self.pattern == pattern || self.pattern.hasPrefix("\(pattern).")
  }

  /// Whether it only says from where other values come, or is for the reader.
  var isWithoutEffect: Bool {
    pattern.hasPrefix("policies.") || pattern.hasSuffix(".policy") || pattern.hasSuffix(".fallback.returns")
      || pattern == "description" || pattern.hasSuffix(".stage")
  }
}
