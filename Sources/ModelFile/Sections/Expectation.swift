import Model

extension Expectation {
  static let section = Section<Expectation>("expectation", "A hypothesis about a metric.") { keys in
    let thatKey = keys.required(
      "that", .hypothesis,
      "what is expected, such as `availability(viewers) >= 99.9%`, `latency-p99(viewers) <= 1.5 x twin` or "
        + "`starts-lost <= 1% in 90% of runs`")
    let duringKey = keys.ifGiven(
      "during", .window,
      "the window the requests arrived in: `run`, `faults`, `after-faults`, a fault's name or `3min..6min`; the run where "
        + "not given"
    )
    let afterKey = keys.ifGiven(
      "after", .faultName, "the fault after whose last end the requests arrived, in place of `during`")
    let amongKey: Key<Window.Population?> = keys.ifGiven(
      "among", .word(what: "among"),
      "`everyone`, or only those whom a fault's scope picks, `scoped`; everyone where not given")
    return { fields in
      let hypothesis = fields[thatKey]
      var problems: [Diagnostic] = []
      func given(_ location: SourceLocation, _ problem: String) {
        problems.append(Diagnostic(.conflictingKeys, at: location, problem))
      }
      if hypothesis.metric.period != nil, fields[duringKey] != nil {
        given(fields.location(duringKey), "the window is given in `that` already")
      }
      if hypothesis.metric.period != nil, fields[afterKey] != nil {
        given(fields.location(afterKey), "the window is given in `that` already")
      }
      if fields[duringKey] != nil, fields[afterKey] != nil {
        given(fields.location(afterKey), "the window is given by `during` already")
      }
      if hypothesis.metric.among != nil, fields[amongKey] != nil {
        given(fields.location(amongKey), "`among` is given in `that` already")
      }
      fields.decoding.report(problems)
      guard problems.isEmpty else { return nil }
      let among = fields[amongKey] ?? .everyone
      let period = fields[duringKey] ?? fields[afterKey].map { .afterFault($0) } ?? .run
      let metric = hypothesis.metric.metric(or: period, among)
      let windowKey = fields[afterKey] == nil ? fields.location(duringKey) : fields.location(afterKey)
      guard
        fields.decoding.checkPopulation(
          among, of: hypothesis.metric.quantity, named: metric.workload, at: fields.location(amongKey)),
        fields.decoding.checkWindow(
          of: metric, at: hypothesis.metric.period == nil ? windowKey : fields.location(thatKey))
      else { return nil }
      guard
        fields.decoding.checkBroken(
          metric, isCompared: hypothesis.bound.twinFactor != nil, at: fields.location(thatKey))
      else { return nil }
      return Expectation(
        name: fields.name, metric: metric, comparison: hypothesis.comparison, bound: hypothesis.bound.value,
        twinFactor: hypothesis.bound.twinFactor, share: hypothesis.share)
    }
  }
}
