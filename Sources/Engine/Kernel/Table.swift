/// Read-only flat memory, shared by all simulations of a program.
///
/// Invariants: `base` points to `count` initialised elements that nobody writes; `owner` keeps them alive.
struct Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private final class Owner {
    let base: UnsafeMutablePointer<Element>
    init(_ elements: [Element]) {
      base = .allocate(capacity: max(elements.count, 1))
      for (offset, element) in elements.enumerated() { (base + offset).initialize(to: element) }
    }
    deinit { base.deallocate() }
  }

  private let owner: Owner
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    owner = Owner(elements)
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
}
