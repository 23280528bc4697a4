/// Every value of a document with where it came from.
public struct Explanation: Hashable, Sendable {
  /// Where a value came from.
  public enum Origin: Hashable, Sendable {
    case given(SourceLocation)
    /// Adopted from the policy of this name, which gives it there.
    case policy(String, SourceLocation)
    /// What the player of this name does, which is named there.
    case profile(String, SourceLocation)
    case override(SourceLocation)
    /// A default of the language.
    case assumed

    /// `vod.yaml:12`, `policy paved-road (vod.yaml:12)`, `like hls.js (vod.yaml:20)`, `--set` or `assumed`.
    public var text: String {
      switch self {
      case .given(let location): location.shortDescription
      case .policy(let name, let location): "policy \(name) (\(location.shortDescription))"
      case .profile(let name, let location): "like \(name) (\(location.shortDescription))"
      case .override(let location): location.file.kind == .option ? "--set" : "set in \(location.shortDescription)"
      case .assumed: "assumed"
      }
    }
  }

  /// One value.
  public struct Entry: Hashable, Sendable {
    /// The keys from the root, joined by dots: `services.edge-api.pool.threads`.
    public let path: String
    /// The same with `*` for each name that the user chose: `services.*.pool.threads`.
    public let pattern: String
    /// The names that `*` stands for.
    public let names: [String]
    /// As it would be written.
    public let value: String
    public let origin: Origin
  }

  public let entries: [Entry]

  /// Those of a scenario as they stand beside a campaign's own: with `scenario.` before what is not a fault or an
  /// expectation.
  var ofScenario: [Entry] {
    entries.filter { !["scenario", "model"].contains($0.path) }.map { entry in
      guard entry.path != "faults", entry.path != "expect", entry.names.isEmpty else { return entry }
      return Entry(
        path: "scenario.\(entry.path)", pattern: "scenario.\(entry.pattern)", names: [], value: entry.value,
        origin: entry.origin)
    }
  }

  /// What was assumed and not given.
  public var assumptions: [Entry] { entries.filter { $0.origin == .assumed } }
}
