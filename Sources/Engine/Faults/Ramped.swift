import Model

/// A magnitude that moves linearly to the value that it keeps, from the moment a fault begins.
struct Ramped: BitwiseCopyable {
  var start: Double
  var end: Double
  /// Nanoseconds; 0 where it is `end` from the beginning.
  var over: Int64

  /// In how many equal steps what acts on replicas, pools and places follows a ramp.
  static let steps: Int64 = 100

  static func constant(_ value: Double) -> Ramped { Ramped(start: value, end: value, over: 0) }

  /// - Parameter scale: multiplies the ramp's own unit.
  init(to end: Double, _ ramp: MagnitudeRamp?, scale: Double = 1) {
    self.init(start: (ramp?.start).map { $0 * scale } ?? end, end: end, over: ramp?.over.nanoseconds ?? 0)
  }

  init(start: Double, end: Double, over: Int64) {
    self.start = start
    self.end = end
    self.over = over
  }

  var highest: Double { max(start, end) }

  /// - Parameter elapsed: nanoseconds since the fault began.
  func value(after elapsed: Int64) -> Double {
    if elapsed >= over { return end }
    return start + (end - start) * (Double(elapsed) / Double(over))
  }

  /// How long a step lasts.
  var step: Int64 { max(1, over / Self.steps) }

  /// When the next step comes, in nanoseconds since the fault began; nil after the last one, and where nothing moves.
  func nextStep(after elapsed: Int64) -> Int64? {
    if over == 0 || elapsed / step >= Self.steps { return nil }
    return (elapsed / step &+ 1) &* step
  }

  /// The value of the last step that has been reached: of the ramp at that instant.
  func steppedValue(after elapsed: Int64) -> Double {
    if over == 0 { return end }
    let reached = min(Self.steps, elapsed / step)
    return start + (end - start) * (Double(reached) / Double(Self.steps))
  }
}
