import Model
import Testing

@testable import ModelFile

/// Mutations: a product that binds no stronger than a sum; differences taken from the right; `and` weaker than `or`; a
/// percentage read as a number; `clamp` with its ends exchanged.
@Suite struct `Rules of steering` {
  private func rule(_ text: String) -> SteeringRule? { RuleReading.read(text).rule }
  private func said(_ text: String) -> [String] { RuleReading.read(text).diagnostics.map(\.message) }

  @Test(arguments: [
    ("load", "load"),
    ("1 + 2 * 3", "(1.0 + (2.0 * 3.0))"),
    ("(1 + 2) * 3", "((1.0 + 2.0) * 3.0)"),
    ("8 - 4 - 2", "((8.0 - 4.0) - 2.0)"),
    ("8 / 4 / 2", "((8.0 / 4.0) / 2.0)"),
    ("8 / 4 * 2", "((8.0 / 4.0) * 2.0)"),
    ("-load * 2", "(-load * 2.0)"),
    ("1 - -load", "(1.0 - -load)"),
    ("- - 1", "--1.0"),
    ("error-ratio - timeout-ratio", "(error-ratio - timeout-ratio)"),
    ("(load)-(1)", "(load - 1.0)"),
    ("throughput/cost+1", "((throughput / cost) + 1.0)"),
    ("min(load 1)", "(load min 1.0)"),
    ("max(load 1 cost)", "((load max 1.0) max cost)"),
    ("abs(load - 1)", "|(load - 1.0)|"),
    ("clamp(load 10% 90%)", "((load max 0.1) min 0.9)"),
    ("max(-load (1 - load))", "(-load max (1.0 - load))"),
    ("max(if load > 1 then 0 else 1 2)", "((load > 1.0 ? 0.0 : 1.0) max 2.0)"),
    ("alpha.load / east-2.load", "(alpha.load / east-2.load)"),
    ("3cdn.load + 3", "(3cdn.load + 3.0)"),
    ("if.min", "if.unknown"),
    ("highest(throughput / cost)", "highest((throughput / cost))"),
    ("throughput / total(throughput * mean(load))", "(throughput / total((throughput * mean(load))))"),
    ("if error-ratio > 5% then 0 else throughput / cost", "(error-ratio > 0.05 ? 0.0 : (throughput / cost))"),
    (
      "if load > 1 then 0 else if load > 50% then 1 else 2",
      "(load > 1.0 ? 0.0 : (load > 0.5 ? 1.0 : 2.0))"
    ),
    (
      "if load > 1 or age < 1 and not reports == 0 then 1 else 0",
      "((load > 1.0 or (age < 1.0 and not reports == 0.0)) ? 1.0 : 0.0)"
    ),
    (
      "if (load > 1 or age < 1) and share != 0 then 1 else 0",
      "(((load > 1.0 or age < 1.0) and share != 0.0) ? 1.0 : 0.0)"
    ),
    ("if load + 1 <= 2 * age then 1 else 0", "((load + 1.0) <= (2.0 * age) ? 1.0 : 0.0)"),
    ("2 * (if load >= 1 then 1 else 2)", "(2.0 * (load >= 1.0 ? 1.0 : 2.0))"),
  ])
  func `bind as they are read`(text: String, meaning: String) throws {
    // `if.min` names a CDN by a word of the language: what comes after the point decides.
    guard meaning != "if.unknown" else {
      #expect(said("if.min") == ["unknown signal `min`"])
      return
    }
    #expect(try #require(rule(text)).weight.written == meaning)
    #expect(try #require(rule(text)).text == text)
  }

  @Test(arguments: [
    ("5", 5), ("0.25", 0.25), ("1e-3", 0.001), ("5%", 0.05), ("99.9%", 0.999), ("120%", 1.2), ("250ms", 0.25),
    ("2min", 120), ("1h", 3600), ("7us", 7e-6), ("5Mbps", 5e6), ("1.5Gbps", 1.5e9), ("64kbps", 64_000), ("9bps", 9),
    ("2TB", 2e12), ("1GiB", 1_073_741_824), ("3B", 3),
  ])
  func `have the units of the language`(text: String, value: Double) throws {
    #expect(try #require(rule(text)).weight == .constant(value))
  }

  @Test(arguments: SteeringRule.Signal.allCases)
  func `know every signal`(signal: SteeringRule.Signal) throws {
    #expect(try #require(rule(signal.rawValue)).weight == .signal(signal, of: nil))
    #expect(try #require(rule("alpha.\(signal.rawValue)")).weight == .signal(signal, of: "alpha"))
  }

  @Test func `are one scalar of a flow mapping`() throws {
    let text = "if error-ratio > 5% or alpha.load >= 90% then 0 else max(throughput / cost 1Mbps)"
    let file = SourceFile(path: "m.yaml", text: "steering: {rule: \(text), ttl: 5min}\n")
    var diagnostics: [Diagnostic] = []
    let root = YAMLReader.read(file, diagnostics: &diagnostics)
    #expect(root?["steering"]?["rule"]?.phrase?.text == text)
    #expect(diagnostics.isEmpty)
  }

  @Test func `have limits of length and depth`() {
    let depth = RuleText.depthLimit
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
    }
    #expect(rule(nested(depth - 1)) != nil)
    #expect(said(nested(depth)) == ["this is nested more than 32 levels deep"])
    #expect(said(String(repeating: "-", count: 1000) + "1") == ["this is nested more than 32 levels deep"])
    let long = "1" + String(repeating: " + 1", count: 499)
    #expect(rule(long + "   ") != nil)
    #expect(said(long + "    ") == ["a rule has at most 2000 characters"])
  }

  @Test func `of any letters are refused with a reason or understood`() {
    let pieces = [
      "(", ")", "if", "then", "else", "-", " ", "load", "5%", "alpha.", ",", "and", "not", "min", "<", "é", ".",
    ]
    var state: UInt64 = 1
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<9 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      let (rule, diagnostics) = RuleReading.read(text)
      #expect((rule == nil) == !diagnostics.isEmpty, "\(text)")
    }
  }
}

/// Reads rules as they stand in the first line of a file.
enum RuleReading {
  static let cdns = ["alpha", "beta", "east-2", "3cdn", "if"]

  /// The rule of a text, and what was said of it.
  static func read(_ text: String) -> (rule: SteeringRule?, diagnostics: [Diagnostic]) {
    let file = SourceFile(path: "m.yaml", text: text)
    let place = SourceLocation(file: file, line: 1, column: 1, length: text.unicodeScalars.count)
    let root = Node(content: .mapping([]), location: place)
    let decoding = Decoding(names: Names(of: root), reader: .memory([:]))
    let rule = decoding.steeringRule(Phrase(text: text, location: place, isVerbatim: true), cdns: cdns)
    return (rule, decoding.diagnostics)
  }
}

extension SteeringRule.Value {
  /// With parentheses around all that is joined.
  var written: String {
    switch self {
    case .constant(let number): "\(number)"
    case .signal(let signal, of: nil): signal.rawValue
    case .signal(let signal, of: .some(let name)): "\(name).\(signal.rawValue)"
    case .negative(let value): "-\(value.written)"
    case .magnitude(let value): "|\(value.written)|"
    case .arithmetic(let left, let sign, let right): "(\(left.written) \(sign.rawValue) \(right.written))"
    case .choice(let condition, then: let yes, else: let no):
      "(\(condition.written) ? \(yes.written) : \(no.written))"
    case .overall(let summary, let value): "\(summary.rawValue)(\(value.written))"
    }
  }
}

extension SteeringRule.Condition {
  var written: String {
    switch self {
    case .comparison(let left, let comparison, let right):
      "\(left.written) \(comparison.rawValue) \(right.written)"
    case .not(let condition): "not \(condition.written)"
    case .and(let left, let right): "(\(left.written) and \(right.written))"
    case .or(let left, let right): "(\(left.written) or \(right.written))"
    }
  }
}
