/// What is done to the arguments before they are parsed.
enum ArgumentPreparation {
  /// `--explain` without a value means `--explain values`, which the parser can't be told.
  static func prepared(_ arguments: [String]) -> [String] {
    guard arguments.contains("--explain") else { return arguments }
    let words = ValidateCommand.Explained.allCases.map(\.rawValue)
    var prepared: [String] = []
    for (place, argument) in arguments.enumerated() {
      if argument == "--" { return prepared + arguments[place...] }
      let next = place + 1 < arguments.count ? arguments[place + 1] : nil
      let isAlone = argument == "--explain" && !(next.map(words.contains) ?? false)
      prepared.append(isAlone ? "--explain=\(ValidateCommand.Explained.values.rawValue)" : argument)
    }
    return prepared
  }
}
