import Campaign
import Model
import ModelFile
import Report
import ResultStore

/// Which replication of what is to be explained, with all that says where it comes from.
struct ExplainedReplication {
  let variant: CampaignPlan.Variant
  /// Nil where no campaign is explained.
  let campaign: String?
  let seed: UInt64
  /// From 0.
  let replication: Int
  /// What was set on the command line.
  let overrides: [CampaignPlan.Override]
  let injected: [String]
  let warnings: [Diagnostic]
  /// What a result file has kept of it; nil where it comes from no such file.
  private(set) var stored: Stored?

  struct Stored {
    let path: String
    let record: ReplicationRecord
    let toolVersion: String
  }

  /// What is asked for besides the file.
  struct Choice {
    let scenario: String?
    let variant: String?
    let replication: Int?
    let seed: UInt64?
    let overrides: [CampaignPlan.Override]
  }

  /// - Parameter path: of a scenario or a campaign, or of a replication in a result file,
  ///   `RESULTS/CAMPAIGN/VARIANT/N`.
  init(_ path: String, _ choice: Choice) throws {
    if let place = ResultPlace(path) {
      self = try Self.stored(at: place, choice)
    } else if let scenario = choice.scenario {
      let document = try ModelFile.load(model: path, scenario: scenario, overrides: choice.overrides)
      try self.init(.scenario(document), path, choice)
    } else {
      try self.init(try ModelFile.load(path: path, overrides: choice.overrides), path, choice)
    }
  }

  private init(_ document: Document, _ path: String, _ choice: Choice) throws {
    warnings = document.warnings
    overrides = choice.overrides
    replication = choice.replication ?? 0
    switch document {
    case .model:
      throw Failure(
        .invalidInput, "\(path) is a model in which nothing breaks; name a scenario, or add one with --scenario")
    case .scenario(let document):
      if choice.variant != nil { throw Failure(.invalidInput, "\(path) is a scenario, which has no variants") }
      let model = document.model.model
      variant = CampaignPlan.Variant(name: model.name, model: model, scenario: document.scenario, overrides: [])
      campaign = nil
      seed = choice.seed ?? CampaignPlan.standardSeed
      injected = document.explanation.injected
    case .campaign(let document):
      let plan = document.plan
      let name = choice.variant ?? plan.baseline
      guard let found = plan.variants.first(where: { $0.name == name }) else {
        let known = plan.variants.map { "`\($0.name)`" }.joined(separator: ", ")
        throw Failure(.invalidInput, "the campaign has no variant `\(name)`; it has \(known)")
      }
      variant = found
      campaign = plan.name
      seed = choice.seed ?? plan.seed
      injected = document.explanation.injected
    }
    if variant.scenario?.faults.isEmpty ?? true {
      throw Failure(.invalidInput, "nothing is injected in \(path): there is no twin to compare with")
    }
  }

  /// From the texts that are kept with the results.
  private static func stored(at place: ResultPlace, _ choice: Choice) throws -> ExplainedReplication {
    if choice.variant != nil || choice.replication != nil || choice.seed != nil || choice.scenario != nil
      || !choice.overrides.isEmpty
    {
      throw Failure(
        .invalidInput,
        "\(place.text) is a replication as it was run: --scenario, --variant, --replication, --seed and "
          + "--set belong to files of the model")
    }
    let store = try ResultStore(path: place.results, access: .read)
    let campaign = try store.stored(campaign: place.campaign)
    let names = campaign.outline.variants.map { "`\($0.name)`" }.joined(separator: ", ")
    guard campaign.outline.variant(named: place.variant) != nil else {
      throw Failure(.invalidInput, "campaign `\(place.campaign)` has no variant `\(place.variant)`; it has \(names)")
    }
    let id = ReplicationID(variant: place.variant, replication: place.replication)
    guard let record = try store.record(of: id, campaign: place.campaign) else {
      throw Failure(.invalidInput, "\(place.results) holds no replication \(place.replication) of `\(place.variant)`")
    }
    var explained = try ExplainedReplication(
      try document(of: campaign, in: place), place.text,
      Choice(
        scenario: nil, variant: place.variant, replication: place.replication, seed: campaign.outline.seed,
        overrides: campaign.outline.overrides))
    explained.stored = Stored(path: place.results, record: record, toolVersion: campaign.texts.toolVersion)
    return explained
  }

  private static func document(of campaign: StoredCampaign, in place: ResultPlace) throws -> Document {
    let files = campaign.texts.files
    let advice =
      "explain the campaign's file: `ratchet explain FILE --variant \(place.variant) --replication "
      + "\(place.replication)`"
    guard let first = files.first else {
      throw Failure(
        .invalidInput, "\(place.results) does not say the paths of the files that it was made from; \(advice)")
    }
    do {
      return try ModelFile.decode(
        text: first.text, path: first.path,
        files: Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first }),
        overrides: campaign.outline.overrides)
    } catch {
      throw Failure(
        .invalidInput, "what \(place.results) keeps of the model's files does not suffice; \(advice)\n\(error.rendered)"
      )
    }
  }
}

extension Explanation {
  /// One line a fault: what the file says of it, besides what is assumed.
  fileprivate var injected: [String] {
    let own = entries.filter { $0.pattern.hasPrefix("faults.*.") && $0.origin != .assumed }
    var names: [String] = []
    for entry in own { if let name = entry.names.first, !names.contains(name) { names.append(name) } }
    return names.map { name in
      let said = own.filter { $0.names.first == name }.map {
        "\($0.path.dropFirst("faults.\(name).".count)) \($0.value)"
      }
      return "\(name): \(said.joined(separator: ", "))"
    }
  }
}

/// A replication in a result file: `RESULTS/CAMPAIGN/VARIANT/N`.
private struct ResultPlace {
  let text: String
  let results: String
  let campaign: String
  let variant: String
  let replication: Int

  /// nil where the path is of something else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, !FilePath.exists(text), let number = Int(parts[parts.count - 1]), number >= 0 else {
      return nil
    }
    let path = parts.dropLast(3).joined(separator: "/")
    guard FilePath.exists(path), !FilePath.isFolder(path) else { return nil }
    self.text = text
    results = path
    campaign = parts[parts.count - 3]
    variant = parts[parts.count - 2]
    replication = number
  }
}
