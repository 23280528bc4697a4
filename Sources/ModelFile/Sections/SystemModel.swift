import Model

extension SystemModel {
  static let section = Section<SystemModel>("model", "A system: what is asked of it and what it consists of.") { keys in
    let name = keys.required("model", .name, "the name of the model")
    let description = keys.ifGiven("description", .text, "what the model is about")
    let parts = ModelParts(in: &keys)
    let time = keys.required("time", .section(TimeFrame.section), "how long a replication runs, and when it starts")
    return { fields in
      guard let streaming = parts.streaming.streaming(fields) else { return nil }
      return SystemModel(
        name: fields[name], description: fields[description], time: fields[time],
        regions: fields[parts.regions], workloads: fields[parts.workloads],
        services: fields[parts.services], objectives: fields[parts.objectives], streaming: streaming.value,
        failures: fields[parts.failures] ?? [])
    }
  }

  /// A file that is included by another one: a part of a model, without a name and a time of its own.
  static let partSection = Section<Void>("part", "A part of a model, for `include:`.") { keys in
    _ = ModelParts(in: &keys)
    return { _ in () }
  }
}

/// The keys of which a model may have a part in each of several files.
private struct ModelParts {
  let regions: Key<[Region]>
  let workloads: Key<[Workload]>
  let services: Key<[Service]>
  let streaming: StreamingParts
  let objectives: Key<[Objective]>
  let failures: Key<[CommonFailure]?>

  init(in keys: inout Keys) {
    regions = keys.optional(
      "regions", .named(.section(Region.section)), standard: "{}", "regions and their availability zones")
    _ = keys.optional(
      "policies", .named(.section(PolicyBundle.section)), standard: "{}", "named policies that dependencies adopt")
    workloads = keys.optional(
      "workloads", .named(.section(Workload.section)), standard: "{}", "who asks, how often and for what")
    services = keys.optional(
      "services", .named(.section(Service.section)), standard: "{}", "what the system consists of")
    streaming = StreamingParts(in: &keys)
    objectives = keys.optional(
      "objectives", .named(.section(Objective.section)), standard: "{}", "what \"available\" means here")
    failures = keys.ifGiven(
      "failures", .named(.section(CommonFailure.section)),
      "what fails by itself, again and again, and takes out several parts together")
    _ = keys.ifGiven("include", .list(.path), "further files of the model, relative to this one")
    keys.later(["operations", "changes", "teams"], "operations come with a later version")
  }
}

extension TimeFrame {
  static let section = Section<TimeFrame>("time", "How long a replication runs, and when it starts.") { keys in
    let warmupKey = keys.optional(
      "warmup", .duration(usual: "min"), standard: "0s", "time at the start that is simulated but not measured")
    let horizonKey = keys.required(
      "horizon", .positiveDuration(usual: "min"), "the end of the replication, the warm-up included")
    let start = keys.optional("start", .timeOfDay, standard: "00:00", "the time of day at the start")
    return { fields in
      let (warmup, horizon) = (fields[warmupKey], fields[horizonKey])
      if warmup >= horizon {
        fields.decoding.report(
          .warmupTooLong, at: fields.location(warmupKey),
          "the warm-up of \(warmup.text) leaves nothing to measure before the horizon of \(horizon.text)")
        return nil
      }
      let time = TimeFrame(warmup: warmup, horizon: horizon, start: fields[start])
      fields.decoding.time = time
      return time
    }
  }
}

extension Region {
  static let section = Section<Region>("region", "A region and its availability zones.") { keys in
    let zonesKey = keys.required("zones", .list(.name, isEmptyAllowed: false), "the names of its availability zones")
    return { fields in
      let zones = fields[zonesKey]
      guard Set(zones).count == zones.count else {
        fields.decoding.report(.duplicateName, at: fields.location(zonesKey), "a zone is named twice")
        return nil
      }
      return Region(name: fields.name, zones: zones)
    }
  }
}

extension Objective {
  static let section = Section<Objective>("objective", "An indicator and the value it must reach.") { keys in
    let indicatorKey = keys.required("indicator", .metric, "what is measured")
    let target = keys.required("target", .bound, "the value it must reach")
    return { fields in
      let indicator = fields[indicatorKey]
      guard let value = fields.decoding.bound(fields[target], of: indicator) else { return nil }
      return Objective(name: fields.name, indicator: indicator, target: value)
    }
  }
}

extension ValueKind where Value == String {
  static var path: ValueKind {
    .scalar(.path) { phrase, _ in phrase.text }
  }
}
