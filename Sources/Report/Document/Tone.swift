/// What a piece of text says, apart from its words; a terminal shows it as colour.
public enum Tone: Hashable, Sendable, CaseIterable {
  case plain, good, bad, doubtful
  /// Less important than what is around it.
  case faint
}

/// A piece of text with its tone.
public struct Phrase: Hashable, Sendable, ExpressibleByStringInterpolation {
  public let text: String
  public let tone: Tone

  public init(_ text: String, _ tone: Tone = .plain) {
    self.text = text
    self.tone = tone
  }

  public init(stringLiteral value: String) { self.init(value) }
}
