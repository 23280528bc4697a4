extension Golden {
  static let expressions: [Golden] = [
    Golden(
      .badExpression, in: .queue, replacing: "exponential(mean=1s)", with: "exponential(mean=1s",
      says: """
        model.yaml:11:21: error: a closing parenthesis is missing at the end [bad-expression]
        11 |       serve: [work: exponential(mean=1s]
           |                     ^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .badExpression, in: .queue, replacing: "exponential(mean=1s)", with: "exponential",
      says: """
        model.yaml:11:21: error: `exponential` needs its parameters in parentheses [bad-expression]
        11 |       serve: [work: exponential]
           |                     ^^^^^^^^^^^
        """),
    Golden(
      .badExpression, in: .queue, replacing: "poisson(14.4/s)", with: "14.4/s",
      says: """
        model.yaml:5:15: error: `14.4/s` doesn't say how requests arrive [bad-expression]
        5 |     arrivals: 14.4/s
          |               ^^^^^^ did you mean `poisson(14.4/s)`?
        """),
    Golden(
      .badExpression, in: .queue, replacing: "poisson(14.4/s)", with: "poisson(100 /s)",
      says: """
        model.yaml:5:23: error: a blank stands between a number and its unit [bad-expression]
        5 |     arrivals: poisson(100 /s)
          |                       ^^^^^^ did you mean `100/s`?
        """),
    Golden(
      .badExpression, in: .queue, replacing: "exponential(mean=1s)", with: "exponential(mean=1 s)",
      says: """
        model.yaml:11:38: error: a blank stands between a number and its unit [bad-expression]
        11 |       serve: [work: exponential(mean=1 s)]
           |                                      ^^^ did you mean `1s`?
        """),
    Golden(
      .commaInDistribution, in: .queue, replacing: "      serve: [work: exponential(mean=1s)]",
      with: "      serve:\n        - work: lognormal(p50=12ms, p99=80ms)",
      says: """
        model.yaml:12:35: error: parameters are separated by spaces, not by commas [comma-in-distribution]
        12 |         - work: lognormal(p50=12ms, p99=80ms)
           |                                   ^
        """),
    Golden(
      .unknownDistribution, in: .queue, replacing: "exponential(mean=1s)", with: "exponentail(mean=1s)",
      says: """
        model.yaml:11:21: error: `exponentail` is not a distribution [unknown-distribution]
        11 |       serve: [work: exponentail(mean=1s)]
           |                     ^^^^^^^^^^^ did you mean `exponential`?
        """),
    Golden(
      .unknownParameter, in: .queue, replacing: "exponential(mean=1s)", with: "lognormal(p50=12ms p90=80ms)",
      says: """
        model.yaml:11:40: error: `lognormal` has no parameter `p90` [unknown-parameter]
        11 |       serve: [work: lognormal(p50=12ms p90=80ms)]
           |                                        ^^^ did you mean `p99`?
        """),
    Golden(
      .unknownParameter, in: .queue, replacing: "exponential(mean=1s)", with: "exponential(1s)",
      says: """
        model.yaml:11:33: error: `1s` needs the name of its parameter [unknown-parameter]
        11 |       serve: [work: exponential(1s)]
           |                                 ^^ expected `exponential(mean=…)`
        """),
    Golden(
      .missingParameter, in: .queue, replacing: "exponential(mean=1s)", with: "lognormal(p50=12ms)",
      says: """
        model.yaml:11:21: error: `lognormal` is written `lognormal(p50=… p99=…)` or `lognormal(mean=… cv=…)` or `lognormal(mu=… sigma=…)` [missing-parameter]
        11 |       serve: [work: lognormal(p50=12ms)]
           |                     ^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .missingParameter, in: .queue, replacing: "exponential(mean=1s)", with: "shifted(exponential(mean=2ms))",
      says: """
        model.yaml:11:21: error: `shifted` lacks `by` [missing-parameter]
        11 |       serve: [work: shifted(exponential(mean=2ms))]
           |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .duplicateParameter, in: .queue, replacing: "exponential(mean=1s)", with: "uniform(min=1s min=2s)",
      says: """
        model.yaml:11:36: error: the parameter `min` is given twice [duplicate-parameter]
        11 |       serve: [work: uniform(min=1s min=2s)]
           |                                    ^^^
        """),
    Golden(
      .badParameter, in: .queue, replacing: "exponential(mean=1s)", with: "lognormal(p50=80ms p99=12ms)",
      says: """
        model.yaml:11:44: error: `p99` must be above p50 [bad-parameter]
        11 |       serve: [work: lognormal(p50=80ms p99=12ms)]
           |                                            ^^^^
        """),
    Golden(
      .badParameter, in: .queue, replacing: "exponential(mean=1s)", with: "mixture(50%=1s 40%=2s)",
      says: """
        model.yaml:11:21: error: the probabilities must sum to 1, not 0.9 [bad-parameter]
        11 |       serve: [work: mixture(50%=1s 40%=2s)]
           |                     ^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .missingUnit, in: .queue, replacing: "exponential(mean=1s)", with: "mixture(99%=5ms 1%=lognormal(p50=1 p99=8s))",
      says: """
        model.yaml:11:54: error: a duration needs a unit [missing-unit]
        11 |       serve: [work: mixture(99%=5ms 1%=lognormal(p50=1 p99=8s))]
           |                                                      ^ which unit? such as `400ms` or `3s`
        """),
    Golden(
      .unknownArrivals, in: .queue, replacing: "poisson(14.4/s)", with: "posson(14.4/s)",
      says: """
        model.yaml:5:15: error: `posson` is not a kind of arrivals [unknown-arrivals]
        5 |     arrivals: posson(14.4/s)
          |               ^^^^^^ did you mean `poisson`?
        """),
    Golden(
      .missingParameter, in: .queue, replacing: "poisson(14.4/s)", with: "ramp(from=0/s to=14.4/s)",
      says: """
        model.yaml:5:15: error: `ramp` is written `ramp(from=… to=… over=…)` [missing-parameter]
        5 |     arrivals: ramp(from=0/s to=14.4/s)
          |               ^^^^^^^^^^^^^^^^^^^^^^^^
        """),
    Golden(
      .outOfRange, in: .queue, replacing: "poisson(14.4/s)", with: "ramp(from=1/s to=14.4/s over=0s at=5min)",
      says: """
        model.yaml:5:44: error: the time in which the rate moves has to be above zero [out-of-range]
        5 |     arrivals: ramp(from=1/s to=14.4/s over=0s at=5min)
          |                                            ^^ a sudden change is written `piecewise(0s=1/s 5min=14.4/s)`
        """),
    Golden(
      .outOfRange, in: .queue, replacing: "poisson(14.4/s)", with: "ramp(from=0/s to=0/h over=10min)",
      says: """
        model.yaml:5:32: error: one of the two rates has to be above zero [out-of-range]
        5 |     arrivals: ramp(from=0/s to=0/h over=10min)
          |                                ^^^
        """),
    Golden(
      .badParameter, in: .queue, replacing: "poisson(14.4/s)", with: "replay(t.csv column=s)",
      files: ["t.csv": "s,what\n0,a\n2.5,b\n2.25,c\n"],
      says: """
        t.csv:4:1: error: this arrival comes before the one of line 3, and they have to be in order [bad-parameter]
        4 | 2.25,c
          | ^^^^^^
        """),
    Golden(
      .badMetric, in: .outage, replacing: "availability(viewers)", with: "availabilty(viewers)",
      says: """
        outage.yaml:11:11: error: `availabilty` is not a metric [bad-metric]
        11 |     that: availabilty(viewers) >= 99.9%
           |           ^^^^^^^^^^^ did you mean `availability`?
        """),
    Golden(
      .badMetric, in: .outage, replacing: "during: faults", with: "during: fault",
      says: """
        outage.yaml:12:13: error: `fault` is not a window [bad-metric]
        12 |     during: fault
           |             ^^^^^ did you mean `faults`?
        """),
    Golden(
      .badMetric, in: .outage, replacing: "during: faults", with: "during: 7min-8min",
      says: """
        outage.yaml:12:13: error: `7min-8min` is not a window [bad-metric]
        12 |     during: 7min-8min
           |             ^^^^^^^^^ expected `faults`, `after-faults`, `run`, a fault's name or a span such as `3min..6min`
        """),
    Golden(
      .badMetric, in: .outage, replacing: ">= 99.9%", with: "= 99.9%",
      says: """
        outage.yaml:11:11: error: `availability(viewers) = 99.9%` compares nothing [bad-metric]
        11 |     that: availability(viewers) = 99.9%
           |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected one such as `availability(viewers) >= 99.9%`
        """),
    Golden(
      .badTarget, in: .outage, replacing: "target: viewing-history", with: "target: viewing-history -> web",
      says: """
        outage.yaml:8:13: error: `viewing-history` does not call `web` [bad-target]
        8 |     target: viewing-history -> web
          |             ^^^^^^^^^^^^^^^^^^^^^^ it calls nothing
        """),
    Golden(
      .badTarget, in: .outage, replacing: "target: viewing-history", with: "target: web#2",
      says: """
        outage.yaml:8:17: error: `web` has 2 replicas, numbered from 0 to 1 [bad-target]
        8 |     target: web#2
          |                 ^
        """),
    Golden(
      .badScope, in: .outage, replacing: "inject: hang", with: "inject: crash\n    scope: 5% of requests",
      says: """
        outage.yaml:8:12: error: `crash` strikes replicas, not devices or requests [bad-scope]
        8 |     scope: 5% of requests
          |            ^^^^^^^^^^^^^^ say how many, such as `1 replica`
        """),
  ]
}
