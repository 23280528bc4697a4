import Model
import Sampling

extension ValueKind where Value == Arrivals {
  static var arrivals: ValueKind {
    .scalar(.arrivals) { phrase, decoding in decoding.arrivals(phrase) }
  }
}

extension Decoding {
  private enum ArrivalsName: String, CaseIterable {
    case poisson, constant, renewal, diurnal, piecewise, ramp, replay, closed
  }

  /// Arrivals written as a call: `poisson(120/s)`.
  func arrivals(_ phrase: Phrase) -> Arrivals? {
    guard CallExpression.looksLike(phrase) else {
      report(
        .badExpression, at: phrase.location, "`\(phrase.text)` doesn't say how requests arrive",
        suggestion: "did you mean `poisson(\(phrase.text))`?")
      return nil
    }
    let word = phrase.text.prefix { $0 != "(" && !$0.isWhitespace }
    let wordPhrase = phrase.part(from: 0, count: word.count)
    guard let name = ArrivalsName(rawValue: String(word)) else {
      report(
        .unknownArrivals, at: wordPhrase.location, "`\(word)` is not a kind of arrivals",
        suggestion: suggestion(for: String(word), among: ArrivalsName.allCases.map(\.rawValue)))
      return nil
    }
    guard let call = CallExpression(phrase, self) else { return nil }
    switch name {
    case .poisson: return rate(of: call).map { .poisson($0) }
    case .constant: return rate(of: call).map { .constant($0) }
    case .renewal: return renewal(call)
    case .diurnal: return diurnal(call)
    case .piecewise: return piecewise(call)
    case .ramp: return ramp(call)
    case .replay: return replay(call)
    case .closed: return closed(call)
    }
  }

  private func rate(of call: CallExpression) -> Rate? {
    call.single("a rate, as in `\(call.name.text)(120/s)`", self).flatMap { positiveRate($0.value) }
  }

  private func renewal(_ call: CallExpression) -> Arrivals? {
    guard let (value, _) = call.single("the time between arrivals, as in `renewal(erlang(k=2 mean=1.25s))`", self),
      let distribution = distribution(value, usual: "s")
    else { return nil }
    guard distribution.mean > 0 else {
      report(.outOfRange, at: value.location, "the mean time between arrivals has to be above zero")
      return nil
    }
    return .renewal(distribution)
  }

  private func diurnal(_ call: CallExpression) -> Arrivals? {
    guard let (_, values) = call.parameters([["mean", "peak", "at"]], self),
      let meanPhrase = values["mean"], let peakPhrase = values["peak"], let atPhrase = values["at"]
    else { return nil }
    let mean = positiveRate(meanPhrase)
    let peak = positiveRate(peakPhrase)
    let at = timeOfDay(atPhrase)
    guard let mean, let peak, let at else { return nil }
    if peak < mean {
      report(.outOfRange, at: peakPhrase.location, "the peak is below the mean")
      return nil
    }
    if peak.perSecond > 2 * mean.perSecond {
      report(
        .rateBelowZero, at: peakPhrase.location,
        "a peak above twice the mean would need a rate below zero at night")
      return nil
    }
    return .diurnal(mean: mean, peak: peak, at: at)
  }

  private func piecewise(_ call: CallExpression) -> Arrivals? {
    var pieces: [Arrivals.Piece] = []
    for argument in call.arguments {
      guard let name = argument.name else {
        report(
          .unknownParameter, at: argument.whole.location, "`\(argument.whole.text)` needs the time from which it holds",
          suggestion: "expected one such as `10min=\(argument.whole.text)`")
        return nil
      }
      let from = duration(name, usual: "min")
      let rate = rate(argument.value)
      guard let from, let rate else { return nil }
      let last = pieces.last?.from
      if last == nil, from != .zero {
        report(.outOfRange, at: name.location, "the first piece has to start at `0s`")
        return nil
      }
      if let last, from <= last {
        report(.outOfRange, at: name.location, "the pieces have to follow each other in time")
        return nil
      }
      pieces.append(Arrivals.Piece(from: from, rate: rate))
    }
    guard pieces.contains(where: { $0.rate.perSecond > 0 }) else {
      report(
        .missingParameter, at: call.whole.location, "`piecewise` takes rates, as in `piecewise(0s=100/s 10min=300/s)`")
      return nil
    }
    return .piecewise(pieces)
  }

  private func ramp(_ call: CallExpression) -> Arrivals? {
    guard let (_, values) = call.parameters([["from", "to", "over"]], optional: ["at"], self),
      let fromPhrase = values["from"], let toPhrase = values["to"], let overPhrase = values["over"]
    else { return nil }
    let from = rate(fromPhrase)
    let to = rate(toPhrase)
    let over = duration(overPhrase, usual: "min")
    let at = values["at"].map { duration($0, usual: "min") } ?? .zero
    guard let from, let to, let over, let at else { return nil }
    if from.perSecond == 0, to.perSecond == 0 {
      report(.outOfRange, at: toPhrase.location, "one of the two rates has to be above zero")
      return nil
    }
    if over == .zero {
      report(
        .outOfRange, at: overPhrase.location, "the time in which the rate moves has to be above zero",
        suggestion: values["at"].flatMap { at > .zero ? $0.text : nil }.map {
          "a sudden change is written `piecewise(0s=\(fromPhrase.text) \($0)=\(toPhrase.text))`"
        })
      return nil
    }
    return .ramp(Arrivals.Ramp(from: from, to: to, over: over, at: at))
  }

  private func replay(_ call: CallExpression) -> Arrivals? {
    guard let (file, values) = call.single("the path of a CSV file", named: ["column", "unit"], self) else {
      return nil
    }
    return recordedArrivals(in: file, column: values["column"], unit: values["unit"]).map { .replay($0) }
  }

  private func closed(_ call: CallExpression) -> Arrivals? {
    guard let (_, values) = call.parameters([["clients", "think"]], self),
      let clientsPhrase = values["clients"], let thinkPhrase = values["think"]
    else { return nil }
    let clients = Int(clientsPhrase.text)
    if !(1...Limit.clients).contains(clients ?? 0) {
      report(.outOfRange, at: clientsPhrase.location, "`clients` is a whole number from 1 to \(Limit.clients)")
    }
    guard let think = distribution(thinkPhrase, usual: "s") else { return nil }
    guard think.mean > 0 else {
      report(.outOfRange, at: thinkPhrase.location, "the mean time to think has to be above zero")
      return nil
    }
    guard let clients, (1...Limit.clients).contains(clients) else { return nil }
    return .closed(clients: clients, think: think)
  }
}
