import Campaign
import Foundation
import Synchronization

/// Tells how far a campaign has come: a bar on a terminal, a line every few seconds elsewhere.
final class ProgressDisplay: Sendable {
  private let isTerminal: Bool
  private let label: String
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let state: Mutex<State>

  private struct State {
    var lastShown: ContinuousClock.Instant
    var width = 0
  }

  /// - Parameters:
  ///   - isTerminal: whether standard error is one.
  ///   - label: what is told of the campaign before the rest; empty where there is but one.
  init(isTerminal: Bool, label: String = "") {
    self.isTerminal = isTerminal
    self.label = label.isEmpty ? "" : label + ": "
    start = clock.now
    state = Mutex(State(lastShown: start))
  }

  var elapsed: Double { Self.seconds(clock.now - start) }

  /// May be called after every replication, from any thread.
  func show(_ progress: CampaignProgress) {
    let now = clock.now
    state.withLock { state in
      guard now - state.lastShown >= (isTerminal ? .milliseconds(100) : .seconds(3)) else { return }
      state.lastShown = now
      let line = ProgressLine(progress, elapsed: Self.seconds(now - start))
      guard isTerminal else {
        StandardError.write(label + line.text + "\n")
        return
      }
      let text = "\(label)\(line.bar) \(line.text)"
      StandardError.write("\r" + text + String(repeating: " ", count: max(0, state.width - text.count)))
      state.width = text.count
    }
  }

  /// Removes the bar.
  func clear() {
    state.withLock { state in
      if state.width > 0 { StandardError.write("\r" + String(repeating: " ", count: state.width) + "\r") }
      state.width = 0
    }
  }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}

/// Progress in words.
struct ProgressLine {
  private static let barWidth = 24
  let bar: String
  let text: String

  init(_ progress: CampaignProgress, elapsed: Double) {
    let part = progress.maximum == 0 ? 1 : Double(progress.ended) / Double(progress.maximum)
    let filled = Int((part * Double(Self.barWidth)).rounded(.down))
    bar = "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: Self.barWidth - filled) + "]"
    var parts = [
      "\(progress.ended) of \(progress.minimum == progress.maximum ? "" : "at most ")\(progress.maximum) runs"
    ]
    if let pace = progress.pace(elapsed: elapsed) {
      parts.append("\(Self.rate(pace.requestsPerSecond)) requests/s")
      let left = PlainNumber.duration(max(1, pace.secondsLeft.rounded()))
      if progress.ended < progress.maximum {
        parts.append("\(progress.minimum == progress.maximum ? "about" : "at most") \(left) left")
      }
    }
    text = parts.joined(separator: ", ")
  }

  static func rate(_ perSecond: Double) -> String {
    perSecond >= 1e6
      ? String(format: "%.1f million", perSecond / 1e6)
      : String(format: "%.0f thousand", (perSecond / 1e3).rounded(.up))
  }
}
