import Model

extension CapacityFault {
  static let section = Section<FaultEffect>(
    "capacity", "a part of the threads or of the replicas is taken; what runs goes on"
  ) { keys in
    let threadsKey = keys.ifGiven(
      "threads", ValueKind<CapacityFault.Amount>.amount.orRamp(ends: .amountOrNone),
      "how many threads of each replica are taken, or places of each bulkhead: a part such as `50%`, or a number; "
        + "`from 0% to 80% over 4min` moves, in 100 steps")
    let replicasKey = keys.ifGiven(
      "replicas", ValueKind<CapacityFault.Amount>.amount.orRamp(ends: .amountOrNone),
      "how many replicas get no new calls: a part such as `50%`, or a number; `from 0% to 50% over 4min` moves, in 100 "
        + "steps")
    return { fields in
      func fault(_ resource: Resource, _ moving: Moving<Amount>, at location: SourceLocation) -> FaultEffect? {
        if let start = moving.start {
          guard start.value.isFraction == moving.value.isFraction else {
            fields.decoding.report(
              .badRamp, at: location, "this ramp leads from a part to a number: both ends have to be of one kind")
            return nil
          }
          guard start.value != moving.value else {
            fields.decoding.report(.badRamp, at: location, "both ends of this ramp are the same")
            return nil
          }
        }
        return .capacity(
          CapacityFault(resource: resource, taken: moving.value, ramp: moving.ramp { $0.number }))
      }
      switch (fields[threadsKey], fields[replicasKey]) {
      case (let amount?, nil): return fault(.threads, amount, at: fields.location(threadsKey))
      case (nil, let amount?): return fault(.replicas, amount, at: fields.location(replicasKey))
      case (nil, nil):
        fields.decoding.report(
          .missingKey, at: fields.decoding.holder ?? fields.location(threadsKey),
          "a capacity fault needs `threads` or `replicas`")
        return nil
      case (_?, _?):
        fields.decoding.report(
          .conflictingKeys, at: fields.location(replicasKey), "only one of `threads` or `replicas` may be given")
        return nil
      }
    }
  }
}

extension CapacityFault.Amount {
  fileprivate var isFraction: Bool {
    switch self {
    case .fraction: true
    case .count: false
    }
  }

  fileprivate var number: Double {
    switch self {
    case .fraction(let part): part.value
    case .count(let count): Double(count)
    }
  }
}

extension ValueKind where Value == CapacityFault.Amount {
  /// `50%`, or a whole number.
  static var amount: ValueKind { amount(from: 1, .positiveProbability) }

  /// The same, and 0% or 0.
  fileprivate static var amountOrNone: ValueKind { amount(from: 0, .probability) }

  private static func amount(from least: Int, _ part: ValueKind<Probability>) -> ValueKind {
    .scalar(.fractionOrCount) { phrase, decoding in
      guard phrase.text.hasSuffix("%") else {
        return decoding.count(phrase, in: least...Limit.threads).map { .count($0) }
      }
      return part.decode(Node(content: .scalar(phrase), location: phrase.location), decoding)
        .map { .fraction($0) }
    }
  }
}
