/// An endpoint of the imported model: an operation at a level of recursion, which is 0 nearly always.
struct EndpointKey: Hashable, Comparable {
  let operation: Operation
  let level: Int

  static func < (a: Self, b: Self) -> Bool { (a.operation, a.level) < (b.operation, b.level) }
}

/// Everything the traces show of one endpoint.
struct EndpointRecord {
  /// One run of the endpoint.
  struct Run {
    let served: Interval
    let calls: [ObservedCall]
  }
  struct ObservedCall {
    let callee: EndpointKey
    let served: Interval
    let asked: Interval
  }

  fileprivate(set) var runs: [Run] = []
  fileprivate(set) var isInferred = false

  /// The records of all endpoints in these requests.
  static func records(of roots: [RootCall]) -> [EndpointKey: EndpointRecord] {
    let levels = RecursionLevels(roots)
    var records: [EndpointKey: EndpointRecord] = [:]
    var pending = roots.map { (call: $0.call, key: EndpointKey(operation: $0.call.operation, level: 0)) }
    while let (call, key) = pending.popLast() {
      let calls = call.calls.map { callee in
        let level = levels.level(of: callee.operation, calledBy: (key.operation, key.level))
        let calleeKey = EndpointKey(operation: callee.operation, level: level)
        pending.append((callee, calleeKey))
        return ObservedCall(callee: calleeKey, served: callee.served, asked: callee.asked)
      }
      records[key, default: EndpointRecord()].runs.append(Run(served: call.served, calls: calls))
      records[key]?.isInferred = call.isInferred
    }
    return records
  }
}
