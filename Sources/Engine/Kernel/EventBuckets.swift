/// Events of the far future, unsorted in buckets of time: multi-level buckets of 64 a level.
///
/// An entry stands on the level of the highest digit, to base 64, in which its time differs from `start`, in the bucket of
/// that digit. So each bucket covers an interval of time; those of a level are in order; and all of a level come before
/// all of the next. No width is to be chosen, and an entry moves down through at most 11 levels, whatever its time.
///
/// A bucket is a list of chunks that are reused.
///
/// E. V. Denardo and B. L. Fox, "Shortest-route methods: 1. Reaching, pruning, and buckets", Operations Research 27(1),
/// 1979.
/// - Complexity: O(1) for an insertion.
struct EventBuckets: ~Copyable {
  struct Bucket: BitwiseCopyable {
    /// The place after its last entry; 0 in an empty bucket.
    var end: Int32 = 0
    var count: Int32 = 0
  }
  private static var digitBits: Int { 6 }
  private static var width: Int { 1 << digitBits }
  private static var levelCount: Int { (UInt64.bitWidth + digitBits - 1) / digitBits }
  /// Entries a chunk.
  private static var chunkSize: Int { 32 }

  // Room for eight times what the heap holds before there is anything here; untouched, it is memory in name only.
  private var entries = Slab<CalendarEntry>(capacity: 1 << 14)
  /// A chunk: the end of the one before in its bucket, or 0. A vacant chunk: the next vacant one, or -1.
  private var links = Slab<Int32>(capacity: 1 << 9)
  private var firstVacant: Int32 = -1
  private var buckets = Slab(repeating: Bucket(), count: levelCount * width)
  /// Bit n of a level's word is set where its bucket n has entries.
  private var occupied = Slab<UInt64>(repeating: 0, count: levelCount)
  /// Bit n is set where level n has entries.
  private var occupiedLevels: UInt64 = 0
  private(set) var count = 0
  /// No entry's time is below this one.
  private(set) var start: UInt64 = 0

  /// How many entries the chunks have places for.
  var capacity: Int { entries.count }

  mutating func removeAll() {
    entries.removeAll()
    links.removeAll()
    firstVacant = -1
    buckets.fill(with: Bucket())
    occupied.fill(with: 0)
    occupiedLevels = 0
    count = 0
    start = 0
  }

  /// From now on no time below this one is inserted, or below `start` where that is later; returns the later one.
  ///
  /// The entries stay in their buckets: no level may be occupied below the highest digit in which both times differ.
  mutating func advance(to time: UInt64) -> UInt64 {
    start = count == 0 ? time : max(start, time)
    return start
  }

  /// - Precondition: Its time is not below `start`, nor in a bucket that has been poured.
  @inline(always) mutating func insert(_ entry: CalendarEntry) {
    let time = entry.instant
    let level = (63 &- ((time ^ start) | 1).leadingZeroBitCount) / Self.digitBits
    let digit = Int(truncatingIfNeeded: time &>> UInt64(level &* Self.digitBits)) & (Self.width &- 1)
    let index = level &* Self.width &+ digit
    var bucket = buckets[index]
    if bucket.end & Int32(Self.chunkSize &- 1) == 0 {
      bucket.end = takeChunk(after: bucket.end)
      occupied[level] |= 1 &<< UInt64(digit)
      occupiedLevels |= 1 &<< UInt64(level)
    }
    entries[bucket.end] = entry
    bucket.end &+= 1
    bucket.count &+= 1
    buckets[index] = bucket
    count &+= 1
  }

  /// Moves the earliest bucket into an empty heap; one of more than `few` entries is divided first, if it can be.
  ///
  /// - Returns: the last instant that it covers.
  mutating func pourFirst(into heap: inout EventHeap, few: Int) -> UInt64 {
    while true {
      let level = occupiedLevels.trailingZeroBitCount
      let digit = occupied[level].trailingZeroBitCount
      let shift = UInt64(level * Self.digitBits)
      let above = shift + UInt64(Self.digitBits)
      let first = (start >> above) << above | UInt64(digit) << shift
      start = first
      let bucket = take(level: level, digit: digit)
      if level == 0 || Int(bucket.count) <= few {
        pour(bucket, into: &heap)
        return first | ((1 << shift) - 1)
      }
      divide(bucket)
    }
  }

  mutating func pourAll(into heap: inout EventHeap) {
    while occupiedLevels != 0 {
      let level = occupiedLevels.trailingZeroBitCount
      pour(take(level: level, digit: occupied[level].trailingZeroBitCount), into: &heap)
    }
  }

  private mutating func take(level: Int, digit: Int) -> Bucket {
    let bucket = buckets[level * Self.width + digit]
    buckets[level * Self.width + digit] = Bucket()
    occupied[level] &= ~(1 << UInt64(digit))
    if occupied[level] == 0 { occupiedLevels &= ~(1 << UInt64(level)) }
    count -= Int(bucket.count)
    return bucket
  }

  private mutating func pour(_ bucket: Bucket, into heap: inout EventHeap) {
    heap.reserve(heap.count + Int(bucket.count))
    var end = Int(bucket.end)
    while end > 0 {
      let chunk = (end - 1) / Self.chunkSize
      for index in chunk * Self.chunkSize..<end { heap.append(entries[index]) }
      end = giveBack(chunk)
    }
  }

  /// Spreads the entries over the levels below.
  private mutating func divide(_ bucket: Bucket) {
    var end = Int(bucket.end)
    while end > 0 {
      let chunk = (end - 1) / Self.chunkSize
      for index in chunk * Self.chunkSize..<end { insert(entries[index]) }
      end = giveBack(chunk)
    }
  }

  /// The first place of a chunk that is linked to the one that ends there.
  @inline(never) private mutating func takeChunk(after end: Int32) -> Int32 {
    if firstVacant < 0 { addChunks() }
    let chunk = firstVacant
    firstVacant = links[chunk]
    links[chunk] = end
    return chunk * Int32(Self.chunkSize)
  }

  /// Doubles the number of chunks.
  private mutating func addChunks() {
    let vacant = CalendarEntry(time: 0, order: 0, payload: EventPayload(.boundary, 0))
    for _ in 0..<max(links.count, 64) {
      links.append(firstVacant)
      firstVacant = Int32(links.count - 1)
      for _ in 0..<Self.chunkSize { entries.append(vacant) }
    }
  }

  /// The chunk is vacant from now on; where the one before it in the bucket ends.
  private mutating func giveBack(_ chunk: Int) -> Int {
    let end = links[chunk]
    links[chunk] = firstVacant
    firstVacant = Int32(chunk)
    return Int(end)
  }
}
