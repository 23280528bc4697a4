/// The hosts that each service was seen on, and the load that the requests put on it.
struct ServiceTraffic {
  private(set) var hosts: [String: Set<String>] = [:]
  /// Calls in progress on average, by Little's law: rate of requests x time in the service per request.
  private(set) var load: [String: Double] = [:]

  init(_ roots: [RootCall], rates: RequestRates) {
    for (_, requests) in Dictionary(grouping: roots, by: \.call.operation).sorted(by: { $0.key < $1.key }) {
      let rateOfEach = rates.rate(of: requests) / Double(requests.count)
      var pending = requests.map(\.call)
      while let call = pending.popLast() {
        load[call.operation.service, default: 0] += rateOfEach * Double(call.served.duration) / 1e9
        if let host = call.host { hosts[call.operation.service, default: []].insert(host) }
        pending += call.calls
      }
    }
  }
}
