import Model

extension FaultEffect {
  /// What may be injected, each with the settings that stand beside the word.
  static let branches: [(word: String, section: Section<FaultEffect>)] =
    lasting + [
      ("surge", SurgeFault.section), ("bad-deploy", DeployFault.section),
      (
        "flush-cache",
        plain(
          .flushCache,
          "caches lose all that they hold, at `at`; what is being fetched for them arrives; `for` need not be given, and says "
            + "how long the time afterwards counts as that of the fault")
      ),
      ("bandwidth", BandwidthFault.section), ("set", SetFault.section),
    ]

  /// What may come up again and again by itself.
  static var recurring: [(word: String, section: Section<FaultEffect>)] { lasting.filter { $0.word != "leak" } }

  /// What a part of the system does for as long as the fault lasts.
  static let lasting: [(word: String, section: Section<FaultEffect>)] = [
    (
      "unavailable",
      plain(
        .unavailable,
        "new calls are refused at once, the balancer keeps sending them there, and work in progress goes on")
    ),
    (
      "hang",
      plain(
        .hang,
        "calls take a thread and hold it until the fault ends, and fail then; aimed at `caller -> service` they hang on "
          + "the way and take no thread of the callee")
    ),
    ("error", ErrorFault.section),
    ("latency", LatencyFault.section),
    ("slow", SlowFault.section),
    (
      "crash",
      plain(
        .crash,
        "what is in flight is lost and its callers see `unreachable`; the balancer goes round the replica, "
          + "which is up again when the fault ends")
    ),
    ("capacity", CapacityFault.section),
    ("loss", LossFault.section),
    ("partition", PartitionFault.section),
    ("leak", LeakFault.section),
    (
      "pause",
      plain(
        .pause,
        "all work, also what runs, stands still until the fault ends, as in a garbage collection; calls still come in")
    ),
  ]

  /// Words of chaos tools (Gremlin, Chaos Mesh, Litmus, Envoy) for what may be injected.
  static let synonyms: [String: [String]] = [
    "abort": ["error"], "blackhole": ["hang", "partition"], "cpu": ["slow"], "cpu-hog": ["slow"], "delay": ["latency"],
    "disk": ["slow"], "exception": ["error"], "gc": ["pause"], "io": ["slow"], "kill": ["crash"], "memory": ["leak"],
    "network-delay": ["latency"], "network-loss": ["loss"], "network-partition": ["partition"],
    "packet-loss": ["loss"], "pod-delete": ["crash"], "pod-failure": ["crash", "unavailable"], "pod-kill": ["crash"],
    "shutdown": ["crash"], "stress": ["slow"], "stop": ["pause"], "throttle": ["bandwidth", "capacity"],
    "timeout": ["hang"],
  ]

  private static func plain(_ effect: FaultEffect, _ doc: String) -> Section<FaultEffect> {
    Section(effect.keyword, doc) { _ in { _ in effect } }
  }
}
