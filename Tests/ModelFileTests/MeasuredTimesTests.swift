import Model
import Sampling
import Testing

@testable import ModelFile

@Suite struct `Measured times` {
  private let text = Base.queue.text.replacingFirst("exponential(mean=1s)", with: "empirical(t.csv column=ms unit=ms)")

  private func work(_ csv: String, _ expression: String = "t.csv column=ms unit=ms") throws -> Step? {
    let text = text.replacingFirst("t.csv column=ms unit=ms", with: expression)
    return try model(text, files: ["t.csv": csv]).service("desk").endpoint("serve").steps.first
  }

  private func said(of csv: String) -> [String] {
    errors(in: text, files: ["t.csv": csv]).map {
      "\($0.location?.shortDescription ?? "") \($0.id.rawValue): \($0.message)"
    }
  }

  // RFC 4180, section 2: rules 5 to 7 are about quoted fields.
  @Test(arguments: [
    "at,ms\n0,2\n1,4\n", "\"at\",\"ms\"\r\n\"0\",\"2\"\r\n\"1\",\"4\"", "where,ms\n\"a, b\",2\n\"c, 9\",4",
    "where,ms\n\"a \"\"b\"\", c\",2\n\"\",4", "\"where\nand, when\",ms\n\"a\n7,7\",2\n\nb,4\n\n",
    " at , \"ms\" \n 0 , \"2\" \n1,\t4 \n", "ms,,\n2,,\n4,,\n",
  ])
  func `are read by the rules of CSV`(csv: String) throws {
    let source = "t.csv column=ms unit=ms"
    #expect(try work(csv) == Step(.work(try .empirical([0.002, 0.004], source: source))))
  }

  @Test(arguments: ["2\n4\n", "ms\n2\n4\n", "\"ms\",\"at\"\n\"2\",8\n\"4\",9\n"])
  func `are the first column's where none is named`(csv: String) throws {
    #expect(try work(csv, "t.csv unit=ms") == Step(.work(try .empirical([0.002, 0.004], source: "t.csv unit=ms"))))
  }

  @Test(arguments: [
    ("at,ms\n0,2\n1,4,5\n", "t.csv:3 bad-parameter: this row has 3 fields, but the first row, in line 1, has 2 fields"),
    (
      "at,ms\n\n\"0\n\",2\n1",
      "t.csv:5 bad-parameter: this row has 1 field, but the first row, in line 1, has 2 fields"
    ),
    ("ms,at,ms\n0,2,3\n", "t.csv:1 bad-parameter: two columns have the name `ms`"),
    ("at,\"ms\n1,2\n", "t.csv:1 bad-parameter: a quoted field has no end"),
    ("at,ms\n\"1\"0,2\n", "t.csv:2 bad-parameter: a quoted field goes on behind its closing mark"),
    ("at,ms\n1\"0\",2\n", "t.csv:2 bad-parameter: a field with a quotation mark has to be quoted as a whole"),
    ("at,ms\n1,2\n,\n", "t.csv:3 bad-parameter: `` is not a time"),
    ("at,ms\n1,\"1,5\"\n", "t.csv:2 bad-parameter: `1,5` is not a time"),
    ("at,ms\n1,-1\n", "t.csv:2 bad-parameter: `-1` is not a time"),
    ("at,ms\n1,0x10\n", "t.csv:2 bad-parameter: `0x10` is not a time"),
    ("at,ms\n1,nan\n", "t.csv:2 bad-parameter: `nan` is not a time"),
    ("at,ms\n1,4.62e12\n", "t.csv:2 bad-parameter: `4.62e12ms` is longer than the 146 years a clock can show"),
    ("at,ms\n1,1e999\n", "t.csv:2 bad-parameter: `1e999ms` is longer than the 146 years a clock can show"),
    ("ms\n", "model.yaml:11 bad-parameter: `t.csv` has no times in it"),
  ])
  func `are refused where they may be misread`(csv: String, message: String) {
    #expect(said(of: csv) == [message])
  }

  @Test func `are refused for a first line that is neither a header nor a time`() {
    let text = text.replacingFirst("t.csv column=ms unit=ms", with: "t.csv unit=ms")
    #expect(errors(in: text, files: ["t.csv": "2x\n4\n"]).map(\.message) == ["`2x` is not a time"])
  }
}
