import Model

extension LiveChannels {
  static let section = Section<LiveChannels>("live", "Channels whose segments appear on the clock.") { keys in
    let channels = keys.optional("channels", .count(1...Limit.channels), standard: "1", "how many channels there are")
    let popularity = keys.optional(
      "popularity", .popularity, standard: "zipf(0)", "how sessions choose among channels; `zipf(0)`: all are alike")
    let share = keys.optional(
      "share", .positiveProbability, standard: "100%", "the part of the sessions that watches live")
    let holdBack = keys.optional(
      "hold-back", .count(1...1000), standard: "3",
      "how many segments behind the newest one a player joins, as EXT-X-SERVER-CONTROL's HOLD-BACK")
    let manifestTTLKey = keys.derived(
      "manifest-ttl", .positiveDuration(usual: "s"), "how long caches keep a manifest; half a segment where not given"
    ) { node, decoding in
      decoding.segment.map {
        decoding.assumed(SimulationDuration(nanoseconds: max(1, $0.nanoseconds / 2)).text, in: node)
      }
    }
    let encodeKey = keys.optional(
      "encode", ValueKind<Dependency>.section(Dependency.section).orNone(), standard: "none",
      "the call that makes each segment, with its policies: a segment appears when it succeeds, and is missing where "
        + "it fails; none: each appears as soon as it is over")
    let standbyKey = keys.optional(
      "standby", ValueKind<Dependency>.section(Dependency.section).orNone(), standard: "none",
      "a second call, for the fallback of `encode`: `fallback: {call: standby}`")
    let endsKey = keys.optional(
      "ends", ValueKind<LiveEnding>.section(LiveEnding.section).orNone(), standard: "none",
      "when the event is over and everyone who watches live leaves; none: each viewer leaves by `watch` alone")
    return { fields in
      guard let manifestTTL = fields[manifestTTLKey] else { return nil }
      let (encode, standby) = (fields[encodeKey], fields[standbyKey])
      if standby != nil, encode?.fallback?.calls != "standby" {
        fields.decoding.report(
          .unusedDependency, severity: .warning, at: fields.keyLocation(standbyKey), "nothing calls `standby`",
          suggestion: "say `fallback: {call: standby}` in `encode`")
      }
      return LiveChannels(
        channels: fields[channels], popularity: fields[popularity], share: fields[share], holdBack: fields[holdBack],
        manifestTTL: manifestTTL, encode: encode, standby: standby, ending: fields[endsKey])
    }
  }
}

extension LiveEnding {
  static let section = Section<LiveEnding>("live-end", "The end of an event, at which its viewers leave.") { keys in
    let atKey = keys.required(
      "at", .positiveDuration(usual: "min"),
      "when it is over, counted from the start of the replication, the warm-up included")
    let staying = keys.optional(
      "staying", .distribution(usual: "s"), standard: "0s", "how long each viewer stays on, drawn once for each")
    return { fields in
      if let horizon = fields.decoding.horizon, fields[atKey] >= horizon {
        fields.decoding.report(
          .outOfRange, at: fields.location(atKey),
          "the event ends at \(fields[atKey].text), not before the horizon of \(horizon.text)")
        return nil
      }
      return LiveEnding(at: fields[atKey], staying: fields[staying])
    }
  }
}
