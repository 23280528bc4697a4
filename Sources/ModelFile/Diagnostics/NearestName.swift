/// The name among `candidates` that was probably meant by `text`; the first of equals; nil when none is near.
///
/// Near is a beginning of three letters or more, or at most a third of the longer name's length in edits, by the optimal string alignment
/// distance (Levenshtein's with transpositions of neighbours).
func nearestName(to text: String, among candidates: some Sequence<String>) -> String? {
  let ranked = candidates.sorted().map { ($0, distance(from: text.lowercased(), to: $0.lowercased())) }
  guard let best = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
  return best.1 <= max(text.count, best.0.count) / 3 ? best.0 : nil
}

/// How many edits lie between two names; one where the first is an abbreviation of the second, or its plural.
private func distance(from text: String, to name: String) -> Int {
  if text.count >= 3, text != name, name.hasPrefix(text) { return 1 }
  if text.hasSuffix("ies"), name == text.dropLast(3) + "y" { return 1 }
  return editDistance(text, name)
}

/// `did you mean …?` with the nearest of the candidates, or all of them where they are few, or nothing.
func suggestion(for text: String, among candidates: some Sequence<String>) -> String? {
  if let name = nearestName(to: text, among: candidates) { return "did you mean `\(name)`?" }
  let all = candidates.sorted()
  return (1...12).contains(all.count) ? "expected \(alternatives(all))" : nil
}

/// `a`, `b` or `c`.
func alternatives(_ names: [String]) -> String {
  joined(names, by: "or")
}

/// `a`, `b` and `c`.
func listed(_ names: [String]) -> String { joined(names, by: "and") }

private func joined(_ names: [String], by conjunction: String) -> String {
  let quoted = names.map { "`\($0)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
  return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// - Complexity: O(n m).
private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.prefix(64))
  let b = Array(b.prefix(64))
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(last[j] + (a[i] == b[j] ? 0 : 1), min(last[j + 1], row[j]) + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
