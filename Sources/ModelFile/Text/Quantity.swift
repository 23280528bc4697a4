import Model
import Sampling

/// A number and the unit that follows it: `250ms`.
struct Quantity {
  let number: Double
  let numberPhrase: Phrase
  let unit: Phrase

  /// Splits a text that begins with a decimal number.
  init?(_ phrase: Phrase) {
    let count = Self.lengthOfNumber(phrase.text)
    let digits = phrase.part(from: 0, count: count)
    guard count > 0, let number = Double(digits.text) else { return nil }
    self.number = number
    numberPhrase = digits
    unit = phrase.part(from: count, count: phrase.text.count - count)
  }

  /// How many characters at the beginning of a text make a decimal number; 0 where none does.
  static func lengthOfNumber(_ text: String) -> Int {
    let characters = Array(text)
    var index = 0
    func skipDigits() -> Bool {
      let start = index
      while index < characters.count, characters[index].isASCII, characters[index].isNumber { index += 1 }
      return index > start
    }
    if index < characters.count, "+-".contains(characters[index]) { index += 1 }
    guard skipDigits() else { return 0 }
    if index + 1 < characters.count, characters[index] == "." {
      let point = index
      index += 1
      if !skipDigits() { index = point }
    }
    if index < characters.count, "eE".contains(characters[index]) {
      let mark = index
      index += 1
      if index < characters.count, "+-".contains(characters[index]) { index += 1 }
      if !skipDigits() { index = mark }
    }
    return index
  }
}

/// A unit of time of the language.
enum TimeUnit: String, CaseIterable {
  case ns, us, ms, s, min, h, d, y

  /// How many there are in a second, where that is more than one.
  private var perSecond: Double {
    switch self {
    case .ns: 1e9
    case .us: 1e6
    case .ms: 1e3
    case .s, .min, .h, .d, .y: 1
    }
  }

  /// How many seconds there are in one, where that is more than one.
  private var length: Double {
    switch self {
    case .ns, .us, .ms, .s: 1
    case .min: 60
    case .h: 3600
    case .d: 86_400
    case .y: 365 * 86_400
    }
  }

  /// `count` of them in seconds, by one correctly rounded operation.
  func seconds(_ count: Double) -> Double { count / perSecond * length }

  /// `count` of them in nanoseconds.
  func nanoseconds(_ count: Double) -> Double { count * (1e9 / perSecond * length) }

  /// What `count` a unit is in events per second.
  func rate(_ count: Double) -> Double { count * perSecond / length }

  /// What people write for a unit elsewhere.
  init?(likely text: some StringProtocol) {
    switch text.lowercased() {
    case "sec", "secs", "second", "seconds": self = .s
    case "msec", "millis", "millisecond", "milliseconds": self = .ms
    case "usec", "µs", "μs", "micros": self = .us
    case "mins", "minute", "minutes": self = .min
    case "hr", "hrs", "hour", "hours": self = .h
    case "day", "days": self = .d
    case "year", "years", "yr", "a": self = .y
    case let other: self.init(rawValue: other)
    }
  }
}

extension Decoding {
  /// A time in seconds, zero or more.
  /// - Parameter usual: the unit that is suggested where there is none.
  func seconds(_ phrase: Phrase, usual: String = "ms") -> Double? {
    time(phrase, usual: usual).map { $0.unit.seconds($0.count) }
  }

  /// A duration, to the nearest nanosecond.
  func duration(_ phrase: Phrase, usual: String = "ms") -> SimulationDuration? {
    time(phrase, usual: usual).map {
      SimulationDuration(nanoseconds: Int64($0.unit.nanoseconds($0.count).rounded()))
    }
  }

  private func time(_ phrase: Phrase, usual: String) -> (count: Double, unit: TimeUnit)? {
    guard let quantity = Quantity(phrase) else {
      report(
        .notANumber, at: phrase.location, "`\(phrase.text)` is not a duration",
        suggestion: "expected a number and a unit, such as `250ms`")
      return nil
    }
    guard let unit = unit(of: quantity, prefix: "", what: "a duration", usual: usual) else { return nil }
    guard quantity.number >= 0 else {
      report(.outOfRange, at: phrase.location, "`\(phrase.text)` is negative")
      return nil
    }
    guard unit.nanoseconds(quantity.number) < 0x1p62 else {
      report(.outOfRange, at: phrase.location, "`\(phrase.text)` is longer than the 146 years a clock can show")
      return nil
    }
    return (quantity.number, unit)
  }

  /// A rate such as `120/s`, zero or more.
  func rate(_ phrase: Phrase) -> Rate? {
    guard let quantity = Quantity(phrase) else {
      report(
        .notANumber, at: phrase.location, "`\(phrase.text)` is not a rate",
        suggestion: "expected a number and a unit, such as `120/s`")
      return nil
    }
    guard let unit = unit(of: quantity, prefix: "/", what: "a rate", usual: "/s") else { return nil }
    guard quantity.number >= 0 else {
      report(.outOfRange, at: phrase.location, "the rate `\(phrase.text)` is negative")
      return nil
    }
    let perSecond = unit.rate(quantity.number)
    guard perSecond <= 1e9 else {
      report(.outOfRange, at: phrase.location, "`\(phrase.text)` is more than one event a nanosecond")
      return nil
    }
    return Rate(perSecond: perSecond)
  }

  /// A rate above zero.
  func positiveRate(_ phrase: Phrase) -> Rate? {
    guard let rate = rate(phrase) else { return nil }
    if rate.perSecond > 0 { return rate }
    report(.outOfRange, at: phrase.location, "this rate has to be above zero")
    return nil
  }

  private func unit(of quantity: Quantity, prefix: String, what: String, usual: String) -> TimeUnit? {
    let text = quantity.unit.text
    if text.hasPrefix(prefix), let unit = TimeUnit(rawValue: String(text.dropFirst(prefix.count))) { return unit }
    let number = quantity.numberPhrase.text
    if text.isEmpty {
      report(
        .missingUnit, at: quantity.numberPhrase.location, "\(what) needs a unit",
        suggestion: prefix.isEmpty ? whichUnit(usual) : "did you mean `\(number)\(usual)`?")
    } else if text == "\(prefix)m" {
      report(
        .ambiguousUnit, at: quantity.unit.location, "`\(text)` may be minutes or months",
        suggestion: "did you mean `\(number)\(prefix)min`?")
    } else {
      let names = TimeUnit.allCases.map { prefix + $0.rawValue }
      let likely = TimeUnit(likely: text.drop { $0 == "/" || $0 == " " })
      report(
        .wrongUnit, at: quantity.unit.location, "`\(text)` is not a unit of \(what)",
        suggestion: likely.map { "did you mean `\(number)\(prefix)\($0.rawValue)`?" }
          ?? "expected \(alternatives(names))")
    }
    return nil
  }

  /// Asks for the unit of a time: a guess would be taken for the answer.
  private func whichUnit(_ usual: String) -> String {
    let examples =
      switch usual {
      case "d": "`12h` or `60d`"
      case "min": "`30s` or `5min`"
      default: "`400ms` or `3s`"
      }
    return "which unit? such as \(examples)"
  }

  /// A fraction from 0 to 1, written `5%` or `0.05`.
  func fraction(_ phrase: Phrase) -> Double? {
    guard let quantity = Quantity(phrase) else {
      report(
        .notANumber, at: phrase.location, "`\(phrase.text)` is not a fraction",
        suggestion: "expected a fraction such as `5%` or `0.05`")
      return nil
    }
    guard quantity.unit.text.isEmpty || quantity.unit.text == "%" else {
      report(
        .wrongUnit, at: quantity.unit.location, "`\(quantity.unit.text)` is not a unit of a fraction",
        suggestion: "expected a fraction such as `5%` or `0.05`")
      return nil
    }
    // Shifting the decimal point before the conversion gives the nearest Double, which dividing by 100 doesn't.
    let shifted =
      quantity.numberPhrase.text.contains(where: \.isLetter) ? nil : Double(quantity.numberPhrase.text + "e-2")
    let value = quantity.unit.text == "%" ? shifted ?? quantity.number / 100 : quantity.number
    guard (0...1).contains(value) else {
      let bare = quantity.unit.text.isEmpty && (0...100).contains(quantity.number)
      report(
        .outOfRange, at: phrase.location, "a fraction is from 0% to 100%",
        suggestion: bare ? "did you mean `\(phrase.text)%`?" : nil)
      return nil
    }
    return value
  }

  /// A number without a unit.
  func number(_ phrase: Phrase) -> Double? {
    guard let quantity = Quantity(phrase), quantity.unit.text.isEmpty, quantity.number.isFinite else {
      report(.notANumber, at: phrase.location, "`\(phrase.text)` is not a number")
      return nil
    }
    return quantity.number
  }

  /// A whole number in a range.
  func count(_ phrase: Phrase, in range: ClosedRange<Int>) -> Int? {
    guard !phrase.text.hasPrefix("+"), let value = Int(phrase.text) else {
      report(.notANumber, at: phrase.location, "`\(phrase.text)` is not a whole number")
      return nil
    }
    guard range.contains(value) else {
      let expected =
        value < range.lowerBound ? "at least \(range.lowerBound)" : "at most \(range.upperBound)"
      report(.outOfRange, at: phrase.location, "`\(path.last ?? "")` has to be \(expected)")
      return nil
    }
    return value
  }

  /// A factor, written `x3` or `3`.
  func factor(_ phrase: Phrase) -> Double? {
    guard phrase.text.hasPrefix("x") else { return number(phrase) }
    return number(phrase.part(from: 1, count: phrase.text.count - 1))
  }
}
