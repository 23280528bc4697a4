/// Writes out `origin: service.endpoint`, which is short for a call without policies, so that they can be set and are
/// explained.
enum OriginShorthand {
  static func expanded(in root: Node) -> Node {
    var root = root
    for key in ["origin", "manifest-origin"] {
      root.change(at: ["cdns", "*", key]) { origin in
        guard let phrase = origin.phrase else { return }
        let call = Phrase(text: "call", location: phrase.location, isVerbatim: false)
        origin.content = .mapping([Node.Entry(key: call, value: origin)])
      }
    }
    return root
  }
}
