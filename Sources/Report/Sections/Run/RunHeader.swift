import Campaign
import Model

extension RunReport {
  var headerSection: [Block] {
    let variant = summary.variant
    let scenario = variant.scenario.map { ", scenario \($0)" } ?? ""
    var lines: [Phrase] = [
      Phrase("seed \(outline.seed), replication \(replication), fingerprint \(fingerprint), ratchet \(toolVersion)"),
      Phrase(variant.time.phrase),
    ]
    if let faults = variant.faults { lines.append(Phrase(faults.phrase)) }
    lines += variant.overrides.map { Phrase("set \($0.path)=\($0.value)", .faint) }
    return [.title("Model \(variant.model)\(scenario)"), .list(lines)]
  }
}

extension TimeFrame {
  /// `10min simulated, the first 1min not measured`.
  var phrase: String {
    warmup > .zero
      ? "\(horizon.text) simulated, the first \(warmup.text) not measured" : "\(horizon.text) simulated"
  }
}

extension FaultPeriod {
  /// `faults from 3min to 6min`.
  var phrase: String { "faults from \((start - .zero).text) to \((end - .zero).text)" }
}
