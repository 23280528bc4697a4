import Foundation
import Model

/// Numbers as they are put into a sentence: with the digits that their precision bears, and a unit.
public enum PlainNumber {
  public enum Unit: Hashable, Sendable {
    /// A difference of fractions, in percentage points.
    case points
    /// Seconds, shown as milliseconds, seconds or minutes by their size.
    case time
    case count
    case perSecond, perHour
    /// Bits per second, shown with the prefix that fits.
    case bitRate
    /// In a currency, by its name; nil where that is not known.
    case money(String?)

    /// Of differences of a metric.
    ///
    /// - Parameter currency: of money.
    init(_ unit: Metric.Quantity.Unit, currency: String?) {
      switch unit {
      case .fraction: self = .points
      case .seconds: self = .time
      case .count: self = .count
      case .perSecond: self = .perSecond
      case .perHour: self = .perHour
      case .bitsPerSecond: self = .bitRate
      case .money: self = .money(currency)
      }
    }
  }

  /// A magnitude with its unit: `41 points`, `120 ms`; its last digit is about the size of `precision`.
  public static func amount(_ value: Double, unit: Unit, precision: Double?) -> String {
    let scale = Scale(unit, size: value.magnitude)
    let text = number(value * scale.factor, precision: precision.map { $0 * scale.factor } ?? 0)
    return text + scale.name(for: text)
  }

  /// `39 to 43 points`, `100 to 140 ms`; the last digit is about the size of half the distance.
  public static func range(_ low: Double, _ high: Double, unit: Unit) -> String {
    let scale = Scale(unit, size: max(low.magnitude, high.magnitude))
    let half = (high - low) / 2 * scale.factor
    let ends = [low, high].map { number($0 * scale.factor, precision: half) }
    return "\(ends[0]) to \(ends[1])\(scale.plural)"
  }

  /// A fraction as a percentage, with up to four significant digits: `95%`, `0.12%`.
  public static func percent(_ fraction: Double) -> String {
    "\(significant(fraction * 100, digits: 4))%"
  }

  /// A length of time: `2 min 51 s`, `8.4 s`, `250 ms`.
  public static func duration(_ seconds: Double) -> String {
    if seconds < 1 { return "\(significant(seconds * 1000, digits: 3)) ms" }
    if seconds < 10 { return "\(significant(seconds, digits: 2)) s" }
    let whole = Int(seconds.rounded())
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
    return parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  private struct Scale {
    let factor: Double
    /// What follows the number, with the space before it.
    let singular: String
    let plural: String

    init(_ unit: Unit, size: Double) {
      switch unit {
      case .points: self.init(100, " point", plural: " points")
      case .time where size < 1: self.init(1000, " ms")
      case .time where size < 600: self.init(1, " s")
      case .time: self.init(1.0 / 60, " min")
      case .count: self.init(1, "")
      case .perSecond: self.init(1, "/s")
      case .perHour: self.init(1, "/h")
      case .bitRate where size < 1e3: self.init(1, " bps")
      case .bitRate where size < 1e6: self.init(1e-3, " kbps")
      case .bitRate where size < 1e9: self.init(1e-6, " Mbps")
      case .bitRate: self.init(1e-9, " Gbps")
      case .money(let currency): self.init(1, currency.map { " \($0)" } ?? "")
      }
    }

    private init(_ factor: Double, _ name: String, plural: String? = nil) {
      self.factor = factor
      singular = name
      self.plural = plural ?? name
    }

    func name(for text: String) -> String { text == "1" ? singular : plural }
  }

  /// So many decimals that the last digit is no larger than the precision; three significant digits without one.
  private static func number(_ value: Double, precision: Double) -> String {
    guard precision > 0 else {
      return value.magnitude < 1000 ? significant(value, digits: 3) : String(format: "%.0f", value)
    }
    var decimals = 0
    var unit = precision
    while unit < 1, decimals < 9 {
      unit *= 10
      decimals += 1
    }
    let text = String(format: "%.\(decimals)f", value)
    // A value that rounds to zero has no sign.
    return text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) }) ? String(text.dropFirst()) : text
  }

  private static func significant(_ value: Double, digits: Int) -> String {
    String(format: "%.\(digits)g", value)
  }
}
