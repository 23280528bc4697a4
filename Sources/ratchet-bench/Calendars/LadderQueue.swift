/// A ladder queue.
///
/// W. T. Tang, R. S. M. Goh and I. L.-J. Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete
/// event simulation", ACM Transactions on Modeling and Computer Simulation 15(3), 2005.
struct LadderQueue: CandidateCalendar, ~Copyable {
  private struct Node {
    var event: TimedEvent
    var next: Int32
  }
  private struct Rung {
    var start: Int64 = 0
    var width: Int64 = 1
    var current = 0
    var bucketCount = 0
    /// First nodes and populations.
    var heads: UnsafeMutablePointer<Int32>
    var counts: UnsafeMutablePointer<Int32>
    var room: Int

    var currentStart: Int64 { start + Int64(current) * width }

    mutating func prepare(start: Int64, width: Int64, bucketCount: Int) {
      if bucketCount > room {
        heads.deallocate()
        counts.deallocate()
        room = 2 * bucketCount
        heads = .allocate(capacity: room)
        counts = .allocate(capacity: room)
      }
      heads.initialize(repeating: -1, count: bucketCount)
      counts.initialize(repeating: 0, count: bucketCount)
      self.start = start
      self.width = width
      self.bucketCount = bucketCount
      current = 0
    }
  }
  /// The largest bucket that is sorted, and the largest sorted part, where they can be divided.
  private static var threshold: Int { 50 }
  private static var rungLimit: Int { 8 }

  private let nodes: UnsafeMutablePointer<Node>
  private var vacant: Int32 = -1
  private var nodeCount: Int32 = 0
  private var top: Int32 = -1
  private var topCount = 0
  private var topLeast = Int64.max
  private var topGreatest = Int64.min
  private var topStart = Int64.min
  private let rungs: UnsafeMutablePointer<Rung>
  private var rungCount = 0
  /// Sorted, the first event at the end.
  private let bottom: UnsafeMutablePointer<TimedEvent>
  private var bottomCount = 0

  init(capacity: Int) {
    nodes = .allocate(capacity: capacity)
    bottom = .allocate(capacity: capacity)
    rungs = .allocate(capacity: Self.rungLimit)
    for rung in 0..<Self.rungLimit {
      (rungs + rung).initialize(to: Rung(heads: .allocate(capacity: 64), counts: .allocate(capacity: 64), room: 64))
    }
  }

  deinit {
    for rung in 0..<Self.rungLimit {
      rungs[rung].heads.deallocate()
      rungs[rung].counts.deallocate()
    }
    rungs.deallocate()
    nodes.deallocate()
    bottom.deallocate()
  }

  @inline(__always) mutating func insert(_ event: TimedEvent) {
    if event.time > topStart {
      top = node(event, before: top)
      topCount += 1
      topLeast = min(topLeast, event.time)
      topGreatest = max(topGreatest, event.time)
      return
    }
    for rung in 0..<rungCount where event.time >= rungs[rung].currentStart {
      put(event, in: rung)
      return
    }
    sortIntoBottom(event)
    if bottomCount > Self.threshold { divideBottom() }
  }

  @inline(__always) mutating func pop() -> TimedEvent? {
    if bottomCount == 0 { fillBottom() }
    if bottomCount == 0 { return nil }
    bottomCount &-= 1
    return bottom[bottomCount]
  }

  @inline(__always) private mutating func node(_ event: TimedEvent, before next: Int32) -> Int32 {
    var index = vacant
    if index >= 0 {
      vacant = nodes[Int(index)].next
    } else {
      index = nodeCount
      nodeCount += 1
    }
    nodes[Int(index)] = Node(event: event, next: next)
    return index
  }

  @inline(__always) private mutating func put(_ event: TimedEvent, in rung: Int) {
    let bucket = Int((event.time &- rungs[rung].start) / rungs[rung].width)
    rungs[rung].heads[bucket] = node(event, before: rungs[rung].heads[bucket])
    rungs[rung].counts[bucket] += 1
  }

  private mutating func sortIntoBottom(_ event: TimedEvent) {
    var place = bottomCount
    while place > 0, bottom[place - 1] < event {
      bottom[place] = bottom[place - 1]
      place -= 1
    }
    bottom[place] = event
    bottomCount += 1
  }

  @inline(never) private mutating func fillBottom() {
    while true {
      if rungCount == 0 {
        if topCount == 0 { return }
        let width = (topGreatest - topLeast) / Int64(topCount) + 1
        rungs[0].prepare(
          start: topLeast, width: width, bucketCount: Int((topGreatest - topLeast) / width) + 1)
        rungCount = 1
        spread(top, over: 0)
        topStart = topGreatest
        (top, topCount, topLeast, topGreatest) = (-1, 0, .max, .min)
      }
      let rung = rungCount - 1
      while rungs[rung].current < rungs[rung].bucketCount, rungs[rung].counts[rungs[rung].current] == 0 {
        rungs[rung].current += 1
      }
      if rungs[rung].current == rungs[rung].bucketCount {
        rungCount -= 1
        continue
      }
      let bucket = rungs[rung].current
      let head = rungs[rung].heads[bucket]
      let count = Int(rungs[rung].counts[bucket])
      let start = rungs[rung].currentStart
      rungs[rung].current += 1
      if count > Self.threshold, rungs[rung].width > 1, rungCount < Self.rungLimit {
        let width = max(1, rungs[rung].width / Int64(count))
        rungs[rungCount].prepare(
          start: start, width: width, bucketCount: Int((rungs[rung].width - 1) / width) + 1)
        rungCount += 1
        spread(head, over: rungCount - 1)
      } else {
        sort(head)
        return
      }
    }
  }

  private mutating func spread(_ head: Int32, over rung: Int) {
    var index = head
    while index >= 0 {
      let node = nodes[Int(index)]
      let bucket = Int((node.event.time - rungs[rung].start) / rungs[rung].width)
      nodes[Int(index)].next = rungs[rung].heads[bucket]
      rungs[rung].heads[bucket] = index
      rungs[rung].counts[bucket] += 1
      index = node.next
    }
  }

  private mutating func sort(_ head: Int32) {
    var index = head
    while index >= 0 {
      let node = nodes[Int(index)]
      nodes[Int(index)].next = vacant
      vacant = index
      if bottomCount < Self.threshold {
        sortIntoBottom(node.event)
      } else {
        bottom[bottomCount] = node.event
        bottomCount += 1
      }
      index = node.next
    }
    if bottomCount > Self.threshold {
      var events = UnsafeMutableBufferPointer(start: bottom, count: bottomCount)
      events.sort { $1 < $0 }
    }
  }

  /// Turns a sorted part that has grown too long into a rung.
  private mutating func divideBottom() {
    let (first, last) = (bottom[bottomCount - 1].time, bottom[0].time)
    if first == last || rungCount == Self.rungLimit { return }
    let end = rungCount > 0 ? rungs[rungCount - 1].currentStart - 1 : topStart
    let width = (end - first) / Int64(bottomCount) + 1
    rungs[rungCount].prepare(start: first, width: width, bucketCount: Int((end - first) / width) + 1)
    rungCount += 1
    for index in 0..<bottomCount { put(bottom[index], in: rungCount - 1) }
    bottomCount = 0
  }
}
