/// How deep a call is in a recursion: what makes endpoints that call each other into endpoints without a cycle.
///
/// Operations that call each other, directly or through others, are a strongly connected component of the graph of who
/// calls whom. The level of a call is the number of its ancestors on end that are of the same component. A call inside
/// the component goes from one level to the next, so that endpoints told apart by operation and level cannot form a
/// cycle.
struct RecursionLevels {
  private let component: [Operation: Int]

  init(_ roots: [RootCall]) {
    var callees: [Operation: Set<Operation>] = [:]
    var pending = roots.map(\.call)
    while let call = pending.popLast() {
      callees[call.operation, default: []].formUnion(call.calls.map(\.operation))
      pending += call.calls
    }
    component = Self.components(of: callees)
  }

  /// The level of a call, given its caller's operation and level.
  func level(of operation: Operation, calledBy caller: (operation: Operation, level: Int)?) -> Int {
    guard let caller, component[caller.operation] == component[operation] else { return 0 }
    return caller.level + 1
  }

  /// Kosaraju's algorithm: components are the trees of a search of the reversed graph, in the reversed order of
  /// finishing.
  private static func components(of callees: [Operation: Set<Operation>]) -> [Operation: Int] {
    let operations = callees.keys.sorted()
    var callers: [Operation: [Operation]] = [:]
    for operation in operations {
      for callee in callees[operation, default: []].sorted() { callers[callee, default: []].append(operation) }
    }
    var finished: [Operation] = []
    var seen: Set<Operation> = []
    for operation in operations {
      var stack: [(operation: Operation, isDone: Bool)] = [(operation, false)]
      while let (next, isDone) = stack.popLast() {
        if isDone {
          finished.append(next)
        } else if seen.insert(next).inserted {
          stack.append((next, true))
          stack += callees[next, default: []].sorted().map { ($0, false) }
        }
      }
    }
    var component: [Operation: Int] = [:]
    for (number, operation) in finished.reversed().enumerated() {
      var stack = [operation]
      while let next = stack.popLast() {
        if component[next] != nil { continue }
        component[next] = number
        stack += callers[next, default: []]
      }
    }
    return component
  }
}
