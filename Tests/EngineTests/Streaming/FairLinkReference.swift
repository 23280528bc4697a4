import Sampling

/// Max-min fair sharing by the book, in O(n) for a change and with Doubles: the rates by filling up from the least cap, and
/// the remaining bits of every flow brought forward at every change.
struct ReferenceLink {
  struct Flow {
    let id: Int32
    /// When it joined, in nanoseconds.
    let joined: Double
    var cap: Double
    var bits: Double
    var rate = 0.0
  }

  var capacity: Double
  var time = 0.0
  /// In the order of joining.
  var flows: [Flow] = []

  init(capacity: Int64) { self.capacity = Double(capacity) }

  private mutating func change(at now: Double, _ body: (inout ReferenceLink) -> Void) {
    for index in flows.indices { flows[index].bits -= flows[index].rate * (now - time) * 1e-9 }
    time = now
    body(&self)
    var left = capacity
    var count = flows.count
    for index in flows.indices.sorted(by: { flows[$0].cap < flows[$1].cap }) {
      flows[index].rate = min(flows[index].cap, left / Double(count))
      left -= flows[index].rate
      count -= 1
    }
  }

  mutating func join(id: Int32, cap: Int64, bits: Int64, at now: Double) {
    change(at: now) { $0.flows.append(Flow(id: id, joined: now, cap: Double(cap), bits: Double(bits))) }
  }

  mutating func leave(id: Int32, at now: Double) -> Double {
    var bits = 0.0
    change(at: now) { link in
      if let index = link.flows.firstIndex(where: { $0.id == id }) { bits = link.flows.remove(at: index).bits }
    }
    return bits
  }

  mutating func changeCap(id: Int32, to cap: Int64, at now: Double) {
    change(at: now) { link in
      if let index = link.flows.firstIndex(where: { $0.id == id }) { link.flows[index].cap = Double(cap) }
    }
  }

  mutating func changeCapacity(to capacity: Int64, at now: Double) {
    change(at: now) { $0.capacity = Double(capacity) }
  }

  /// When a flow would complete, in nanoseconds.
  func completion(of id: Int32) -> Double {
    guard let flow = flows.first(where: { $0.id == id }) else { return .infinity }
    return completion(of: flow)
  }

  var firstCompletion: Double {
    var first = Double.infinity
    for flow in flows { first = min(first, completion(of: flow)) }
    return first
  }

  private func completion(of flow: Flow) -> Double {
    flow.bits <= 0 ? time : time + flow.bits / flow.rate * 1e9
  }
}
