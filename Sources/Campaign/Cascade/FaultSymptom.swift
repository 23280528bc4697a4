/// In which way a fault shows at what it acts on.
enum FaultSymptom: Hashable {
  /// It answers with errors, refuses, or lets connections break.
  case failing
  /// What it acts on takes longer.
  case waiting
  /// Replicas are gone.
  case taken
  /// A cache is empty.
  case emptied
  /// In any way but the emptying of a cache.
  case any
}

extension FaultSymptom {
  /// How well it fits a fault's effect: 0 where the effect is that, 1 where it may come to that; nil where it does not.
  ///
  /// - Parameter effect: the word of the language.
  func fit(_ effect: String) -> Int? {
    switch self {
    case .failing: Self.failures[effect]
    case .waiting: Self.delays[effect]
    case .taken: ["crash", "leak", "capacity", "bad-deploy"].contains(effect) ? 0 : nil
    case .emptied: effect == "flush-cache" ? 0 : nil
    case .any: effect == "flush-cache" ? nil : 0
    }
  }

  /// What is held fails where that ends.
  private static let failures = [
    "unavailable": 0, "error": 0, "crash": 0, "bad-deploy": 0, "hang": 1, "loss": 1, "partition": 1, "leak": 1,
    "capacity": 1,
  ]
  /// What is held takes longer than what is late.
  private static let delays = [
    "hang": 0, "partition": 0, "pause": 0, "loss": 1, "bandwidth": 1, "slow": 1, "latency": 1, "capacity": 1,
    "leak": 1, "bad-deploy": 1, "surge": 1,
  ]
}
