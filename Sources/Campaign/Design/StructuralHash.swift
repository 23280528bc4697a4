import Sampling

/// A hash of a value's stored properties that is the same in every process, unlike `Hasher`'s.
///
/// It walks the value by reflection, so a property that is added to the model counts without further ado.
struct StructuralHash {
  private(set) var value: UInt64 = 0

  mutating func combine(_ subject: Any) { combine(bits: Self.hash(of: subject)) }

  private mutating func combine(bits: UInt64) {
    value = DrawKey.mix(value &+ 0x9E37_79B9_7F4A_7C15 ^ bits)
  }

  private static func hash(of subject: Any) -> UInt64 {
    switch subject {
    case let text as String: return DrawKey.hash(of: text)
    case let number as Double: return DrawKey.mix(number.bitPattern)
    case let number as any BinaryInteger: return DrawKey.mix(UInt64(truncatingIfNeeded: number))
    default: break
    }
    let mirror = Mirror(reflecting: subject)
    var hash = StructuralHash()
    let children = mirror.children.map { child in
      child.label.map { DrawKey.hash(of: $0) ^ self.hash(of: child.value) } ?? self.hash(of: child.value)
    }
    // A case without a payload, and an empty collection, have nothing but their text.
    if children.isEmpty { hash.combine(bits: DrawKey.hash(of: String(describing: subject))) }
    // A set or a dictionary lists its elements in an order that changes from process to process.
    let isUnordered = mirror.displayStyle == .set || mirror.displayStyle == .dictionary
    for child in isUnordered ? children.sorted() : children { hash.combine(bits: child) }
    return hash.value
  }
}
