import Model

/// Writes what a player does into the cohorts that are like it and don't say otherwise.
enum ProfileAdoption {
  static func apply(to root: Node) -> Node {
    var root = root
    root.change(at: ["players", "*"]) { adopt(in: &$0) }
    return root
  }

  private static func adopt(in cohort: inout Node) {
    guard let phrase = cohort["like"]?.phrase, let name = PlayerProfile.Name(rawValue: phrase.text) else { return }
    let profile = PlayerProfile.named(name)
    func value(_ text: String) -> Node {
      let value = Phrase(text: text, location: phrase.location, isVerbatim: false)
      return Node(content: .scalar(value), location: phrase.location, provenance: .profile(name.rawValue))
    }
    func key(_ text: String) -> Phrase { Phrase(text: text, location: phrase.location, isVerbatim: false) }
    if cohort["abr"] == nil { cohort.set(key("abr"), to: value(profile.rule.kind.rawValue)) }
    var buffer = cohort["buffer"] ?? Node(content: .mapping([]), location: phrase.location)
    guard buffer.entries != nil else { return }
    let standard = profile.buffer
    for (name, duration) in [("start", standard.start), ("target", standard.target), ("resume", standard.resume)]
    where buffer[name] == nil {
      buffer.set(key(name), to: value(duration.text))
    }
    cohort.set(key("buffer"), to: buffer)
  }
}
