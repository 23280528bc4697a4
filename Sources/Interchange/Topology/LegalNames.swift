/// Names of the language for the names that traces bear: letters, digits and hyphens, each used once.
enum LegalNames {
  /// A legal name for each of these; the same whatever their order.
  ///
  /// Runs of other characters become one hyphen. Where two would be the same, the later in order gets a number: `-2`,
  /// `-3`…
  /// - Parameters:
  ///   - fallback: what begins a name that would be empty, a number, or one of YAML's words.
  ///   - taken: names that are not free.
  static func assign(_ originals: some Sequence<String>, fallback: String, taken: Set<String> = []) -> [String: String]
  {
    var used = taken
    var names: [String: String] = [:]
    for original in Set(originals).sorted() {
      let name = unused(legal(original, fallback: fallback), in: used)
      used.insert(name)
      names[original] = name
    }
    return names
  }

  /// `name`, or with the first number that makes it free.
  static func unused(_ name: String, in used: Set<String>) -> String {
    if !used.contains(name) { return name }
    var number = 2
    while used.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }

  private static func legal(_ original: String, fallback: String) -> String {
    var name = ""
    for character in original.unicodeScalars {
      if ("0"..."9").contains(character) || ("a"..."z").contains(character) || ("A"..."Z").contains(character) {
        name.unicodeScalars.append(character)
      } else if !name.isEmpty, name.last != "-" {
        name.append("-")
      }
    }
    while name.last == "-" { name.removeLast() }
    guard let first = name.first else { return fallback }
    // A key that YAML reads as a number or a truth value would not be a text to every loader.
    return first.isNumber || yamlWords.contains(name.lowercased()) ? "\(fallback)-\(name)" : name
  }

  private static let yamlWords: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "none"]
}
