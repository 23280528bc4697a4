import Model

extension Workload {
  static let section = Section<Workload>("workload", "Who asks, how often, and for what.") { keys in
    let arrivals = keys.required("arrivals", .arrivals, "when requests arrive, such as `poisson(120/s)`")
    let devices = keys.optional(
      "devices", ValueKind<Int>.count(1...Limit.devices).orNone(), standard: "none",
      "how many devices ask, what `one device` and `5% of devices` pick from; none: each request is its own device")
    let call = CallKeys(in: &keys)
    return { fields in
      guard let dependency = call.dependency(fields) else { return nil }
      return Workload(
        name: fields.name, arrivals: fields[arrivals], devices: fields[devices], call: dependency)
    }
  }
}
