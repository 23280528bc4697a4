import Model

extension ImportedTopology {
  /// The topology that these traces show.
  ///
  /// - Parameter name: the model's name; what is not a letter, a digit or a hyphen is replaced.
  /// - Throws: `InterchangeError.empty` without spans; `.nothingUsable` if none of the traces makes sense.
  public init(traces: [Trace], name: String = "imported") throws(InterchangeError) {
    var findings = ImportFindings()
    var requests: [[RootCall]] = []
    for trace in traces {
      guard var forest = SpanForest(trace, findings: &findings) else { continue }
      forest.removeClockSkew(findings: &findings)
      requests.append(forest.rootCalls(findings: &findings))
    }
    if requests.isEmpty {
      if traces.allSatisfy(\.spans.isEmpty) { throw .empty(reason: "the traces have no spans") }
      throw .nothingUsable(reasons: findings.notes)
    }
    let roots = requests.flatMap { $0 }
    let records = EndpointRecord.records(of: roots)
    let names = EndpointNames(records.keys)
    let rates = RequestRates(requests)

    self.name = LegalNames.assign([name], fallback: "model")[name, default: "imported"]
    traceCount = requests.count
    spanCount = traces.map(\.spans.count).reduce(0, +)
    workloads = Self.workloads(roots, names: names, rates: rates)
    let fitted = Self.services(roots, records: records, names: names, rates: rates, findings: &findings)
    let calibration = MedianCalibration(fitted, workloads: workloads)
    services = calibration.services
    notes = findings.notes + calibration.notes
    let longest = roots.map(\.call.served.duration).max() ?? 0
    assumedTimeout = Self.assumedTimeout(longest: longest)
    assumedTime = Self.assumedTime(rates: workloads.map(\.rate.perSecond), longest: longest)
  }

  private static func workloads(_ roots: [RootCall], names: EndpointNames, rates: RequestRates) -> [ImportedWorkload] {
    let byOperation = Dictionary(grouping: roots, by: \.call.operation)
    let endpointNames = byOperation.keys.map { names.path(EndpointKey(operation: $0, level: 0)).endpoint }
    let counts = Dictionary(grouping: endpointNames, by: { $0 }).mapValues(\.count)
    var used: Set<String> = []
    return byOperation.sorted { $0.key < $1.key }.map { operation, roots in
      let path = names.path(EndpointKey(operation: operation, level: 0))
      let isUnique = counts[path.endpoint] == 1
      let name = LegalNames.unused(isUnique ? path.endpoint : "\(path.service)-\(path.endpoint)", in: used)
      used.insert(name)
      return ImportedWorkload(
        name: name, endpoint: path, originalOperation: operation.name,
        rate: Rate(perSecond: rates.rate(of: roots)), rateOrigin: rates.origin(of: roots.count),
        isRateAssumed: rates.isAssumed, isAsynchronous: roots.allSatisfy(\.isAsynchronous),
        requests: roots.count,
        tracedMedian: Median.of(roots.map { Double($0.call.served.duration) / 1e9 }) ?? 0)
    }
    .sorted { $0.name < $1.name }
  }

  private static func services(
    _ roots: [RootCall], records: [EndpointKey: EndpointRecord], names: EndpointNames, rates: RequestRates,
    findings: inout ImportFindings
  ) -> [ImportedService] {
    let traffic = ServiceTraffic(roots, rates: rates)
    var services: [ImportedService] = []
    let byService = Dictionary(grouping: records.sorted { $0.key < $1.key }, by: \.key.operation.service)
    for (service, records) in byService.sorted(by: { $0.key < $1.key }) {
      let callees = Set(records.flatMap { $0.value.runs.flatMap { $0.calls.map(\.callee) } })
      var assembly = ServiceAssembly(service: service, callees: callees, names: names)
      for (key, record) in records {
        let structure = CallStructure(record.runs)
        for _ in 0..<structure.surplusCalls { findings.add(.manyCalls, at: names.path(key).description) }
        assembly.addEndpoint(key, record: record, structure: structure)
      }
      let hosts = traffic.hosts[service]?.count ?? 0
      let load = traffic.load[service] ?? 0
      services.append(
        ImportedService(
          name: names.service(service), originalName: service, replicas: max(1, hosts),
          areReplicasAssumed: hosts == 0, isInferred: records.allSatisfy(\.value.isInferred),
          assumedThreads: assumedThreads(load: load), load: load,
          dependencies: assembly.dependencies.sorted { $0.name < $1.name },
          endpoints: assembly.endpoints.sorted { $0.name < $1.name }))
    }
    return services.sorted { $0.name < $1.name }
  }

  /// Enough that calls do not wait: four times the busy threads and at least 64, a power of two.
  private static func assumedThreads(load: Double) -> Int {
    var threads = 64
    while Double(threads) < 4 * load, threads < 1 << 19 { threads *= 2 }
    return threads
  }

  /// Ten times the longest request, rounded up to 1, 2 or 5 times a power of ten, and at least a second.
  private static func assumedTimeout(longest: Int64) -> SimulationDuration {
    let wanted = Double(longest) * 10
    var decade = 1e9
    while decade * 5 < wanted, decade < 1e17 { decade *= 10 }
    let nanoseconds = [1, 2, 5].map { $0 * decade }.first { $0 >= wanted } ?? decade * 5
    return SimulationDuration(nanoseconds: Int64(nanoseconds))
  }

  /// About 2,000 requests of the rarest kind, between a minute and a day, but no more than 300,000 in all.
  private static func assumedTime(rates: [Double], longest: Int64) -> TimeFrame {
    let rarest = rates.min() ?? 1
    let measured = min(max(60, min(2_000 / rarest, 86_400)), 300_000 / rates.reduce(0, +))
    let warmup = max(1, Double(longest) / 1e9 * 10).rounded(.up)
    let horizon = warmup + max(1, measured.rounded(.up))
    return TimeFrame(
      warmup: SimulationDuration(seconds: warmup) ?? .seconds(1),
      horizon: SimulationDuration(seconds: horizon) ?? .seconds(61), start: .zero)
  }
}
