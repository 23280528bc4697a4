import Model

extension Fallback {
  static let section = Section<Fallback>(
    "fallback", "What stands in for a failed call, whose request is then degraded and not failed."
  ) { keys in
    let returns = keys.ifGiven("returns", .name, "a label of what is returned, for the reader only")
    let takes = keys.optional(
      "takes", .distribution(usual: "ms"), standard: "0s", "how long the fallback takes: a duration or a distribution")
    let fails = keys.optional(
      "fails", .probability, standard: "0%",
      "how likely the fallback itself fails, and with it the call, for the reason it had")
    let call = keys.ifGiven(
      "call", .dependencyName,
      "a dependency of the same caller that is called for the answer; a static response where not given")
    return { fields in
      Fallback(returns: fields[returns], takes: fields[takes], fails: fields[fails], calls: fields[call])
    }
  }
}
