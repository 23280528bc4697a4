import Campaign

extension CampaignReport {
  /// What a reader should know before believing the numbers; told once where all variants share it.
  var warningsSection: [Block] {
    var order: [CampaignWarning] = []
    for warning in summaries.flatMap(\.warnings) where !order.contains(warning) { order.append(warning) }
    guard !(order.isEmpty && result.warnings.isEmpty), result.replications > 0 else { return [] }
    let lines = order.map { warning in
      let concerned = summaries.filter { $0.warnings.contains(warning) }.map(\.name)
      let names = concerned.count == summaries.count ? "" : concerned.joined(separator: ", ") + ": "
      return Phrase(names + warning.description, .doubtful)
    }
    return [.heading("Warnings", note: nil), .list(result.warnings.map { Phrase($0.description, .doubtful) } + lines)]
  }
}
