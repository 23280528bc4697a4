extension Explanation {
  /// What every simulation assumes, since the language has no words for it yet.
  public static let engineAssumptions = [
    "a crashed replica is taken out of balancing at once",
    "calls take no network time unless a latency fault says so",
    "a timeout frees the caller's place in the bulkhead",
    "the state of breakers, bulkheads and balancers is one per caller replica and dependency",
  ]
}
