import Campaign
import Model

extension RunReport {
  var headerSection: [Block] {
    let variant = summary.variant
    let scenario = variant.scenario.map { ", scenario \($0)" } ?? ""
    let tables = Fingerprint.text(variant.tablesFingerprint)
    var lines = summary.startsLine.map { [$0] } ?? []
    lines += [
      Phrase(
        "seed \(outline.seed), replication \(replication), fingerprint \(fingerprint), tables \(tables), "
          + "ratchet \(toolVersion)"),
      Phrase(variant.time.phrase),
    ]
    if let faults = variant.faults { lines.append(Phrase(faults.phrase)) }
    lines += variant.overrides.map(\.line)
    return [.title("Model \(variant.model)\(scenario)"), .list(lines)]
  }
}

extension CampaignPlan.Override {
  /// `set services.api.pool.threads=2`.
  var line: Phrase { Phrase("set \(path)=\(value)", .faint) }
}

extension TimeFrame {
  /// `10min simulated, the first 1min not measured`.
  var phrase: String {
    warmup > .zero
      ? "\(horizon.text) simulated, the first \(warmup.text) not measured" : "\(horizon.text) simulated"
  }
}

extension FaultPeriod {
  /// `faults from 1min to 2min, 7min to 8min`.
  var phrase: String {
    "faults from " + spans.map { "\(($0.start - .zero).text) to \(($0.end - .zero).text)" }.joined(separator: ", ")
  }
}
