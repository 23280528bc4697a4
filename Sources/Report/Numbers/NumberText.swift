import Foundation
import Statistics

/// Numbers as a reader wants them: with the digits that their interval bears, in a unit that fits.
public enum NumberText {
  /// What a number is.
  public enum Kind: Hashable, Sendable {
    /// From 0 to 1, shown as a percentage.
    case fraction
    /// Seconds.
    case time
    /// How many, on average.
    case count
    case perSecond, perHour
    /// Bits per second, and bytes, shown with the prefix that fits.
    case bitRate, bytes
    /// In a currency that is told beside.
    case money
  }

  /// A number alone, its digits chosen by the half-width of its interval where that is known.
  public static func text(_ value: Double, _ kind: Kind, halfWidth: Double? = nil) -> String {
    guard value.isFinite else { return "unknown" }
    switch kind {
    case .fraction: return fraction(value, halfWidth: halfWidth)
    case .time: return TimeText(value, halfWidth: halfWidth).text
    case .count: return count(value, halfWidth: halfWidth)
    case .perSecond: return amount(value, halfWidth: halfWidth) + "/s"
    case .perHour: return amount(value, halfWidth: halfWidth) + "/h"
    case .bitRate: return scaled(value, ["bps", "kbps", "Mbps", "Gbps", "Tbps"], halfWidth: halfWidth)
    case .bytes: return scaled(value, ["B", "KB", "MB", "GB", "TB", "PB"], halfWidth: halfWidth)
    case .money: return amount(value, halfWidth: halfWidth)
    }
  }

  /// The value of an estimate; a dash where there is none.
  public static func value(_ estimate: Estimate?, _ kind: Kind) -> String {
    guard let estimate else { return "-" }
    return text(estimate.value, kind, halfWidth: estimate.halfWidth)
  }

  /// The interval of an estimate: `99.948% to 99.956%`; empty where it has none.
  public static func interval(_ estimate: Estimate?, _ kind: Kind) -> String {
    guard let estimate, let interval = estimate.interval else { return "" }
    if estimate.isDegenerate { return "all \(estimate.replications) the same" }
    let half = interval.halfWidth
    return "\(text(interval.low, kind, halfWidth: half)) to \(text(interval.high, kind, halfWidth: half))"
  }

  /// A percentage that never rounds to a whole 0% or 100% that it is not.
  static func fraction(_ value: Double, halfWidth: Double? = nil) -> String {
    let percent = value * 100
    if value == 0 || value == 1 { return "\(Int(percent))%" }
    let rest = min(percent.magnitude, (100 - percent).magnitude)
    var decimals = decimals(bearing: halfWidth.map { $0 * 100 } ?? 0) ?? max(1, leadingDecimals(rest) + 1)
    decimals = min(decimals, 12)
    while decimals < 12, isWhole(percent, decimals: decimals) { decimals += 1 }
    return fixed(percent, decimals: decimals) + "%"
  }

  static func count(_ value: Double, halfWidth: Double? = nil) -> String {
    if value == value.rounded(), halfWidth ?? 0 == 0 { return grouped(value) }
    if value.magnitude < 0.001 { return "< 0.001" }
    let decimals = min(decimals(bearing: halfWidth ?? 0) ?? max(0, 2 - magnitude(value)), 3)
    return decimals == 0 ? grouped(value.rounded()) : fixed(value, decimals: decimals)
  }

  /// Three significant digits, or as many as the half-width bears.
  private static func amount(_ value: Double, halfWidth: Double? = nil) -> String {
    if value == 0 { return "0" }
    let most = max(0, 2 - magnitude(value))
    let decimals = min(decimals(bearing: halfWidth ?? 0).map { min($0, most + 1) } ?? most, 12)
    return decimals == 0 ? grouped(value.rounded()) : fixed(value, decimals: decimals)
  }

  /// - Parameter units: each 1,000 times the one before.
  private static func scaled(_ value: Double, _ units: [String], halfWidth: Double?) -> String {
    let place = min(max(0, magnitude(value) / 3), units.count - 1)
    var factor = 1.0
    for _ in 0..<place { factor *= 1000 }
    return "\(amount(value / factor, halfWidth: halfWidth.map { $0 / factor })) \(units[place])"
  }

  /// A fraction that someone has stated, with the digits that were stated: `95%`, `99.95%`.
  public static func stated(_ fraction: Double) -> String {
    var text = fixed(fraction * 100, decimals: 10)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + "%"
  }

  /// A number that someone has stated, with the digits that were stated: `1.5`.
  static func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? fixed(value, decimals: 0) : "\(value)"
  }

  /// The bound of an expectation or the target of an objective.
  static func bound(_ value: Double, _ kind: Kind) -> String {
    kind == .fraction ? stated(value) : text(value, kind)
  }

  /// The fewest decimals whose last digit is at most a half-width; nil where there is no width.
  static func decimals(bearing halfWidth: Double) -> Int? {
    guard halfWidth > 0, halfWidth.isFinite else { return nil }
    return max(0, -magnitude(halfWidth))
  }

  /// A number with so many decimals; one that rounds to zero has no sign.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) } ? String(text.dropFirst()) : text
  }

  /// floor(log10 |value|); 0 for 0.
  static func magnitude(_ value: Double) -> Int {
    value == 0 ? 0 : Int(Foundation.log10(value.magnitude).rounded(.down))
  }

  private static func leadingDecimals(_ rest: Double) -> Int { max(0, -magnitude(rest)) }

  private static func isWhole(_ percent: Double, decimals: Int) -> Bool {
    let text = fixed(percent, decimals: decimals)
    return Double(text) == 0 || Double(text) == 100
  }

  private static func grouped(_ value: Double) -> String {
    let digits = String(format: "%.0f", value.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }
}
