import Model

extension Service {
  static let section = Section<Service>("service", "Identical replicas behind a balancer, each with threads.") { keys in
    let stage = keys.optional(
      "stage", ValueKind<Service.Stage>.word(what: "stage").orNone(), standard: "none",
      "where it stands on the way from the player to the packager; for the reader, without effect on what is simulated")
    let replicasKey = keys.optional(
      "replicas", .count(1...Limit.replicas), standard: "1",
      "how many replicas there are; with `autoscaling`, at first")
    let autoscalingKey = keys.optional(
      "autoscaling", ValueKind<Autoscaling>.section(Autoscaling.section).orNone(), standard: "none",
      "what changes the number of replicas")
    let zones = keys.optional(
      "zones", .list(.zoneName), standard: "[]",
      "the zones the replicas are spread over in turn: the first replica in the first, and so on")
    let pool = keys.required("pool", .section(Pool.section), "the threads of one replica and the queue before them")
    let cores = keys.optional(
      "cores", ValueKind<Int>.count(1...Limit.threads).orNone(), standard: "none",
      "the cores of one replica that running work shares equally; where none, work never slows other work down")
    let style: Key<Service.Style> = keys.optional(
      "style", .word(what: "style"), standard: "blocking",
      "`blocking`: a call holds its thread while it waits for a callee; `async`: it releases it and takes one after"
    )
    let balancing: Key<Balancing> = keys.optional(
      "balancing", .word(what: "balancing"), standard: "round-robin",
      "how callers choose a replica: `round-robin` in turn, a turn per caller replica; `random`; `least-request` two "
        + "distinct random picks, the one with fewer outstanding calls from this caller, as Envoy's")
    let cancellation: Key<Service.Cancellation> = keys.optional(
      "cancellation", .word(what: "cancellation"), standard: "none",
      "a call whose caller has gone: `none` it runs on and its reply is discarded; `propagate` it ends with its calls"
    )
    let failures = keys.optional(
      "failures", .named(.section(FailureMode.section)), standard: "{}",
      "how it fails by itself, again and again, whatever the scenario")
    let dependencies = keys.optional(
      "dependencies", .named(.section(Dependency.section)), standard: "{}",
      "what it calls, by names that its steps use, with the policies around each call")
    let endpoints = keys.required("endpoints", .named(.endpoint), "what it serves, each a list of steps")
    return { fields in
      let (replicas, autoscaling) = (fields[replicasKey], fields[autoscalingKey])
      if let autoscaling {
        guard autoscaling.minimum...autoscaling.maximum ~= replicas else {
          fields.decoding.report(
            .outOfRange,
            at: fields.isGiven(replicasKey) ? fields.location(replicasKey) : fields.location(autoscalingKey),
            "`replicas: \(replicas)` is not between the \(autoscaling.minimum) and the \(autoscaling.maximum) of "
              + "`autoscaling`")
          return nil
        }
        guard autoscaling.signal == .cpu || fields[pool].threads != Int(Int32.max) else {
          fields.decoding.report(
            .conflictingKeys, at: fields.location(autoscalingKey),
            "no part of `unbounded` threads can be in use", suggestion: "give `cores`, and say `signal: cpu`")
          return nil
        }
      }
      return Service(
        name: fields.name, stage: fields[stage], replicas: replicas, autoscaling: autoscaling, zones: fields[zones],
        pool: fields[pool], cores: fields[cores], style: fields[style], balancing: fields[balancing],
        cancellation: fields[cancellation], failures: fields[failures],
        dependencies: fields[dependencies], endpoints: fields[endpoints])
    }
  }
}

extension Pool {
  static let section = Section<Pool>("pool", "The threads of one replica and the queue before them.") { keys in
    let threads = keys.required("threads", .threads, "how many calls one replica serves at once, or `unbounded`")
    let queue = keys.optional(
      "queue", .queueLimit, standard: "0",
      "how many calls may wait for a thread, first come first served, or `unbounded`; more are `rejected`")
    return { Pool(threads: $0[threads], queue: $0[queue]) }
  }
}

extension ValueKind where Value == Endpoint {
  static var endpoint: ValueKind {
    let steps = ValueKind<[Step]>.list(.step)
    return ValueKind(shape: steps.shape) { node, decoding in
      steps.decode(node, decoding).map { Endpoint(name: decoding.path.last ?? "", steps: $0) }
    }
  }
}
