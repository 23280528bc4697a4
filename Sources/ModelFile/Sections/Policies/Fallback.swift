import Model

extension Fallback {
  static let section = Section<Fallback>("fallback", "What stands in for a failed call.") { keys in
    let returns = keys.ifGiven("returns", .name, "a label of what is returned")
    let takes = keys.optional("takes", .distribution(usual: "ms"), standard: "0s", "how long the fallback takes")
    let fails = keys.optional("fails", .probability, standard: "0%", "how likely the fallback itself fails")
    let call = keys.ifGiven("call", .dependencyName, "a dependency of the same service that is called for the answer")
    return { fields in
      Fallback(returns: fields[returns], takes: fields[takes], fails: fields[fails], calls: fields[call])
    }
  }
}
