/// The numbers of a rule: fractions, durations in seconds, bit rates in bits per second, sizes in bytes, and those
/// without a unit.
extension RuleParser {
  func quantity(_ phrase: Phrase) throws(RuleText.Problem) -> Double {
    guard let quantity = Quantity(phrase), quantity.number.isFinite else {
      throw .init(.notANumber, at: phrase.location, "`\(phrase.text)` is not a number")
    }
    let unit = quantity.unit.text
    let digits = quantity.numberPhrase.text
    if unit.isEmpty { return quantity.number }
    if unit == "%" {
      // Shifting the decimal point before the conversion gives the nearest Double, which dividing by 100 doesn't.
      return (digits.contains(where: \.isLetter) ? nil : Double(digits + "e-2")) ?? quantity.number / 100
    }
    if let time = TimeUnit(rawValue: unit) { return time.seconds(quantity.number) }
    if let size = UnitFamily.bitrate.size(of: unit) ?? UnitFamily.size.size(of: unit) { return quantity.number * size }
    if unit == "m" {
      throw .init(
        .ambiguousUnit, at: quantity.unit.location, "`m` may be minutes or months",
        suggestion: "did you mean `\(digits)min`?")
    }
    let likely =
      TimeUnit(likely: unit)?.rawValue ?? UnitFamily.bitrate.unit(likely: unit) ?? UnitFamily.size.unit(likely: unit)
    throw .init(
      .wrongUnit, at: quantity.unit.location, "`\(unit)` is not a unit",
      suggestion: likely.map { "did you mean `\(digits)\($0)`?" } ?? "expected one such as `%`, `ms`, `Mbps` or `GB`")
  }
}
