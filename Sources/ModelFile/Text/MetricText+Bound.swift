import Model

extension Decoding {
  /// The value of a metric, in the unit of its quantity: a fraction, seconds, a number, bits per second, events per second or hour,
  /// or money in the currency of the CDN's price.
  func bound(_ phrase: Phrase, of metric: Metric) -> Double? {
    switch metric.quantity.unit {
    case .fraction: fraction(phrase)
    case .seconds: seconds(phrase, usual: "s")
    case .count: howMany(phrase)
    case .perSecond: rate(phrase)?.perSecond
    case .perHour: perHour(phrase)
    case .bitsPerSecond: bitsPerSecond(phrase)
    case .money: amount(phrase, ofCDN: metric.workload)
    }
  }

  /// How many: zero or more.
  private func howMany(_ phrase: Phrase) -> Double? {
    guard let number = number(phrase) else { return nil }
    if number >= 0 { return number }
    report(.outOfRange, at: phrase.location, "a number of calls is zero or more")
    return nil
  }

  /// An amount in the currency of a CDN's price.
  private func amount(_ phrase: Phrase, ofCDN cdn: String) -> Double? {
    // Of a price that doesn't say its currency as it should that has been told already.
    let currency = names.currencies[cdn].flatMap { $0.isEmpty ? nil : $0 }
    guard let amount = amount(phrase, usual: currency ?? "USD") else { return nil }
    guard let currency, amount.currency.text != currency else { return amount.value }
    report(
      .wrongUnit, at: amount.currency.location,
      "the price of `\(cdn)` is in `\(currency)`, and can't be compared with `\(amount.currency.text)`")
    return nil
  }

  /// A rate in events per hour; what is written per hour is exactly so much.
  private func perHour(_ phrase: Phrase) -> Double? {
    guard let rate = rate(phrase) else { return nil }
    if let quantity = Quantity(phrase), quantity.unit.text == "/h" { return quantity.number }
    return rate.perSecond * 3600
  }

  /// An amount of money, zero or more, written `10 USD`.
  ///
  /// - Parameter usual: the currency that is suggested where there is none.
  private func amount(_ phrase: Phrase, usual: String) -> (value: Double, currency: Phrase)? {
    let words = phrase.words
    guard let first = words.first, let quantity = Quantity(first), quantity.unit.text.isEmpty, words.count <= 2 else {
      report(
        .notANumber, at: phrase.location, "`\(phrase.text)` is not an amount of money",
        suggestion: "expected one such as `10 \(usual)`")
      return nil
    }
    guard words.count == 2 else {
      report(
        .missingUnit, at: phrase.location, "an amount of money needs a currency",
        suggestion: "which one? such as `\(first.text) \(usual)`")
      return nil
    }
    guard words[1].text.count == 3, words[1].text.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
      report(
        .wrongUnit, at: words[1].location, "`\(words[1].text)` is not a currency",
        suggestion: "expected three capital letters, such as `\(usual)`")
      return nil
    }
    guard quantity.number >= 0, quantity.number.isFinite else {
      report(.outOfRange, at: first.location, "an amount of money is zero or more")
      return nil
    }
    return (quantity.number, words[1])
  }
}
