/// The order in which a cache evicts: a doubly linked list through its entries.
extension ObjectCache {
  /// Beside the entries, and not in them: a hit touches three links, and eight of them fit in a cache line.
  struct Links: BitwiseCopyable {
    var older: Int32 = -1
    /// Of a vacant entry: the next vacant one.
    var newer: Int32 = -1
  }

  /// Makes an entry that is in no list the newest.
  @inline(always) mutating func append(_ entry: Int32) {
    links[entry] = Links(older: newest, newer: -1)
    if newest >= 0 { links[newest].newer = entry } else { oldest = entry }
    newest = entry
  }

  @inline(always) mutating func unlink(_ entry: Int32) {
    let neighbours = links[entry]
    if neighbours.older >= 0 { links[neighbours.older].newer = neighbours.newer } else { oldest = neighbours.newer }
    if neighbours.newer >= 0 { links[neighbours.newer].older = neighbours.older } else { newest = neighbours.older }
  }

  @inline(always) mutating func promote(_ entry: Int32) {
    if entry == newest { return }
    unlink(entry)
    append(entry)
  }
}
