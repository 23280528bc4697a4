/// Flat memory that is read only, shared by all simulations of a program; or a copy of it, which one of them changes.
///
/// Invariants: `base` points to `count` initialised elements, which `owner` keeps alive, and which nobody writes but
/// `change` and `restore`; these are for copies alone, each of which one simulation has for itself.
struct Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private final class Owner {
    let base: UnsafeMutablePointer<Element>
    let isCopy: Bool
    init(_ elements: [Element], isCopy: Bool) {
      self.isCopy = isCopy
      base = .allocate(capacity: max(elements.count, 1))
      for (offset, element) in elements.enumerated() { (base + offset).initialize(to: element) }
    }
    deinit { base.deallocate() }
  }

  private let owner: Owner
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) { self.init(elements, isCopy: false) }

  private init(_ elements: [Element], isCopy: Bool) {
    owner = Owner(elements, isCopy: isCopy)
    base = owner.base
    count = elements.count
  }

  @inline(always) subscript(index: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "table index out of range")
      return UnsafePointer(base + index)
    }
  }

  @inline(always) subscript(index: Int32) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "table index out of range")
      return UnsafePointer(base + Int(index))
    }
  }

  /// Where an element stands, for several looks at it: valid as long as the table.
  @inline(always) func at(_ index: Int32) -> UnsafePointer<Element> {
    precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "table index out of range")
    return UnsafePointer(base + Int(index))
  }

  /// A table that its holder may change.
  func copy() -> Table { Table((0..<count).map { self[$0] }, isCopy: true) }

  /// Changes an element of a copy.
  func change(_ index: Int32, _ body: (inout Element) -> Void) {
    precondition(owner.isCopy, "changing a shared table")
    precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "table index out of range")
    body(&base[Int(index)])
  }

  /// Makes a copy again what it was made from.
  func restore(from original: Table) {
    precondition(owner.isCopy && original.count == count, "restoring another table")
    base.update(from: original.base, count: count)
  }
}
