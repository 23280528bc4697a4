import Model

/// The sections of streaming, which belong together.
struct StreamingParts: Sendable {
  private let catalog: Key<Catalog?>
  private let cdns: Key<[CDN]?>
  private let players: Key<[PlayerCohort]?>
  private let sessions: Key<Sessions?>
  private let steering: Key<Steering?>

  /// What is decoded, where it is given.
  struct Decoded {
    let value: Streaming?
  }

  init(in keys: inout Keys) {
    catalog = keys.ifGiven("catalog", .section(Catalog.section), "what can be watched; needs `players` and the others")
    cdns = keys.ifGiven("cdns", .named(.section(CDN.section)), "the CDNs that players ask, by names of your choice")
    players = keys.ifGiven(
      "players", .named(.section(PlayerCohort.section)), "who watches: cohorts of devices, by names of your choice")
    sessions = keys.ifGiven("sessions", .section(Sessions.section), "when play is pressed, and what that does")
    steering = keys.derived(
      "steering", .section(Steering.section), "which CDN a player is told to use; all alike where not given"
    ) { node, decoding in
      guard node["cdns"]?.entries?.isEmpty == false, node["sessions"] != nil else { return nil }
      let policy = decoding.assumed("weighted(\(decoding.names.cdns.sorted().joined(separator: " ")))", in: node)
      guard let place = policy.phrase?.location else { return nil }
      let key = Phrase(text: "policy", location: place, isVerbatim: false)
      return Node(
        content: .mapping([Node.Entry(key: key, value: policy)]), location: place, provenance: .assumed)
    }
  }

  /// The whole path; nil after having reported what is wrong.
  func streaming(_ fields: Fields) -> Decoded? {
    let given = [
      ("catalog", fields.isGiven(catalog), fields.keyLocation(catalog)),
      ("players", fields.isGiven(players), fields.keyLocation(players)),
      ("sessions", fields.isGiven(sessions), fields.keyLocation(sessions)),
      ("cdns", fields.isGiven(cdns), fields.keyLocation(cdns)),
    ]
    let missing = given.filter { !$0.1 }.map(\.0)
    let first =
      given.first { $0.1 } ?? (fields.isGiven(steering) ? ("steering", true, fields.keyLocation(steering)) : nil)
    if let first, !missing.isEmpty {
      fields.decoding.report(
        .missingKey, at: first.2, "`\(first.0)` needs \(listed(missing)) beside it",
        suggestion: "`catalog`, `players`, `sessions` and `cdns` belong together")
      return nil
    }
    guard let catalog = fields[catalog], let cohorts = fields[players], let sessions = fields[sessions],
      let cdns = fields[cdns]
    else { return Decoded(value: nil) }
    var isValid = true
    func refuse(_ id: DiagnosticID, _ place: SourceLocation, _ message: String) {
      fields.decoding.report(id, at: place, message)
      isValid = false
    }
    if cohorts.isEmpty { refuse(.outOfRange, fields.keyLocation(players), "at least one cohort of players is needed") }
    if catalog.ladder.count > Limit.renditions {
      refuse(
        .outOfRange, fields.keyLocation(self.catalog), "a ladder has at most \(Limit.renditions) renditions here")
    }
    if cdns.count > Limit.cdns {
      refuse(.outOfRange, fields.keyLocation(self.cdns), "at most \(Limit.cdns) CDNs are simulated")
    }
    if cdns.isEmpty { refuse(.outOfRange, fields.keyLocation(self.cdns), "at least one CDN is needed") }
    let sum = cohorts.map(\.share.value).reduce(0, +)
    if !cohorts.isEmpty, (sum - 1).magnitude > 1e-9 {
      refuse(
        .sharesNotWhole, fields.keyLocation(players), "the shares of the cohorts add up to \(percent(sum)), not to 100%"
      )
    }
    let currencies = Set(cdns.compactMap(\.currency)).sorted()
    if currencies.count > 1 {
      refuse(
        .wrongUnit, fields.keyLocation(self.cdns), "prices are in \(listed(currencies)), and can't be compared")
    }
    guard isValid, let steering = fields[steering] else { return nil }
    return Decoded(
      value: Streaming(catalog: catalog, players: cohorts, sessions: sessions, cdns: cdns, steering: steering))
  }
}
