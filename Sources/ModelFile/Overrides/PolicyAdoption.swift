/// Writes the keys of policies into the dependencies and workloads that adopt them and don't say otherwise.
enum PolicyAdoption {
  /// Where calls are declared, as paths of keys; `*` stands for any name.
  private static let calls = [
    ["workloads", "*"], ["services", "*", "dependencies", "*"], ["sessions", "dependencies", "*"],
    ["cdns", "*", "origin"], ["cdns", "*", "manifest-origin"], ["catalog", "live", "encode"],
    ["catalog", "live", "standby"],
  ]

  static func apply(to root: Node) -> Node {
    var root = root
    let policies = root["policies"]
    for path in calls { root.change(at: path[...]) { adopt(policies, in: &$0) } }
    return root
  }

  /// The policies that nothing adopts, by their keys.
  static func unused(in root: Node) -> [Phrase] {
    var used: Set<String> = []
    var root = root
    for path in calls {
      root.change(at: path[...]) { call in
        if let name = call["policy"]?.phrase?.text { used.insert(name) }
      }
    }
    return (root["policies"]?.entries ?? []).map(\.key).filter { !used.contains($0.text) }
  }

  private static func adopt(_ policies: Node?, in caller: inout Node) {
    guard let name = caller["policy"]?.phrase?.text, let entries = policies?[name]?.entries else { return }
    for entry in entries where PolicyBundle.adoptedKeys.contains(entry.key.text) && caller[entry.key.text] == nil {
      caller.set(entry.key, to: entry.value.from(.policy(name)))
    }
  }
}

extension Node {
  /// Changes each part at a path of keys, in which `*` stands for any name.
  mutating func change(at path: ArraySlice<String>, _ change: (inout Node) -> Void) {
    guard let key = path.first else { return change(&self) }
    guard var entries else { return }
    for index in entries.indices where key == "*" || entries[index].key.text == key {
      entries[index].value.change(at: path.dropFirst(), change)
    }
    content = .mapping(entries)
  }
}
