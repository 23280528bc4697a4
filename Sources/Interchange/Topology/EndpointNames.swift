import Model

/// The names that services and endpoints have in the model.
struct EndpointNames {
  private let services: [String: String]
  private let endpoints: [EndpointKey: String]

  init(_ keys: some Collection<EndpointKey>) {
    services = LegalNames.assign(keys.map(\.operation.service), fallback: "service")
    var endpoints: [EndpointKey: String] = [:]
    for (_, keys) in Dictionary(grouping: keys, by: \.operation.service) {
      let names = LegalNames.assign(keys.map(\.operation.name), fallback: "operation")
      var used = Set(names.values)
      for key in keys.sorted() {
        guard let name = names[key.operation.name] else { continue }
        guard key.level > 0 else {
          endpoints[key] = name
          continue
        }
        let nested = LegalNames.unused("\(name)-nested-\(key.level)", in: used)
        used.insert(nested)
        endpoints[key] = nested
      }
    }
    self.endpoints = endpoints
  }

  func service(_ original: String) -> String { services[original, default: original] }

  func path(_ key: EndpointKey) -> EndpointPath {
    EndpointPath(service: service(key.operation.service), endpoint: endpoints[key, default: key.operation.name])
  }

  /// All endpoint names of a service.
  func endpoints(of service: String) -> Set<String> {
    Set(endpoints.lazy.filter { $0.key.operation.service == service }.map(\.value))
  }
}
