import Model
import Sampling

extension Autoscaling {
  static let section = Section<Autoscaling>(
    "autoscaling", "Changes the number of replicas as the Kubernetes HorizontalPodAutoscaler does."
  ) { keys in
    let signalKey: Key<Autoscaling.Signal?> = keys.derived(
      "signal", .word(what: "signal"),
      "what is measured, on average over ready replicas: `cpu`, which needs `cores` and is assumed where they are given; "
        + "or `threads` in use, waiting for callees included"
    ) { node, decoding in decoding.assumed(decoding.serviceHasCores ? "cpu" : "threads", in: node) }
    let targetKey = keys.required("target", .positiveProbability, "the use that it aims at, such as `60%`")
    let minKey = keys.required("min", .count(1...Limit.replicas), "how many replicas there are at least")
    let maxKey = keys.required("max", .count(1...Limit.replicas), "how many replicas there are at most")
    let intervalKey = keys.optional(
      "interval", .positiveDuration(usual: "s"), standard: "15s", "how often it looks")
    let toleranceKey = keys.optional(
      "tolerance", .probability, standard: "10%", "how far from the target, as a part of it, nothing is changed")
    let stabilisationKey = keys.optional(
      "stabilisation", .duration(usual: "s"), standard: "300s",
      "how long the largest number that was asked for keeps replicas from being taken away")
    let bootKey = keys.required(
      "boot", .distribution(usual: "s"), "time from the decision until a new replica takes calls")
    return { fields in
      guard let signal = fields[signalKey] else { return nil }
      var problems: [Diagnostic] = []
      if signal == .cpu, !fields.decoding.serviceHasCores {
        problems.append(
          Diagnostic(
            .conflictingKeys, at: fields.location(signalKey), "`cpu` needs the service's `cores`, and none are given",
            suggestion: "give `cores`, or say `signal: threads`"))
      }
      if fields[minKey] > fields[maxKey] {
        problems.append(
          Diagnostic(
            .outOfRange, at: fields.location(minKey),
            "at least \(fields[minKey]) replicas and at most \(fields[maxKey]) can't be"))
      }
      if fields[stabilisationKey].nanoseconds / fields[intervalKey].nanoseconds > 10_000 {
        problems.append(
          Diagnostic(
            .outOfRange, at: fields.location(stabilisationKey),
            "`stabilisation` can be at most 10,000 times `interval`"))
      }
      guard problems.isEmpty else {
        fields.decoding.report(problems)
        return nil
      }
      return Autoscaling(
        signal: signal, target: fields[targetKey], minimum: fields[minKey], maximum: fields[maxKey],
        interval: fields[intervalKey], tolerance: fields[toleranceKey], stabilisation: fields[stabilisationKey],
        boot: fields[bootKey])
    }
  }
}

extension Decoding {
  /// Whether the service that is being decoded says how many cores it has.
  fileprivate var serviceHasCores: Bool { service.flatMap { names.services[$0] }?.hasCores ?? false }
}
