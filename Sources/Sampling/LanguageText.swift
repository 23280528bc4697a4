/// Quantities as the model language writes them, such that reading the text back gives the same Double.
///
/// The reader is taken to divide a number of ns, us or ms by 10^9, 10^6 or 10^3, and to multiply a number of
/// min, h, d or y by the seconds in one: one correctly rounded operation each.
enum LanguageText {
  private static let units: [(name: String, perSecond: Double, seconds: Double)] = [
    ("y", 1, 31_536_000), ("d", 1, 86_400), ("h", 1, 3_600), ("min", 1, 60), ("s", 1, 1),
    ("ms", 1e3, 1), ("us", 1e6, 1), ("ns", 1e9, 1),
  ]

  /// The shortest text; of several the one with the largest unit.
  static func duration(_ seconds: Double) -> String {
    if seconds == 0 { return "0s" }
    var best = decimal(seconds) + "s"
    var bestLength = best.utf8.count + 2
    for unit in units {
      let number = seconds * unit.perSecond / unit.seconds
      for candidate in [number, number.nextUp, number.nextDown]
      where candidate * unit.seconds / unit.perSecond == seconds {
        let digits = decimal(candidate)
        // A number below 1 is longer to read than its digits are long.
        let length = digits.utf8.count + (candidate < 1 ? 2 : 0)
        if length < bestLength {
          best = digits + unit.name
          bestLength = length
        }
      }
    }
    return best
  }

  /// The duration rounded to `digits` significant digits of the unit that suits it.
  static func rounded(_ seconds: Double, digits: Int) -> Double {
    let unit = units.first { seconds * $0.perSecond / $0.seconds >= 1 } ?? units[units.count - 1]
    return rounded(number: seconds * unit.perSecond / unit.seconds, digits: digits) * unit.seconds / unit.perSecond
  }

  /// A number above 0, rounded to `digits` significant digits.
  static func rounded(number: Double, digits: Int) -> Double {
    var power = 1.0
    var limit = 1.0
    for _ in 1..<digits { limit *= 10 }
    while number * power < limit && power < 1e22 { power *= 10 }
    return (number * power).rounded() / power
  }

  /// A percentage, whose decimal point the reader is taken to shift before it makes a Double of the digits.
  static func probability(_ value: Double) -> String {
    let parts = decimal(value).split(separator: ".")
    let fraction = (parts.count > 1 ? String(parts[1]) : "") + "00"
    let whole = (parts[0] + fraction.prefix(2)).drop { $0 == "0" }
    let rest = fraction.dropFirst(2).dropLast(fraction.count > 3 ? 2 : fraction.count - 2)
    return (whole.isEmpty ? "0" : whole) + (rest.isEmpty ? "" : "." + rest) + "%"
  }

  /// The shortest decimal number that reads back as the same Double, without an exponent.
  static func decimal(_ value: Double) -> String {
    let text = "\(value)"
    let parts = text.split(separator: "e")
    var digits = String(parts[0])
    if digits.hasSuffix(".0") { digits.removeLast(2) }
    guard parts.count == 2, let exponent = Int(parts[1]) else { return digits }
    let isNegative = digits.hasPrefix("-")
    if isNegative { digits.removeFirst() }
    let point = digits.split(separator: ".")
    let mantissa = point.joined()
    let position = point[0].count + exponent
    let plain: String
    if position <= 0 {
      plain = "0." + String(repeating: "0", count: -position) + mantissa
    } else if position >= mantissa.count {
      plain = mantissa + String(repeating: "0", count: position - mantissa.count)
    } else {
      plain = "\(mantissa.prefix(position)).\(mantissa.dropFirst(position))"
    }
    return (isNegative ? "-" : "") + plain
  }
}
