import Foundation
import Testing

@testable import Report

@Suite struct `JSON of a report` {
  @Test func `keeps the order of keys and all digits`() throws {
    let value: JSONValue = ["b": .number(0.1 + 0.2), "a": .unsigned(.max), "c": .array([.integer(1), .null])]
    #expect(
      value.text == """
        {
          "b": 0.30000000000000004,
          "a": 18446744073709551615,
          "c": [1, null]
        }

        """)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `writes null for what is no number`(value: Double) {
    #expect(JSONValue.number(value).text == "null\n")
  }

  @Test func `is read by Foundation whatever the text`() throws {
    let nasty = "a\"b\\c\n\u{1}\u{7F}é😀\u{2028}"
    let value: JSONValue = .object([.init(nasty, .string(nasty)), .init("x", .object([])), .init("y", .array([]))])
    let read = try JSONSerialization.jsonObject(with: Data(value.text.utf8)) as? [String: Any]
    #expect(read?[nasty] as? String == nasty)
    #expect(read?.count == 3)
  }

  @Test(arguments: [1e-300, Double.leastNonzeroMagnitude, 1e22, 123_456_789_012_345_680, 1.7976931348623157e308])
  func `reads back the number that was written`(value: Double) throws {
    let text = JSONValue.array([.number(value)]).text
    let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double]
    #expect(read == [value])
  }
}
