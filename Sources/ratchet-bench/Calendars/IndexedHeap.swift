/// A 4-ary heap that knows where each event stands, so that a cancelled one can be taken out.
///
/// The payload is the event's number, below `capacity`.
struct IndexedHeap: ~Copyable {
  private let base: UnsafeMutablePointer<TimedEvent>
  /// By number: -1 where it does not stand in the heap.
  private let places: UnsafeMutablePointer<Int32>
  private var count = 0

  init(capacity: Int) {
    base = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
    places.initialize(repeating: -1, count: capacity)
  }

  deinit {
    base.deallocate()
    places.deallocate()
  }

  var first: TimedEvent? { count == 0 ? nil : base[0] }

  @inline(__always) mutating func insert(_ event: TimedEvent) {
    count += 1
    siftUp(event, from: count - 1)
  }

  @inline(__always) mutating func pop() -> TimedEvent? {
    if count == 0 { return nil }
    let first = base[0]
    places[Int(first.payload)] = -1
    count -= 1
    if count > 0 { siftDown(base[count], from: 0) }
    return first
  }

  /// Takes the event of this number out, if it stands in the heap.
  @inline(__always) mutating func remove(_ number: Int) {
    let place = Int(places[number])
    if place < 0 { return }
    places[number] = -1
    count -= 1
    if place == count { return }
    let last = base[count]
    if place > 0, last < base[(place - 1) >> 2] {
      siftUp(last, from: place)
    } else {
      siftDown(last, from: place)
    }
  }

  @inline(__always) private func put(_ event: TimedEvent, at place: Int) {
    base[place] = event
    places[Int(event.payload)] = Int32(truncatingIfNeeded: place)
  }

  @inline(__always) private func siftUp(_ event: TimedEvent, from start: Int) {
    var node = start
    while node > 0 {
      let parent = (node - 1) >> 2
      if !(event < base[parent]) { break }
      put(base[parent], at: node)
      node = parent
    }
    put(event, at: node)
  }

  @inline(__always) private func siftDown(_ event: TimedEvent, from start: Int) {
    var node = start
    while true {
      let first = node &* 4 &+ 1
      if first >= count { break }
      var least = first
      if first &+ 3 < count {
        let left = base[first &+ 1] < base[first] ? first &+ 1 : first
        let right = base[first &+ 3] < base[first &+ 2] ? first &+ 3 : first &+ 2
        least = base[right] < base[left] ? right : left
      } else {
        for index in first..<count where base[index] < base[least] { least = index }
      }
      if !(base[least] < event) { break }
      put(base[least], at: node)
      node = least
    }
    put(event, at: node)
  }
}
