extension FaultTarget {
  /// As in the language: `titles`, `gateway -> titles`, `packager#0`, `zone us-east.a`.
  public var text: String {
    switch self {
    case .service(let name), .workload(let name), .cdn(let name), .cohort(let name): name
    case .endpoint(let path): "\(path.service).\(path.endpoint)"
    case .edge(let from, let to): "\(from) -> \(to)"
    case .dependency(let from, let name): "dependency \(from) -> \(name)"
    case .replica(let service, let index): "\(service)#\(index)"
    case .zone(let region, let name): "zone \(Self.place(region, name))"
    case .region(let name): "region \(name)"
    case .serviceInZone(let service, let region, let zone): "\(service) in zone \(Self.place(region, zone))"
    case .pool(let service): "pool \(service)"
    case .bulkhead(let service, let dependency): "pool \(service) -> \(dependency)"
    case .site(let cdn, let index): "\(cdn)#\(index)"
    case .tier(let cdn, let tier): "\(cdn) \(tier.rawValue)"
    }
  }

  private static func place(_ region: String?, _ zone: String) -> String {
    region.map { "\($0).\(zone)" } ?? zone
  }
}
