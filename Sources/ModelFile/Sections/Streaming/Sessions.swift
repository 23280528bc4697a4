import Model

extension Sessions {
  static let section = Section<Sessions>("sessions", "Viewers press play.") { keys in
    let arrivalsKey = keys.required(
      "arrivals", .arrivals, "when play is pressed, such as `poisson(40/s)`; any arrivals but `closed`")
    let dependenciesKey = keys.optional(
      "dependencies", .named(.section(Dependency.section)), standard: "{}",
      "the calls of the control plane, by names that `start` uses, with the policies around each")
    let startKey = keys.optional(
      "start", .list(.startStep, isEmptyAllowed: false), standard: "[manifest, segment]",
      "what pressing play does, in order: names of `dependencies`, `manifest` and `segment`, the first one, from the "
        + "CDN; `together: […]` does several at once")
    let afterKey = keys.optional(
      "after", ValueKind<CallsAfterPlay>.section(CallsAfterPlay.section).orNone(), standard: "none",
      "what a player asks for when its play is over, such as a home page")
    return { fields in
      let decoding = fields.decoding
      let (steps, dependencies) = (fields[startKey], fields[dependenciesKey])
      var isValid = steps.isUsable(at: fields.node(startKey), or: fields.keyLocation(startKey), decoding)
      if case .closed = fields[arrivalsKey] {
        decoding.report(
          .unknownArrivals, at: fields.location(arrivalsKey),
          "sessions can't arrive `closed`: none waits for another one to end",
          suggestion: "expected others, such as `poisson(40/s)`")
        isValid = false
      }
      let called =
        steps.flatMap(\.actions).compactMap(\.dependency) + dependencies.compactMap(\.fallback?.calls)
        + (fields[afterKey]?.calls ?? [])
      for entry in fields.node(dependenciesKey)?.entries ?? [] {
        let name = entry.key.text
        if [StartStep.manifestName, StartStep.segmentName].contains(name) {
          decoding.report(
            .badName, at: entry.key.location,
            "`\(name)` is what `start` fetches from the CDN, and can't name a dependency")
          isValid = false
        } else if !called.contains(name) {
          decoding.report(
            .unusedDependency, severity: .warning, at: entry.key.location, "neither `start` nor `after` calls `\(name)`"
          )
        }
      }
      guard isValid else { return nil }
      return Sessions(arrivals: fields[arrivalsKey], start: steps, dependencies: dependencies, after: fields[afterKey])
    }
  }
}

extension CallsAfterPlay {
  static let section = Section<CallsAfterPlay>(
    "after", "What a player asks for when its play is over, however that ended; nobody waits for the answers."
  ) { keys in
    let calls = keys.required(
      "calls", .list(.sessionDependency, isEmptyAllowed: false), "names of `dependencies`, all called at once")
    let probability = keys.optional(
      "probability", .positiveProbability, standard: "100%", "how likely a play is followed by them")
    return { CallsAfterPlay(calls: $0[calls], probability: $0[probability]) }
  }
}

extension ValueKind where Value == String {
  /// A dependency of sessions.
  fileprivate static var sessionDependency: ValueKind {
    .scalar(.name) { phrase, decoding in
      let known = decoding.names.sessionDependencies
      if known[phrase.text] != nil { return phrase.text }
      decoding.report(
        .unknownDependency, at: phrase.location, "`sessions` has no dependency `\(phrase.text)`",
        suggestion: suggestion(for: phrase.text, among: known.keys))
      return nil
    }
  }
}

extension StartStep {
  static let manifestName = "manifest"
  static let segmentName = "segment"

  static let together = Section<StartStep>(
    "start-together", "What is done at once, all of which has to succeed before the next step."
  ) { keys in
    let actions = keys.required(
      "together", .list(.startAction, isEmptyAllowed: false), "names of dependencies, `manifest` or `segment`")
    return { fields in
      guard fields[actions].count <= Limit.startActions else {
        fields.decoding.report(
          .outOfRange, at: fields.node(actions)?.items?[Limit.startActions].location ?? fields.location(actions),
          "a start does at most \(Limit.startActions) things at once, and this is one more")
        return nil
      }
      return StartStep(fields[actions])
    }
  }
}

extension StartStep.Action {
  fileprivate var dependency: String? {
    if case .call(let name) = self { name } else { nil }
  }
}

extension [StartStep] {
  /// Whether one segment is fetched, and at most one manifest, not behind it; else what is wrong is reported.
  fileprivate func isUsable(at node: Node?, or place: SourceLocation, _ decoding: Decoding) -> Bool {
    func location(_ step: Int) -> SourceLocation { node?.items?[step].location ?? place }
    func steps(with action: StartStep.Action) -> [Int] {
      enumerated().flatMap { step in step.element.actions.filter { $0 == action }.map { _ in step.offset } }
    }
    guard count <= Limit.startActions else {
      decoding.report(
        .outOfRange, at: location(Limit.startActions),
        "a start has at most \(Limit.startActions) steps, and this is one more")
      return false
    }
    let (segments, manifests) = (steps(with: .segment), steps(with: .manifest))
    guard let segment = segments.first else {
      decoding.report(
        .badStart, at: node?.location ?? place, "this start never fetches a segment, so that nothing would be played",
        suggestion: "add `segment`")
      return false
    }
    for (name, all) in [(StartStep.segmentName, segments), (StartStep.manifestName, manifests)] where all.count > 1 {
      decoding.report(.badStart, at: location(all[1]), "a start fetches one `\(name)`, and this is another one")
      return false
    }
    if let manifest = manifests.first, manifest > segment {
      decoding.report(
        .badStart, at: location(manifest), "the manifest says where segments are: it can't come after one")
      return false
    }
    return true
  }
}

extension ValueKind where Value == StartStep {
  fileprivate static var startStep: ValueKind {
    .either(
      mapping: .section(StartStep.together), else: ValueKind<StartStep.Action>.startAction.map { StartStep([$0]) })
  }
}

extension ValueKind where Value == StartStep.Action {
  fileprivate static var startAction: ValueKind {
    .scalar(.name) { phrase, decoding in
      switch phrase.text {
      case StartStep.manifestName: return .manifest
      case StartStep.segmentName: return .segment
      default: break
      }
      let known = decoding.names.sessionDependencies
      if known[phrase.text] != nil { return .call(phrase.text) }
      decoding.report(
        .unknownDependency, at: phrase.location, "`sessions` has no dependency `\(phrase.text)`",
        suggestion: suggestion(
          for: phrase.text, among: known.keys + [StartStep.manifestName, StartStep.segmentName]))
      return nil
    }
  }
}
