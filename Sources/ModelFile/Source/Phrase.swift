/// A scalar's text, or a part of it, with its place, so that an error can point into the middle of a scalar.
struct Phrase: Hashable, Sendable {
  let text: String
  let location: SourceLocation
  /// Whether the text stands in the source as it is, so that places inside of it can be told.
  let isVerbatim: Bool

  /// The part from `start`, `count` characters long.
  func part(from start: Int, count: Int) -> Phrase {
    let lower = text.index(text.startIndex, offsetBy: start)
    let upper = text.index(lower, offsetBy: count)
    let part = String(text[lower..<upper])
    guard isVerbatim else { return Phrase(text: part, location: location, isVerbatim: false) }
    let before = text[..<lower].unicodeScalars.count
    return Phrase(
      text: part,
      location: SourceLocation(
        file: location.file, line: location.line, column: location.column + before,
        length: part.unicodeScalars.count),
      isVerbatim: true)
  }

  /// The same without white space at both ends.
  var trimmed: Phrase {
    let characters = Array(text)
    guard let first = characters.firstIndex(where: { !$0.isWhitespace }),
      let last = characters.lastIndex(where: { !$0.isWhitespace })
    else { return part(from: 0, count: 0) }
    return part(from: first, count: last - first + 1)
  }

  /// The parts between separators.
  func split(on separator: Character) -> [Phrase] {
    var parts: [Phrase] = []
    var start = 0
    let characters = Array(text)
    for (index, character) in characters.enumerated() where character == separator {
      parts.append(part(from: start, count: index - start))
      start = index + 1
    }
    parts.append(part(from: start, count: characters.count - start))
    return parts
  }

  /// The words between white space.
  var words: [Phrase] {
    var words: [Phrase] = []
    var start: Int?
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      if character.isWhitespace {
        if let first = start { words.append(part(from: first, count: index - first)) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let first = start { words.append(part(from: first, count: characters.count - first)) }
    return words
  }

  /// From the beginning of this phrase to the end of the other, which follows it in the same text.
  func joined(to last: Phrase) -> SourceLocation {
    guard isVerbatim, last.location.line == location.line else { return location }
    return SourceLocation(
      file: location.file, line: location.line, column: location.column,
      length: last.location.column + last.location.length - location.column)
  }
}
