import Model
import Sampling

extension PlayerCohort {
  static let section = Section<PlayerCohort>(
    "cohort", "A part of the sessions with one kind of device: its player, its network, its viewers."
  ) { keys in
    let shareKey = keys.derived(
      "share", .probability, "its part of the sessions; all shares add up to 100%, which a single cohort need not say"
    ) { node, decoding in decoding.names.cohorts.count == 1 ? decoding.assumed("100%", in: node) : nil }
    let region = keys.optional(
      "region", ValueKind<String>.regionName.orNone(), standard: "none", "the region where its viewers are")
    let devices = keys.optional(
      "devices", ValueKind<Int>.count(1...Limit.devices).orNone(), standard: "none",
      "how many devices there are, what `one device` and `5% of devices` pick from; none: each session is its own")
    let like: Key<PlayerProfile.Name> = keys.required(
      "like", .word(what: "like"),
      "the player whose timeouts, retries, change of CDN, buffer and ABR it has by default; `basic` has no timeouts "
        + "and no retries")
    let watch = keys.optional(
      "watch", .watch, standard: "all", "how much media a viewer means to watch; `all`: to the end of the title")
    let bandwidthKey = keys.required(
      "bandwidth", .bandwidth, "the viewer's network: bits per second, drawn once a session, or `trace(fcc.json)`")
    let latencyKey = keys.derived(
      "latency", .distribution(usual: "ms"),
      "the network's time for each request; 20ms where not given; a recorded network has its own"
    ) { node, decoding in
      Self.isRecorded(node["bandwidth"]) ? nil : decoding.assumed("20ms", in: node)
    }
    let abr: Key<BitrateRule.Kind?> = keys.ifGiven(
      "abr", .word(what: "abr"), "how it chooses a rendition; as the player that it is `like` where not given")
    let bufferKey = keys.ifGiven(
      "buffer", .section(BufferText.section), "how much media it holds; as the player that it is `like` where not given"
    )
    let patience = keys.optional(
      "patience", .section(Patience.section), standard: "{}", "how long its viewers wait before they leave")
    let pauses = keys.optional(
      "pauses", ValueKind<Pauses>.section(Pauses.section).orNone(), standard: "none", "pauses that its viewers make")
    return { fields in
      let decoding = fields.decoding
      let profile = PlayerProfile.named(fields[like])
      guard let share = fields[shareKey] else {
        decoding.report(
          .missingKey, at: decoding.holder ?? fields.location(shareKey), "`\(fields.name)` lacks the key `share`",
          suggestion: "one of several cohorts needs its part of the sessions")
        return nil
      }
      let network: Network
      switch (fields[bandwidthKey], fields[latencyKey]) {
      case (.recorded, _?):
        decoding.report(
          .conflictingKeys, at: fields.keyLocation(latencyKey), "a recorded network has its own `latency`")
        return nil
      case (.recorded(let recording, let start), nil): network = .recorded(recording, from: start)
      case (.drawn(let bandwidth), let latency?): network = .drawn(bandwidth: bandwidth, latency: latency)
      case (.drawn, nil): return nil
      }
      let buffer = fields[bufferKey]?.settings(of: profile) ?? profile.buffer
      guard buffer.isUsable(at: fields.node(bufferKey), decoding) else { return nil }
      return PlayerCohort(
        name: fields.name, share: share, region: fields[region], devices: fields[devices], profile: profile,
        watch: fields[watch], network: network, rule: fields[abr].map { profile.rule.using($0) } ?? profile.rule,
        buffer: buffer, patience: fields[patience], pauses: fields[pauses])
    }
  }

  private static func isRecorded(_ bandwidth: Node?) -> Bool { bandwidth?.phrase?.text.hasPrefix("trace") ?? false }
}

/// A viewer's network as far as `bandwidth` says it.
enum BandwidthText: Sendable {
  case drawn(Distribution)
  case recorded(NetworkRecording, from: SimulationDuration?)
}

extension ValueKind where Value == BandwidthText {
  /// Bits per second, or `trace(fcc.json)`.
  fileprivate static var bandwidth: ValueKind {
    .scalar(.bandwidth) { phrase, decoding in
      guard phrase.text.hasPrefix("trace") else {
        guard let distribution = decoding.distribution(phrase, of: .bitrate) else { return nil }
        if distribution.mean > 0 { return .drawn(distribution) }
        decoding.report(.outOfRange, at: phrase.location, "the mean bandwidth has to be above zero")
        return nil
      }
      guard let call = CallExpression(phrase, decoding),
        let (path, values) = call.single("the path of a JSON file, as in `trace(fcc.json)`", named: ["start"], decoding)
      else { return nil }
      let recording = decoding.recordedNetwork(path)
      guard let startPhrase = values["start"] else { return recording.map { .recorded($0, from: nil) } }
      guard let start = decoding.duration(startPhrase, usual: "s"), let recording else { return nil }
      return .recorded(recording, from: start)
    }
  }
}

extension ValueKind where Value == Distribution? {
  /// How much is watched, or `all`.
  fileprivate static var watch: ValueKind {
    .scalar(.watch) { phrase, decoding in
      if phrase.text == "all" { return .some(nil) }
      guard let distribution = decoding.distribution(phrase, usual: "min") else { return nil }
      if distribution.mean > 0 { return distribution }
      decoding.report(.outOfRange, at: phrase.location, "the mean time that is watched has to be above zero")
      return nil
    }
  }
}
