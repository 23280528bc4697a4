extension Golden {
  /// What is said about sabotages and ramps.
  static let trials: [Golden] = [
    Golden(
      .unknownExpectation, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {services.web.replicas: 1}, refutes: [play]}}",
      says: """
        outage.yaml:3:62: error: unknown hypothesis `play` [unknown-expectation]
        3 | sabotage: {bare: {set: {services.web.replicas: 1}, refutes: [play]}}
          |                                                              ^^^^ did you mean `plays`?
        """),
    Golden(
      .duplicateName, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {services.web.replicas: 1}, refutes: [plays, plays]}}",
      says: """
        outage.yaml:3:69: error: `plays` is listed twice [duplicate-name]
        3 | sabotage: {bare: {set: {services.web.replicas: 1}, refutes: [plays, plays]}}
          |                                                                     ^^^^^
        """),
    Golden(
      .outOfRange, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {services.web.replicas: 1}, refutes: []}}",
      says: """
        outage.yaml:3:61: error: this list may not be empty [out-of-range]
        3 | sabotage: {bare: {set: {services.web.replicas: 1}, refutes: []}}
          |                                                             ^
        """),
    Golden(
      .outOfRange, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {}, refutes: [plays]}}",
      says: """
        outage.yaml:3:24: error: a sabotage sets at least one value of the model [out-of-range]
        3 | sabotage: {bare: {set: {}, refutes: [plays]}}
          |                        ^
        """),
    Golden(
      .missingKey, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {services.web.replicas: 1}}}",
      says: """
        outage.yaml:3:12: error: `bare` lacks the key `refutes` [missing-key]
        3 | sabotage: {bare: {set: {services.web.replicas: 1}}}
          |            ^^^^ `refutes`: the hypotheses of `expect` that must then be refuted
        """),
    Golden(
      .badPath, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {faults.down.for: 1min}, refutes: [plays]}}",
      says: """
        outage.yaml:3:25: error: a sabotage removes something from the model, and this is of the scenario [bad-path]
        3 | sabotage: {bare: {set: {faults.down.for: 1min}, refutes: [plays]}}
          |                         ^^^^^^^^^^^^^^^
        """),
    Golden(
      .badPath, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {services.wbe.replicas: 1}, refutes: [plays]}}",
      says: """
        outage.yaml:3:34: error: there is nothing named `wbe` [bad-path]
        3 | sabotage: {bare: {set: {services.wbe.replicas: 1}, refutes: [plays]}}
          |                                  ^^^ did you mean `web`?
        """),
    Golden(
      .outOfRange, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nsabotage: {bare: {set: {services.web.replicas: 0}, refutes: [plays]}}",
      says: """
        outage.yaml:3:48: error: `replicas` has to be at least 1 [out-of-range]
        3 | sabotage: {bare: {set: {services.web.replicas: 0}, refutes: [plays]}}
          |                                                ^
        """),
    Golden(
      .outOfRange, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: []",
      says: """
        outage.yaml:3:7: error: this list may not be empty [out-of-range]
        3 | ramp: []
          |       ^
        """),
    Golden(
      .badScope, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: [5% of requests, 1% of requests, 100%]",
      says: """
        outage.yaml:3:24: error: `1% of requests` reaches nobody whom `5% of requests` before it does not reach [bad-scope]
        3 | ramp: [5% of requests, 1% of requests, 100%]
          |                        ^^^^^^^^^^^^^^ the scopes of a ramp grow
        """),
    Golden(
      .badScope, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: [1%, 5% of requests]",
      says: """
        outage.yaml:3:12: error: `5% of requests` is of another kind than `1%` before it [bad-scope]
        3 | ramp: [1%, 5% of requests]
          |            ^^^^^^^^^^^^^^ a ramp is of devices, of requests or of replicas alone
        """),
    Golden(
      .badScope, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: [one device, 5%]",
      says: """
        outage.yaml:3:8: error: no workload says how many devices ask [bad-scope]
        3 | ramp: [one device, 5%]
          |        ^^^^^^^^^^ give a workload `devices`, or say `1% of requests`
        """),
    Golden(
      .badScope, in: .outage, replacing: "inject: hang\n    target: viewing-history\n",
      with: "inject: crash\n    target: viewing-history\nramp: [1%, 100%]\n",
      says: """
        outage.yaml:9:7: error: none of the faults can have such a scope [bad-scope]
        9 | ramp: [1%, 100%]
          |       ^
        """),
    Golden(
      .badScope, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: [1 replica, 2 replicas]",
      says: """
        outage.yaml:3:19: error: `viewing-history` has 1 replicas [bad-scope]
        3 | ramp: [1 replica, 2 replicas]
          |                   ^^^^^^^^^^
        """),
    Golden(
      .workloadWithoutDevices, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: [1%, 100%]",
      says: """
        outage.yaml:3:7: warning: `viewers` has no `devices`: each request counts as its own device [workload-without-devices]
        3 | ramp: [1%, 100%]
          |       ^ give it `devices`, or say `of requests`
        """),
    Golden(
      .wrongKind, in: .outage, replacing: "model: shop.yaml",
      with: "model: shop.yaml\nramp: 5%",
      says: """
        outage.yaml:3:7: error: expected a list such as `[a, b]`, found `5%` [wrong-kind]
        3 | ramp: 5%
          |       ^^
        """),
  ]
}
