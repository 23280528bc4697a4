import Foundation

/// Tells on standard error what is measured, in a line that rewrites itself; nothing where that is not a terminal.
struct RoundProgress {
  private let rounds: Int
  private let isTerminal = isatty(STDERR_FILENO) == 1

  init(rounds: Int) { self.rounds = rounds }

  /// - Parameter round: from 0.
  func show(_ round: Int, _ name: String) { rewrite("round \(round + 1) of \(rounds): \(name) …") }

  func clear() { rewrite("") }

  private func rewrite(_ text: String) {
    // The escape sequence removes what is left of a longer line.
    if isTerminal { FileHandle.standardError.write(Data("\r\(text)\u{1B}[K".utf8)) }
  }
}
