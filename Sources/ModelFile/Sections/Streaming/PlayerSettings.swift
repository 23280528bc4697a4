import Model
import Sampling

/// A buffer as far as a cohort says it.
struct BufferText: Sendable {
  let start: SimulationDuration?
  let target: SimulationDuration?
  let resume: SimulationDuration?

  static let section = Section<BufferText>(
    "buffer", "How much media a player holds; what is not given is as of the player that it is `like`."
  ) { keys in
    let start = keys.ifGiven(
      "start", .duration(usual: "s"), "playback starts once so much is there; `0s`: with the first segment")
    let target = keys.ifGiven(
      "target", .positiveDuration(usual: "s"), "a further segment is asked for while it still fits below this")
    let resume = keys.ifGiven(
      "resume", .duration(usual: "s"), "after a stall playback goes on once so much is there; `0s`: with one segment")
    return { BufferText(start: $0[start], target: $0[target], resume: $0[resume]) }
  }

  func settings(of profile: PlayerProfile) -> BufferSettings {
    BufferSettings(
      start: start ?? profile.buffer.start, target: target ?? profile.buffer.target,
      resume: resume ?? profile.buffer.resume)
  }
}

extension BufferSettings {
  /// Whether playback can start and go on with it; else what is wrong is reported.
  func isUsable(at node: Node?, _ decoding: Decoding) -> Bool {
    func place(_ key: String) -> SourceLocation? { node?[key]?.location ?? node?.location ?? decoding.holder }
    func refuse(_ key: String, _ message: String) {
      if let place = place(key) { decoding.report(.bufferTooSmall, at: place, message) }
    }
    if let segment = decoding.segment, target < segment {
      refuse("target", "a buffer of \(target.text) has no room for a segment of \(segment.text)")
      return false
    }
    for (key, level) in [("start", start), ("resume", resume)] where level > target {
      refuse(
        key, "`\(key)` of \(level.text) is above the buffer's `target` of \(target.text), and would never be reached")
      return false
    }
    return true
  }
}

extension Patience {
  static let section = Section<Patience>("patience", "How long viewers wait before they leave, drawn once a session.") {
    keys in
    let startup = keys.optional(
      "startup", ValueKind<Distribution>.distribution(usual: "s").orNone(), standard: "none",
      "for the first picture; who leaves then has exited before video start; none: for ever")
    let stall = keys.optional(
      "stall", ValueKind<Distribution>.distribution(usual: "s").orNone(), standard: "none",
      "for the end of one stall; none: for ever")
    return { Patience(startup: $0[startup], stall: $0[stall]) }
  }
}

extension Pauses {
  static let section = Section<Pauses>("pauses", "Pauses that viewers make.") { keys in
    let everyKey = keys.required(
      "every", .distribution(usual: "min"), "how much media is played between two pauses, and before the first")
    let lasting = keys.required("lasting", .distribution(usual: "min"), "how long a pause lasts")
    return { fields in
      let every = fields[everyKey]
      guard every.mean > 0 else {
        fields.decoding.report(
          .outOfRange, at: fields.location(everyKey), "the mean time between pauses has to be above zero")
        return nil
      }
      return Pauses(every: every, lasting: fields[lasting])
    }
  }
}
