/// The pending events in the order of (time, class, sequence): a heap, and beyond a few thousand events a hot queue.
///
/// Up to `threshold` entries all stand in the heap. Where it overflows, they are spread over buckets of time, and from then
/// on the heap has only the first bucket: a later event is put down unsorted, and the next bucket is poured into the heap
/// once that is empty. When a quarter of the threshold is left, all go back into the heap. As the heap alone decides who is
/// next, the order does not depend on where an entry stood.
///
/// One source whose every event schedules its next one, such as a stream of arrivals, may keep that aside: then it is not
/// moved through the heap, but compared with the heap's first.
///
/// B. V. Cherkassky, A. V. Goldberg and C. Silverstein, "Buckets, heaps, lists, and monotone priority queues", SIAM Journal
/// on Computing 28(4), 1999 (hot queues).
/// - Complexity: O(log n) for a pop and a push up to the threshold, about O(1) beyond; amortised O(log n) at worst.
struct Calendar: ~Copyable {
  /// A bucket of more entries is divided before it is poured.
  private static var bucketSize: Int { 32 }

  private let threshold: Int
  private var heap: EventHeap
  private var buckets = EventBuckets()
  /// The last instant whose entries stand in the heap.
  private var heapEnd = UInt64.max
  private var sequence: UInt64 = 0
  /// What is kept aside; after everything where nothing is.
  private var aside = EventHeap.beyond

  /// - Parameter threshold: up to how many entries the heap alone is faster: measured in `ratchet-bench --calendars`.
  init(threshold: Int = 2048) {
    precondition(threshold > 0, "the heap holds at least one entry")
    self.threshold = threshold
    heap = EventHeap(capacity: threshold)
  }

  var isEmpty: Bool { heap.isEmpty && buckets.count == 0 && !holdsAside }
  /// Whether something is kept aside.
  var holdsAside: Bool { aside < EventHeap.beyond }
  /// Whether later entries stand in buckets.
  var usesBuckets: Bool { heapEnd != .max }
  /// How many entries there is memory for.
  var capacity: Int { heap.capacity + buckets.capacity }

  mutating func removeAll() {
    heap.removeAll()
    buckets.removeAll()
    heapEnd = .max
    sequence = 0
    aside = EventHeap.beyond
  }

  /// The key's second half for something of this class that is scheduled now.
  @inline(always) mutating func nextOrder(_ eventClass: EventClass) -> UInt64 {
    sequence &+= 1
    return eventClass.rawValue << 62 | sequence
  }

  /// The first of so many orders of a class, which stand for things that are scheduled now and inserted one by one.
  mutating func nextOrders(_ eventClass: EventClass, count: Int) -> UInt64 {
    let first = eventClass.rawValue << 62 | (sequence + 1)
    sequence += UInt64(count)
    return first
  }

  @inline(always) mutating func schedule(
    _ payload: EventPayload, at time: Int64, _ eventClass: EventClass
  ) {
    let order = nextOrder(eventClass)
    insert(CalendarEntry(time: time, order: order, payload: payload))
  }

  /// Inserts the next event of the one source that has it kept aside, where nothing is now.
  @inline(always) mutating func keepAside(_ entry: CalendarEntry) { aside = entry }

  @inline(always) mutating func insert(_ entry: CalendarEntry) {
    if entry.instant > heapEnd || !heap.insert(entry) { insertBeyondHeap(entry) }
  }

  @inline(always) mutating func pop() -> CalendarEntry? {
    if let entry = heap.pop(before: aside) { return entry }
    return popBesideHeap()
  }

  /// An entry of the far future, or one too many for the heap.
  @inline(never) private mutating func insertBeyondHeap(_ entry: CalendarEntry) {
    if entry.instant <= heapEnd {
      heap.spill(into: &buckets)
      if heap.count > 0 {
        heapEnd = buckets.start - 1
      } else {
        refill()
      }
      heap.reserve(max(threshold, 2 * heap.count))
    }
    if entry.instant > heapEnd {
      buckets.insert(entry)
    } else if !heap.insert(entry) {
      preconditionFailure("the heap has room once it has been spilt")
    }
  }

  /// The heap has nothing that comes before what is kept aside.
  @inline(always) private mutating func popBesideHeap() -> CalendarEntry? {
    if heap.count == 0, buckets.count > 0 { return popFromBuckets() }
    if !holdsAside { return nil }
    let entry = aside
    aside = EventHeap.beyond
    return entry
  }

  @inline(never) private mutating func popFromBuckets() -> CalendarEntry? {
    refill()
    if let entry = heap.pop(before: aside) { return entry }
    let entry = aside
    aside = EventHeap.beyond
    return entry
  }

  /// The heap is empty: the first bucket is poured into it, or all that is left.
  private mutating func refill() {
    if buckets.count <= threshold / 4 {
      buckets.pourAll(into: &heap)
      heapEnd = .max
    } else {
      heapEnd = buckets.pourFirst(into: &heap, few: Self.bucketSize)
    }
    heap.order()
    heap.reserve(max(threshold, 2 * heap.count))
  }
}
