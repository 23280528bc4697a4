/// A JSON value whose objects keep the order of their keys.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case unsigned(UInt64)
  /// `null` where it isn't finite, for which JSON has no number.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public let key: String
    public let value: JSONValue
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  public init(_ number: Double?) { self = number.map { .number($0) } ?? .null }
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// An object with a key for each element, in their order.
  public static func map<Element>(_ elements: [Element], _ member: (Element) -> (String, JSONValue)) -> JSONValue {
    .object(elements.map(member).map { Member($0.0, $0.1) })
  }

  /// The members of an object; none of anything else.
  public var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The object with further members.
  public func adding(_ more: [Member]) -> JSONValue { .object(members + more) }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
}
