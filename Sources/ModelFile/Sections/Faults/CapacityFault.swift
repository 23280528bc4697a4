import Model

extension CapacityFault {
  static let section = Section<FaultEffect>(
    "capacity", "a part of the threads or of the replicas is taken; what runs goes on"
  ) { keys in
    let threadsKey = keys.ifGiven(
      "threads", .amount, "how many threads of each replica are taken: a part such as `50%`, or a number")
    let replicasKey = keys.ifGiven(
      "replicas", .amount, "how many replicas get no new calls: a part such as `50%`, or a number")
    return { fields in
      switch (fields[threadsKey], fields[replicasKey]) {
      case (let amount?, nil): return .capacity(CapacityFault(resource: .threads, taken: amount))
      case (nil, let amount?): return .capacity(CapacityFault(resource: .replicas, taken: amount))
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

extension ValueKind where Value == CapacityFault.Amount {
  /// `50%`, or a whole number.
  fileprivate static var amount: ValueKind {
    .scalar(.fractionOrCount) { phrase, decoding in
      guard phrase.text.hasSuffix("%") else {
        return decoding.count(phrase, in: 1...Limit.threads).map { .count($0) }
      }
      return ValueKind<Probability>.positiveProbability
        .decode(Node(content: .scalar(phrase), location: phrase.location), decoding)
        .map { .fraction($0) }
    }
  }
}
