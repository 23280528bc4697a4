import Testing

@testable import ModelFile

@Suite struct `A rule that isn't understood` {
  struct Case: CustomTestStringConvertible {
    let text: String
    /// `^` below what is pointed at.
    let carets: String
    let says: String
    let hint: String?
    var id = DiagnosticID.badRule
    var testDescription: String { text }
  }

  @Test(arguments: names + signs + kinds + structure)
  func `says where, what, and what would be right`(fault: Case) throws {
    let (rule, all) = RuleReading.read(fault.text)
    #expect(rule == nil)
    try #require(all.count == 1)
    #expect(all[0].id == fault.id)
    #expect(all[0].message == fault.says)
    #expect(all[0].suggestion == fault.hint)
    let location = try #require(all[0].location)
    let carets = String(repeating: " ", count: location.column - 1) + String(repeating: "^", count: location.length)
    #expect(carets == fault.carets)
  }

  @Test func `says all that is wrong with its names and kinds`() {
    let all = RuleReading.read("if lode > 1 then gamma.load else (load > 1) + cots").diagnostics
    #expect(
      all.map { "\($0.location?.column ?? 0) \($0.message)" } == [
        "4 unknown signal `lode`", "18 unknown CDN `gamma`", "47 unknown signal `cots`",
        "34 a number is needed here, and this is a condition",
      ])
  }

  @Test func `says that a hyphen at its end belongs to a name`() {
    let all = RuleReading.read("load- 1").diagnostics
    #expect(all.map(\.message) == ["unknown signal `load-`", "an operator is missing before `1`"])
    #expect(all.first?.suggestion == "did you mean `load - …`?")
  }

  static let names = [
    Case(
      text: "1 + eror-ratio", carets: "    ^^^^^^^^^^", says: "unknown signal `eror-ratio`",
      hint: "did you mean `error-ratio`?"),
    Case(
      text: "zzz", carets: "^^^", says: "unknown signal `zzz`",
      hint: """
        expected `age`, `cost`, `egress`, `error-ratio`, `first-byte`, `hit-ratio`, `load`, `origin-errors`, \
        `rebuffering`, `reports`, `sessions`, `share`, `start-failures`, `throughput`, `timeout-ratio` or `weight`
        """),
    Case(
      text: "1 - betta.load", carets: "    ^^^^^", says: "unknown CDN `betta`", hint: "did you mean `beta`?",
      id: .unknownCDN),
    Case(
      text: "alpha", carets: "^^^^^", says: "`alpha` is a CDN: which of its signals?",
      hint: "such as `alpha.load`"),
    Case(
      text: "alpha.laod", carets: "      ^^^^", says: "unknown signal `laod`", hint: "did you mean `load`?"),
    Case(
      text: "1 + maximum(1 2)", carets: "    ^^^^^^^", says: "`maximum` is not a function of rules",
      hint: "expected `abs`, `clamp`, `highest`, `lowest`, `max`, `mean`, `min` or `total`"),
    Case(
      text: "error-ratio-timeout-ratio", carets: "^^^^^^^^^^^^^^^^^^^^^^^^^",
      says: "unknown signal `error-ratio-timeout-ratio`", hint: "did you mean `error-ratio - timeout-ratio`?"),
    Case(text: "load-1", carets: "^^^^^^", says: "unknown signal `load-1`", hint: "did you mean `load - 1`?"),
  ]

  static let signs = [
    Case(
      text: "load -1", carets: "     ^", says: "a minus needs a blank on both sides: hyphens belong to names",
      hint: "`… - 1`, or `(-1)` for a negative value"),
    Case(
      text: "max(load -share)", carets: "         ^",
      says: "a minus needs a blank on both sides: hyphens belong to names",
      hint: "`… - share`, or `(-share)` for a negative value"),
    Case(
      text: "1-load", carets: " ^", says: "a minus needs a blank on both sides: hyphens belong to names",
      hint: "`… - load`, or `(-load)` for a negative value"),
    Case(
      text: "max(load, share)", carets: "        ^", says: "values are separated by blanks, not by commas", hint: nil),
    Case(
      text: "if load = 1 then 1 else 0", carets: "        ^", says: "`=` has no meaning in a rule",
      hint: "did you mean `==`?"),
    Case(
      text: "if load > 1 && age > 1 then 1 else 0", carets: "            ^^", says: "`&&` has no meaning in a rule",
      hint: "did you mean `and`?"),
    Case(
      text: "load > 1 ? 0 : 1", carets: "         ^", says: "`?` has no meaning in a rule",
      hint: "did you mean `if … then … else …`?"),
    Case(text: "load ** 2", carets: "     ^", says: "`*` has no meaning in a rule", hint: nil),
    Case(text: "load ^ 2", carets: "     ^", says: "`^` has no meaning in a rule", hint: nil),
    Case(
      text: "load > 5m", carets: "        ^", says: "`m` may be minutes or months", hint: "did you mean `5min`?",
      id: .ambiguousUnit),
    Case(
      text: "load > 5mbps", carets: "        ^^^^", says: "`mbps` is not a unit", hint: "did you mean `5Mbps`?",
      id: .wrongUnit),
    Case(
      text: "load > 5furlongs", carets: "        ^^^^^^^^", says: "`furlongs` is not a unit",
      hint: "expected one such as `%`, `ms`, `Mbps` or `GB`", id: .wrongUnit),
  ]

  static let kinds = [
    Case(
      text: "error-ratio > 5%", carets: "^^^^^^^^^^^^^^^^",
      says: "a rule gives a weight, which is a number, and this is a condition",
      hint: "such as `if … then 1 else 0`"),
    Case(
      text: "1 + (load > 1)", carets: "    ^^^^^^^^^^", says: "a number is needed here, and this is a condition",
      hint: "such as `(if … then 1 else 0)`"),
    Case(
      text: "if load then 1 else 0", carets: "   ^^^^", says: "a condition is needed here, and this is a number",
      hint: "such as `… > 5%`"),
    Case(
      text: "if load > 1 and share then 1 else 0", carets: "                ^^^^^",
      says: "a condition is needed here, and this is a number", hint: "such as `… > 5%`"),
    Case(
      text: "if 0 < load < 1 then 1 else 0", carets: "            ^", says: "a comparison has two sides",
      hint: "join two of them with `and`"),
    Case(
      text: "mean(load > 1)", carets: "     ^^^^^^^^", says: "a number is needed here, and this is a condition",
      hint: "such as `(if … then 1 else 0)`"),
  ]

  static let structure = [
    Case(text: "(load + 1", carets: "^", says: "the parenthesis that closes this one is missing", hint: nil),
    Case(text: "load + 1)", carets: "        ^", says: "this parenthesis closes nothing", hint: nil),
    Case(text: "load +", carets: "^^^^^^", says: "the rule ends where a value is missing", hint: nil),
    Case(text: "load + * 2", carets: "       ^", says: "a value is missing before `*`", hint: nil),
    Case(text: "()", carets: " ^", says: "a value is missing before `)`", hint: nil),
    Case(text: "load share", carets: "     ^^^^^", says: "an operator is missing before `share`", hint: nil),
    Case(text: "5 ms", carets: "  ^^", says: "an operator is missing before `ms`", hint: nil),
    Case(
      text: "if load > 1 then 2", carets: "^^", says: "the `else` of this `if` is missing",
      hint: "expected `if … then … else …`"),
    Case(
      text: "if load > 1 else 2", carets: "^^", says: "the `then` of this `if` is missing",
      hint: "expected `if … then … else …`"),
    Case(text: "1 else 2", carets: "  ^^^^", says: "this `else` belongs to no `if`", hint: nil),
    Case(
      text: "2 * if load > 1 then 1 else 2", carets: "    ^^",
      says: "an `if` within an expression needs parentheses around it",
      hint: "such as `2 * (if … then … else …)`"),
    Case(
      text: "if load == not age then 1 else 2", carets: "           ^^^",
      says: "`not` begins a condition, and a value is needed here", hint: "such as `(not a > b)`"),
    Case(
      text: "min", carets: "^^^", says: "`min` needs its values in parentheses", hint: "such as `min(…)`"),
    Case(
      text: "1 + min(load)", carets: "    ^^^^^^^^^", says: "`min` is written `min(a b)`, with two values or more",
      hint: nil),
    Case(text: "clamp(load 1)", carets: "^^^^^^^^^^^^^", says: "`clamp` is written `clamp(value from to)`", hint: nil),
    Case(text: "mean(load 1)", carets: "^^^^^^^^^^^^", says: "`mean` is written `mean(a)`, with one value", hint: nil),
    Case(text: "abs()", carets: "^^^^^", says: "`abs` is written `abs(a)`, with one value", hint: nil),
    Case(
      text: "max(load 1", carets: "   ^", says: "the parenthesis that closes this one is missing", hint: nil),
  ]
}
