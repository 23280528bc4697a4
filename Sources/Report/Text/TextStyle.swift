/// How tones are shown in a text.
public enum TextStyle: Hashable, Sendable, CaseIterable {
  /// Not at all.
  case plain
  /// As colours, by the escape sequences of ECMA-48.
  case coloured

  func apply(_ tone: Tone, to text: String) -> String {
    switch self {
    case .plain: return text
    case .coloured:
      let code =
        switch tone {
        case .plain: ""
        case .good: "32"
        case .bad: "31"
        case .doubtful: "33"
        case .faint: "2"
        }
      return code.isEmpty || text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
  }

  func emphasise(_ text: String) -> String {
    switch self {
    case .plain: text
    case .coloured: "\u{1B}[1m\(text)\u{1B}[0m"
    }
  }
}
