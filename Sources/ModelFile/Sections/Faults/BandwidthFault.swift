import Model

extension BandwidthFault {
  static let section = Section<FaultEffect>(
    "bandwidth", "the sites of a CDN, or the networks of a cohort's players, carry less, also what is under way"
  ) { keys in
    let toKey = keys.ifGiven(
      "to", ValueKind<Bitrate>.bitrate.orRamp(),
      "what one site, or one player's network, carries at most, such as `10Gbps`; `from 10Gbps to 1Gbps over 5min` shrinks"
    )
    let factorKey = keys.ifGiven(
      "factor", ValueKind<Probability>.positiveProbability.orRamp(),
      "the part that is left of what each carries, such as `20%`; `from 100% to 20% over 5min` shrinks")
    return { fields in
      switch (fields[toKey], fields[factorKey]) {
      case (let limit?, nil):
        guard fields.checkRamp(toKey, of: limit, { Double($0.bitsPerSecond) }) else { return nil }
        return .bandwidth(
          BandwidthFault(left: .to(limit.value), ramp: limit.ramp { Double($0.bitsPerSecond) }))
      case (nil, let part?):
        guard fields.checkRamp(factorKey, of: part, \.value) else { return nil }
        if part.value.value < 1 || part.start != nil {
          return .bandwidth(BandwidthFault(left: .factor(part.value), ramp: part.ramp(\.value)))
        }
        fields.decoding.report(
          .outOfRange, at: fields.location(factorKey), "a factor of 100% leaves everything as it is")
        return nil
      case (nil, nil):
        fields.decoding.report(
          .missingKey, at: fields.decoding.holder ?? fields.location(toKey), "a bandwidth fault needs `to` or `factor`")
        return nil
      case (_?, _?):
        fields.decoding.report(
          .conflictingKeys, at: fields.keyLocation(factorKey), "only one of `to` or `factor` may be given")
        return nil
      }
    }
  }
}
