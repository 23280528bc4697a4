import Foundation
import Model

/// Quantities in the language's words, to four significant digits.
enum QuantityText {
  static func duration(seconds: Double) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "us")]
    let (size, unit) = units.first { seconds >= $0.0 } ?? (1e-6, "us")
    return number(seconds / size) + unit
  }

  static func rate(perSecond: Double) -> String {
    if perSecond >= 0.1 { return number(perSecond) + "/s" }
    return perSecond * 60 >= 0.1 ? number(perSecond * 60) + "/min" : number(perSecond * 86_400) + "/d"
  }

  static func percentage(_ fraction: Double) -> String { number(fraction * 100) + "%" }

  /// Without exponent and without trailing zeros.
  static func number(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    let decimals = max(0, 3 - Int(log10(abs(value)).rounded(.down)))
    var text = String(format: "%.\(decimals)f", value)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text
  }
}
