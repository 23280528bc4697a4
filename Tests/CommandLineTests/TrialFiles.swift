/// Scenarios of the tiny system whose verdicts take some replications.
enum TrialFiles {
  /// One hypothesis that holds by the fallback, one that is refuted, a sabotage that turns and one that does not.
  static let mixed = """
    scenario: back-hangs
    model: ../model.yaml
    faults:
      no-answer: {at: 15s, for: 15s, inject: hang, target: back}
    expect:
      pages-stay: {that: availability(users) >= 99%, during: faults}
      all-fresh: {that: full-fidelity(users) >= 50%, during: faults}
    sabotage:
      no-fallback: {set: {services.front.dependencies.back.fallback: none}, refutes: [pages-stay]}
      more-threads: {set: {services.front.pool.threads: 60}, refutes: [pages-stay]}

    """

  static let supported = """
    scenario: holds
    model: ../model.yaml
    faults:
      no-answer: {at: 15s, for: 15s, inject: hang, target: back}
    expect:
      pages-stay: {that: availability(users) >= 99%, during: faults}
    sabotage:
      no-fallback: {set: {services.front.dependencies.back.fallback: none}, refutes: [pages-stay]}

    """

  static let ramped = """
    scenario: grows
    model: ../model.yaml
    ramp: [one device, 5%, 25%, 100%]
    faults:
      no-answer: {at: 15s, for: 15s, inject: error, target: back, scope: 25%}
    expect:
      fresh: {that: full-fidelity(users) >= 90%, during: faults}

    """

  static func write(to folder: Folder, _ scenarios: [String: String]) throws {
    try TinySystem.write(to: folder)
    try folder.write(
      TinySystem.model.replacing("call: front.page}", with: "call: front.page, devices: 300}"), to: "model.yaml")
    try folder.makeFolder("scenarios")
    for (name, text) in scenarios { try folder.write(text, to: "scenarios/\(name)") }
  }
}
