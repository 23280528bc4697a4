/// The flows of a tier by their ends: a pairing heap through the flows themselves, so that tiers of any size need no memory
/// of their own.
///
/// M. L. Fredman, R. Sedgewick, D. D. Sleator and R. E. Tarjan, "The pairing heap: a new form of self-adjusting heap",
/// Algorithmica 1, 1986.
extension FairLink {
  /// Adds a flow that is in no queue.
  /// - Returns: whether it is now the first of its tier.
  mutating func enqueue(_ flow: Int32, in tier: Int32) -> Bool {
    let first = tiers[tier].first
    let root = first < 0 ? flow : meld(first, flow)
    tiers[tier].first = root
    return root == flow
  }

  /// - Returns: whether the first of the tier is now another one, or none.
  mutating func dequeue(_ flow: Int32, from tier: Int32) -> Bool {
    let below = combine(flows[flow].child)
    let isFirst = tiers[tier].first == flow
    if isFirst {
      tiers[tier].first = below
    } else {
      cut(flow)
      if below >= 0 { tiers[tier].first = meld(tiers[tier].first, below) }
    }
    flows[flow].child = -1
    flows[flow].next = -1
    flows[flow].previous = -1
    return isFirst
  }

  private mutating func cut(_ flow: Int32) {
    let (previous, next) = (flows[flow].previous, flows[flow].next)
    if flows[previous].child == flow { flows[previous].child = next } else { flows[previous].next = next }
    if next >= 0 { flows[next].previous = previous }
  }

  /// Two roots, of which the later one becomes the first child of the other.
  @inline(always) private mutating func meld(_ one: Int32, _ other: Int32) -> Int32 {
    let isOrdered = FairLinkEnd(flows[one]) < FairLinkEnd(flows[other])
    let (root, child) = isOrdered ? (one, other) : (other, one)
    let sibling = flows[root].child
    if sibling >= 0 { flows[sibling].previous = child }
    flows[child].next = sibling
    flows[child].previous = root
    flows[root].child = child
    return root
  }

  /// Siblings from the first on: melded by pairs, and these from the last to the first.
  private mutating func combine(_ first: Int32) -> Int32 {
    var pairs: Int32 = -1
    var node = first
    while node >= 0 {
      let partner = flows[node].next
      let rest = partner >= 0 ? flows[partner].next : -1
      detach(node)
      if partner >= 0 {
        detach(partner)
        node = meld(node, partner)
      }
      flows[node].next = pairs
      pairs = node
      node = rest
    }
    var root: Int32 = -1
    while pairs >= 0 {
      let rest = flows[pairs].next
      flows[pairs].next = -1
      root = root < 0 ? pairs : meld(root, pairs)
      pairs = rest
    }
    return root
  }

  @inline(always) private mutating func detach(_ flow: Int32) {
    flows[flow].next = -1
    flows[flow].previous = -1
  }
}

extension FairLinkEnd {
  /// The end of a flow in the progress of its tier.
  @inline(always) fileprivate init(_ flow: FairLinkFlow) {
    self.init(time: flow.end, order: flow.order)
  }
}
