import Model

/// The state of decoding one document: where it is, what was wrong, what was assumed.
///
/// Confined to the call of `load` that made it.
final class Decoding {
  /// The names that the documents declare.
  let names: Names
  private(set) var diagnostics: [Diagnostic] = []
  private var diagnosticCounts: [Diagnostic.Severity: Int] = [:]
  fileprivate var unknownKeys: Set<SourceLocation> = []
  private(set) var explanation: [Explanation.Entry] = []
  /// Who calls whom, as far as it could be decoded.
  var calls = CallGraph()
  /// When a replication begins to be measured and when it ends, once it is known.
  var time: TimeFrame?
  /// The faults of the scenario, by name; nil where there is no scenario.
  var faults: [String]?
  /// The model beside which the scenario stands, for faults that set some of its values; nil where there is none.
  var base: ChangeableModel?
  /// How much media a segment has, once it is known.
  var segment: SimulationDuration?
  /// What was recorded of one title, where the ladder says so.
  var recording: TitleRecording?
  /// The end of a replication, once it is known.
  var horizon: SimulationDuration? { time?.horizon }
  /// Whether it is of a scenario that has neither faults nor failures of its own.
  var isUnbroken = false
  /// The hypotheses of the scenario, by name.
  var hypotheses: [String] = []
  /// The sabotages of the scenario, as they are decoded, faulty ones with what could be read.
  var sabotages: [SabotageText] = []
  /// The variants of the campaign that could be read.
  var variants: [CampaignText.Variant] = []
  /// What the paths of `empirical(…)` are read with.
  let reader: FileReader

  /// The files of measured times that were read.
  var sources: [SourceFile] = []

  /// The keys from the root to where decoding is.
  private(set) var path: [String] = []
  /// The same, with `*` for every name that the user chose.
  private var pattern: [String] = []
  private var holders: [SourceLocation] = []

  init(names: Names, reader: FileReader) {
    self.names = names
    self.reader = reader
  }

  /// The key that holds what is being decoded.
  var holder: SourceLocation? { holders.last }

  /// The service whose declaration is being decoded.
  var service: String? {
    path.count > 1 && path[0] == "services" ? path[1] : nil
  }

  /// Whose calls are being decoded.
  var caller: CallGraph.Caller {
    switch path.first {
    case "sessions": .sessions
    case "cdns" where path.count > 1: .cdn(path[1])
    case "catalog": .live
    default: service.map { .service($0) } ?? .workload
    }
  }

  /// The endpoint whose steps are being decoded.
  var endpoint: EndpointPath? {
    path.count > 3 && path[0] == "services" && path[2] == "endpoints"
      ? EndpointPath(service: path[1], endpoint: path[3]) : nil
  }

  func report(
    _ id: DiagnosticID, severity: Diagnostic.Severity = .error, at location: SourceLocation,
    _ message: String, suggestion: @autoclosure () -> String? = nil
  ) {
    let count = diagnosticCounts[severity, default: 0]
    guard count < Self.limit else { return }
    let suggestion = count < Self.suggestionLimit ? suggestion() : nil
    report([Diagnostic(id, severity: severity, at: location, message, suggestion: suggestion)])
  }

  func report(_ problems: [Diagnostic]) {
    for problem in problems where diagnosticCounts[problem.severity, default: 0] < Self.limit {
      diagnosticCounts[problem.severity, default: 0] += 1
      diagnostics.append(problem)
    }
  }

  /// The most errors, and the most warnings, that are gathered: nobody reads more.
  private static let limit = 1000
  /// How many of them may cost a search for what was meant.
  private static let suggestionLimit = 100

  /// Decodes the value of a key of a mapping, where it is given.
  func visit<Value>(_ name: String, of node: Node, as kind: ValueKind<Value>) -> Value? {
    guard let entry = node.entries?.first(where: { $0.key.text == name }) else { return nil }
    return visit(name, entry.value, at: entry.key.location, as: kind)
  }

  func visit<Value>(
    _ name: String, _ node: Node, at key: SourceLocation, as kind: ValueKind<Value>,
    isChosen: Bool = false, isExplained: Bool = true
  ) -> Value? {
    path.append(name)
    pattern.append(isChosen ? "*" : name)
    holders.append(key)
    defer {
      path.removeLast()
      pattern.removeLast()
      holders.removeLast()
    }
    if isExplained, node.isLeaf(of: kind.shape) { explain(node) }
    return kind.decode(node, self)
  }

  /// Decodes a default, and notes that it was assumed.
  func assume<Value>(
    _ name: String, _ standard: String, in node: Node, as kind: ValueKind<Value>
  ) -> Value? {
    visit(name, assumed(standard, in: node), at: holder ?? node.location, as: kind, isExplained: !standard.isEmpty)
  }

  /// A default as a part of the tree.
  func assumed(_ standard: String, in node: Node) -> Node {
    let place = holder ?? node.location
    let content: Node.Content =
      if standard == "{}" {
        .mapping([])
      } else if standard.hasPrefix("[") {
        .sequence(
          standard.dropFirst().dropLast().split(separator: ", ").map { word in
            Node(content: .scalar(Phrase(text: String(word), location: place, isVerbatim: false)), location: place)
          })
      } else {
        .scalar(Phrase(text: standard, location: place, isVerbatim: false))
      }
    return Node(content: content, location: place, provenance: .assumed)
  }

  /// The word of a key that decides what stands beside it.
  func word(
    _ name: String, of node: Node, among words: [String], synonyms: [String: [String]], standard: String?, _ doc: String
  ) -> String? {
    let kind = ValueKind<String>.word(among: words, synonyms: synonyms, what: name)
    guard node[name] == nil else { return visit(name, of: node, as: kind) }
    if let standard { return assume(name, standard, in: node, as: kind) }
    reportMissing(key: name, doc, in: node)
    return nil
  }

  /// Notes a value that takes effect only where it is set.
  func explain(override path: String, _ node: Node) {
    add(node.flowText, .override(node.location), at: (self.path + [path], pattern + ["*"]))
  }

  /// Replaces the value that was explained for a key of the section that is being decoded, where another one is used.
  func explain(_ key: String, as value: String) {
    let path = (path + [key]).joined(separator: ".")
    guard let index = explanation.lastIndex(where: { $0.path == path }) else { return }
    let entry = explanation[index]
    explanation[index] = Explanation.Entry(
      path: entry.path, pattern: entry.pattern, names: entry.names, value: value, origin: entry.origin)
  }

  private func explain(_ node: Node) {
    let origin: Explanation.Origin =
      switch node.provenance {
      case .given: .given(node.location)
      case .policy(let name): .policy(name, node.location)
      case .profile(let name): .profile(name, node.location)
      case .override: .override(node.location)
      case .assumed: .assumed
      }
    let text = ["{}", "[]"].contains(node.flowText) ? "none" : node.flowText
    add(text, origin, at: (path, pattern))
  }

  private func add(_ value: String, _ origin: Explanation.Origin, at steps: (path: [String], pattern: [String])) {
    let names = zip(steps.path, steps.pattern).filter { $0.1 == "*" }.map(\.0)
    explanation.append(
      Explanation.Entry(
        path: steps.path.joined(separator: "."), pattern: steps.pattern.joined(separator: "."), names: names,
        value: value, origin: origin))
  }
}

extension Decoding {
  func reportMissing(key: String, _ doc: String, in node: Node) { report(missing(key: key, doc, in: node)) }

  /// That a key is missing; nothing where it is there and misspelt.
  func missing(key: String, _ doc: String, in node: Node) -> [Diagnostic] {
    let isMisspelt = (node.entries ?? []).contains { entry in
      unknownKeys.contains(entry.key.location) && nearestName(to: entry.key.text, among: [key]) != nil
    }
    if isMisspelt { return [] }
    let what = path.isEmpty ? "the file" : "`\(path.last ?? "")`"
    return [
      Diagnostic(
        .missingKey, at: holder ?? node.location, "\(what) lacks the key `\(key)`", suggestion: "`\(key)`: \(doc)")
    ]
  }

  /// Reports every key of a mapping that isn't declared.
  func checkKeys(of node: Node, in shape: SectionShape) {
    var known = shape.keys.map(\.name)
    if let branches = shape.branches {
      known.append(branches.key)
      let word = node[branches.key]?.phrase.map { branches.word(of: $0).text }
      let own = branches.words.first { $0.word == word }?.keys.map(\.name) ?? []
      let others = branches.words.flatMap { $0.keys.map(\.name) }
      let settings = own.filter { $0 != branches.key }
      known += own
      for entry in node.entries ?? [] where others.contains(entry.key.text) && !own.contains(entry.key.text) {
        guard let word, branches.words.contains(where: { $0.word == word }) else { continue }
        report(
          .unknownKey, at: entry.key.location, "`\(entry.key.text)` is not a setting of `\(word)`",
          suggestion: settings.isEmpty ? "it has none" : "expected \(alternatives(settings))")
      }
      known += others
    }
    for entry in node.entries ?? [] where !known.contains(entry.key.text) {
      reportUnknown(key: entry.key, among: known, later: shape.later)
    }
  }

  func reportUnknown(key: Phrase, among known: [String], later: [String: String]) {
    if let reason = later[key.text] {
      report(.notSupportedYet, at: key.location, "`\(key.text)` is not supported yet: \(reason)")
    } else {
      if unknownKeys.count < 100 { unknownKeys.insert(key.location) }
      report(
        .unknownKey, at: key.location, "unknown key `\(key.text)`",
        suggestion: suggestion(for: key.text, among: known))
    }
  }

  /// Whether a key is a name of the language: letters, digits and hyphens.
  func checkName(_ name: Phrase) -> Bool {
    let isName = !name.text.isEmpty && name.text.allSatisfy(\.isNamePart)
    if !isName {
      report(.badName, at: name.location, "`\(name.text)` is not a name: letters, digits and hyphens make one")
    }
    return isName
  }
}

extension Character {
  /// Whether it may occur in a name.
  var isNamePart: Bool { isASCII && (isLetter || isNumber) || self == "-" }
}

extension Node {
  /// Whether it is explained in one line: a scalar, a list of scalars, or an empty list or map of names.
  func isLeaf(of shape: Shape) -> Bool {
    switch content {
    case .scalar: return true
    case .sequence(let items): return items.allSatisfy { $0.phrase != nil }
    case .mapping(let entries):
      guard case .named = shape else { return false }
      return entries.isEmpty
    }
  }
}
