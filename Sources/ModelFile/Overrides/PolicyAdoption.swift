/// Writes the keys of policies into the dependencies and workloads that adopt them and don't say otherwise.
enum PolicyAdoption {
  static func apply(to root: Node) -> Node {
    var root = root
    let policies = root["policies"]
    root.changeValue(of: "workloads") { $0.changeEach { adopt(policies, in: &$0) } }
    root.changeValue(of: "services") { services in
      services.changeEach { service in
        service.changeValue(of: "dependencies") { $0.changeEach { adopt(policies, in: &$0) } }
      }
    }
    return root
  }

  /// The policies that nothing adopts, by their keys.
  static func unused(in root: Node) -> [Phrase] {
    var used: Set<String> = []
    let workloads = root["workloads"]?.entries?.map(\.value) ?? []
    let services = root["services"]?.entries?.map(\.value) ?? []
    let dependencies = services.flatMap { $0["dependencies"]?.entries?.map(\.value) ?? [] }
    for caller in workloads + dependencies {
      if let name = caller["policy"]?.phrase?.text { used.insert(name) }
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
  fileprivate mutating func changeValue(of key: String, _ change: (inout Node) -> Void) {
    guard var entries, let index = entries.firstIndex(where: { $0.key.text == key }) else { return }
    change(&entries[index].value)
    content = .mapping(entries)
  }

  fileprivate mutating func changeEach(_ change: (inout Node) -> Void) {
    guard var entries else { return }
    for index in entries.indices { change(&entries[index].value) }
    content = .mapping(entries)
  }
}
