import Model

extension BandwidthFault {
  static let section = Section<FaultEffect>(
    "bandwidth", "the sites of a CDN, or the networks of a cohort's players, carry less, also what is under way"
  ) { keys in
    let toKey = keys.ifGiven(
      "to", .bitrate, "what one site, or one player's network, carries at most, such as `10Gbps`")
    let factorKey = keys.ifGiven(
      "factor", .positiveProbability, "the part that is left of what each carries, such as `20%`")
    return { fields in
      switch (fields[toKey], fields[factorKey]) {
      case (let limit?, nil): return .bandwidth(BandwidthFault(left: .to(limit)))
      case (nil, let part?):
        if part.value < 1 { return .bandwidth(BandwidthFault(left: .factor(part))) }
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
