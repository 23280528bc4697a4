extension JSONValue {
  /// The text, indented by two spaces a level, with a line feed at the end; numbers with all their digits.
  public var text: String {
    var text = ""
    write(to: &text, indent: "\n")
    return text + "\n"
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quote(value, to: &text)
    case .array(let items):
      let isFlat = items.allSatisfy(\.isScalar)
      Self.writeList(items, "[", "]", to: &text, indent: indent, isFlat: isFlat) { item, text, indent in
        item.write(to: &text, indent: indent)
      }
    case .object(let members):
      Self.writeList(members, "{", "}", to: &text, indent: indent, isFlat: false) { member, text, indent in
        Self.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item], _ opening: String, _ closing: String, to text: inout String, indent: String, isFlat: Bool,
    _ write: (Item, inout String, String) -> Void
  ) {
    let inner = indent + "  "
    text += opening
    for (place, item) in items.enumerated() {
      if place > 0 { text += isFlat ? ", " : "," }
      if !isFlat { text += inner }
      write(item, &text, inner)
    }
    if !isFlat, !items.isEmpty { text += indent }
    text += closing
  }

  private var isScalar: Bool {
    switch self {
    case .null, .bool, .integer, .unsigned, .number, .string: true
    case .array, .object: false
    }
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case let control where control.value < 0x20:
        let digits = String(control.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
