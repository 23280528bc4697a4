import Model

extension ValueKind where Value == Step {
  static var step: ValueKind {
    .section(by: [("work", Step.work), ("call", Step.call), ("together", Step.together)])
  }
}

extension Step {
  static let work = Section<Step>(
    "work", "Time on the thread of the call; running work shares the cores where the service has `cores`."
  ) { keys in
    let work = keys.required("work", .distribution(usual: "ms"), "how long it takes: a duration or a distribution")
    let probability = probability(in: &keys)
    return { Step(.work($0[work]), probability: $0[probability]) }
  }

  static let call = Section<Step>(
    "call", "A call of a dependency, whose answer is waited for; if it fails, so does the step."
  ) { keys in
    let call = keys.required("call", .calledDependency, "the name of the dependency")
    let probability = probability(in: &keys)
    return { Step(.call($0[call]), probability: $0[probability]) }
  }

  static let together = Section<Step>(
    "together",
    "Calls of several dependencies at once; all are waited for, and one that fails without a fallback fails the step."
  ) { keys in
    let list = ValueKind<[String]>.list(.calledDependency, isEmptyAllowed: false)
    let together = keys.required(
      "together",
      .either(
        list: list.map { Step.Action.together($0, waitFor: $0.count) }, else: .section(Step.some)),
      "the names of the dependencies")
    let probability = probability(in: &keys)
    return { Step($0[together], probability: $0[probability]) }
  }

  private static let some = Section<Step.Action>("some", "Calls at once, of which some are waited for.") { keys in
    let of = keys.required("of", .list(.calledDependency, isEmptyAllowed: false), "the names of the dependencies")
    let waitForKey = keys.ifGiven(
      "wait-for", .count(1...Limit.threads),
      "how many of them have to succeed, after which the step goes on; all where not given")
    return { fields in
      let names = fields[of]
      guard let waitFor = fields[waitForKey] else { return .together(names, waitFor: names.count) }
      guard waitFor <= names.count else {
        fields.decoding.report(
          .outOfRange, at: fields.location(waitForKey),
          "`wait-for` has to be at most \(names.count), the number of calls")
        return nil
      }
      return .together(names, waitFor: waitFor)
    }
  }

  private static func probability(in keys: inout Keys) -> Key<Probability> {
    keys.optional(
      "probability", .probability, standard: "100%", "how likely the step is taken; it is left out otherwise")
  }
}

extension ValueKind where Value == String {
  /// A dependency that a step calls.
  fileprivate static var calledDependency: ValueKind {
    .scalar(.name) { phrase, decoding in
      guard let name = decoding.dependencyName(phrase) else { return nil }
      if let endpoint = decoding.endpoint {
        decoding.calls.addStep(of: endpoint, calling: name, at: phrase.location)
      }
      return name
    }
  }
}
