import Model

extension FaultEffect {
  /// What may be injected, each with the settings that stand beside the word.
  static let branches: [(word: String, section: Section<FaultEffect>)] = [
    ("unavailable", plain(.unavailable, "New calls are refused.")),
    ("hang", plain(.hang, "Calls are not answered until the fault ends, and fail then.")),
    ("error", ErrorFault.section),
    ("latency", LatencyFault.section),
    ("slow", SlowFault.section),
    ("crash", plain(.crash, "What is in flight is lost, and new calls find nobody.")),
    ("capacity", CapacityFault.section),
    ("surge", SurgeFault.section),
    ("pause", plain(.pause, "All work stands still, as in a garbage collection.")),
  ]

  /// Words of the language that are refused for now.
  static let later: [String: String] = [
    "loss": "networks come with a later version", "bandwidth": "networks come with a later version",
    "partition": "networks come with a later version", "flush-cache": "caches come with a later version",
    "leak": "it comes with a later version", "bad-deploy": "deploys come with a later version",
    "set": "it comes with a later version",
  ]

  private static func plain(_ effect: FaultEffect, _ doc: String) -> Section<FaultEffect> {
    Section(effect.keyword, doc) { _ in { _ in effect } }
  }
}
