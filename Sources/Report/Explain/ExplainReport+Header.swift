import Campaign
import Model

extension ExplainReport {
  var headerSection: [Block] {
    let campaign = subject.campaign.map { ", campaign \($0)" } ?? ""
    let variant = subject.variant.map { ", variant \($0)" } ?? ""
    var lines = [
      Phrase(
        "seed \(subject.seed), replication \(subject.replication), fingerprint \(fingerprint), without faults "
          + "\(twinFingerprint), ratchet \(subject.toolVersion)"),
      Phrase(subject.time.phrase), Phrase(twinRun.faults.phrase),
    ]
    lines += subject.injected.map { Phrase("injected \($0)") }
    lines += subject.overrides.map(\.line)
    lines += subject.remarks.map { Phrase($0, .faint) }
    let title = "What the faults did: model \(subject.model)\(campaign)\(variant), scenario \(subject.scenario)"
    return [.title(title), .list(lines), .list(headline)]
  }

  /// Who was hurt, who was helped, and where it was felt though no fault acts there.
  private var headline: [Phrase] {
    let total = comparison.total
    if total.hurt + total.helped == 0 {
      return [Phrase("nobody was hurt and nobody helped: \(count(total.compared)) came to the same", .good)]
        + counts(of: total)
    }
    let first = "\(part(total.hurt, of: total.compared)) were hurt, \(count(total.helped)) helped"
    return [Phrase(first, total.hurt > 0 ? .bad : .plain)] + unstruck(total) + counts(of: total)
  }

  private func unstruck(_ total: TwinCounts) -> [Phrase] {
    var lines: [Phrase] = []
    if total.hurtUnstruck > 0 {
      let groups = comparison.unstruckGroups.map { "\($0.name) \(count($0.all.hurtUnstruck))" }
      lines.append(
        Phrase(
          "not struck, hurt by way of others: \(count(total.hurtUnstruck)) of the hurt (\(groups.joined(separator: ", ")))",
          .bad))
    }
    let services = Set(comparison.collateralEndpoints.map(\.service)).sorted()
    if !services.isEmpty {
      lines.append(
        Phrase("attempts came to something else, though no fault acts there, at \(services.joined(separator: ", "))"))
    }
    return lines
  }

  private func counts(of total: TwinCounts) -> [Phrase] {
    var lines = [Phrase("faults acted on \(part(total.struck, of: total.both)) directly")]
    if let slowdown = comparison.slowdown {
      func time(_ seconds: Double) -> String { NumberText.text(seconds, .time) }
      lines.append(
        Phrase(
          "what was served in both took longer by \(time(slowdown.p50)) (median), \(time(slowdown.p90)) (p90), "
            + "\(time(slowdown.p99)) (p99), at most \(time(slowdown.longest)); more than twice and 100 ms slower: "
            + "\(count(total.slower)), faster: \(count(total.faster))"))
    }
    if total.unfinished > 0 {
      lines.append(
        Phrase(
          "\(count(total.unfinished)) had not ended by the horizon in one of the two, and are not compared", .doubtful)
      )
    }
    if total.added > 0 { lines.append(Phrase("\(count(total.added)) more were added by a surge, and have no twin")) }
    let further = total.onlyInRun - total.added
    if further + total.onlyInTwin > 0 {
      lines.append(
        Phrase(
          "\(count(further)) came with the faults only, and \(count(total.onlyInTwin)) without them only: clients of closed "
            + "workloads ask when they have been answered"))
    }
    return lines
  }

  func count(_ value: Int) -> String { NumberText.text(Double(value), .count) }

  /// `412 of 10,423 (3.95%)`.
  func part(_ value: Int, of whole: Int) -> String {
    let share = whole == 0 ? "" : " (\(NumberText.text(Double(value) / Double(whole), .fraction)))"
    return "\(count(value)) of \(count(whole))\(share)"
  }

  var headerMembers: [JSONValue.Member] {
    [
      .init("schema", 1), .init("model", .string(subject.model)), .init("scenario", .string(subject.scenario)),
      .init("campaign", JSONValue(subject.campaign)), .init("variant", JSONValue(subject.variant)),
      .init("seed", .unsigned(subject.seed)), .init("replication", .integer(subject.replication)),
      .init("fingerprint", .string(fingerprint)), .init("twinFingerprint", .string(twinFingerprint)),
      .init("tool", .string(subject.toolVersion)), .init("injected", .array(subject.injected.map { .string($0) })),
      .init(
        "overrides", .array(subject.overrides.map { ["path": .string($0.path), "value": .string($0.value)] })),
      .init("remarks", .array(subject.remarks.map { .string($0) })),
    ]
  }
}
