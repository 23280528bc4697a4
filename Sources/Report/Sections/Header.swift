import Campaign
import Model

extension CampaignReport {
  /// What was asked, and of what.
  var headerSection: [Block] {
    let level = NumberText.stated(outline.confidence)
    let count = result.replications
    var lines = summaries.compactMap { summary in
      summary.startsLine.map { Phrase("\(summary.name): \($0.text)", $0.tone) }
    }
    lines += [
      Phrase(
        "seed \(outline.seed), \(count) \(count == 1 ? "replication" : "replications") of each variant, "
          + "\(level) confidence, ratchet \(toolVersion)")
    ]
    if result.status == .interrupted {
      lines.append(Phrase("interrupted: resume it for the rest", .doubtful))
    }
    if result.isShort, count > 0 {
      lines.append(
        Phrase("\(outline.replications.minimum) replications were asked for: the intervals are wide", .doubtful))
    }
    if let precision = result.precision, count > 0 {
      let isReached = precision.isReached
      lines.append(
        Phrase(
          "asked for \(precision.statement): \(isReached ? "reached" : "not reached"), \(precision.finding)",
          isReached ? .plain : .doubtful))
    }
    lines += subjects.map { Phrase($0) }
    lines += outline.overrides.map(\.line)
    lines += overrides
    return [.title("Campaign \(outline.name)"), .list(lines)]
  }

  /// Models and scenarios; one line where all variants share them.
  private var subjects: [String] {
    var seen: Set<String> = []
    return outline.variants.map(subject).filter { seen.insert($0).inserted }
  }

  private func subject(_ variant: CampaignOutline.Variant) -> String {
    let scenario = variant.scenario.map { ", scenario \($0)" } ?? ""
    let faults = variant.faults.map { ", \($0.phrase)" } ?? ""
    return "model \(variant.model)\(scenario): \(variant.time.phrase)\(faults)"
  }

  /// How each variant departs from the model.
  private var overrides: [Phrase] {
    outline.variants.filter { !$0.overrides.isEmpty }.map { variant in
      let changes = variant.overrides.map { "\($0.path)=\($0.value)" }.joined(separator: ", ")
      return Phrase("\(variant.name): \(changes)", .faint)
    }
  }
}
