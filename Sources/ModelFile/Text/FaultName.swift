import Model

extension ValueKind where Value == String {
  /// A fault of the scenario.
  static var faultName: ValueKind {
    .scalar(.name) { phrase, decoding in decoding.faultName(phrase) }
  }
}

extension Decoding {
  /// A fault of the scenario.
  func faultName(_ phrase: Phrase) -> String? {
    if faults?.contains(phrase.text) == true { return phrase.text }
    report(
      .badMetric, at: phrase.location, "unknown fault `\(phrase.text)`",
      suggestion: missingFault(named: phrase.text, among: faults))
    return nil
  }
}

private func missingFault(named name: String, among faults: [String]?) -> String? {
  if ["faults", "after-faults"].contains(name) { return "the time after all faults is `during: after-faults`" }
  guard let faults else { return "there is no scenario whose faults could be named here" }
  return faults.isEmpty ? "the scenario injects none" : suggestion(for: name, among: faults)
}

extension Window {
  /// The windows that have a word of their own.
  static let words = ["run", "faults", "after-faults"]
}
