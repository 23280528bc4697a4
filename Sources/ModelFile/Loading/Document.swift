import Model
import Sampling

/// What a file turned out to be.
public enum Document: Sendable {
  case model(ModelDocument)
  case scenario(ScenarioDocument)
  case campaign(CampaignDocument)

  public var warnings: [Diagnostic] {
    switch self {
    case .model(let document): document.warnings
    case .scenario(let document): document.warnings
    case .campaign(let document): document.warnings
    }
  }

  /// Every file that was read, in the order of reading.
  public var sources: [SourceFile] {
    switch self {
    case .model(let document): document.sources
    case .scenario(let document): document.sources
    case .campaign(let document): document.sources
    }
  }
}

/// A model with where it came from.
public struct ModelDocument: Sendable {
  public let model: SystemModel
  public let explanation: Explanation
  /// The model's file and what it includes or reads.
  public let sources: [SourceFile]
  /// Those of the files from which measured times were read.
  let dataFiles: [SourceFile]
  public let warnings: [Diagnostic]

  /// Every value, defaults and overrides included, one a line, in the order of their paths.
  ///
  /// It doesn't depend on the order of the keys in the file, on comments, or on how the file is split.
  public var canonicalText: String {
    explanation.canonicalText + dataFiles.map { "file \($0.path)\n\($0.text)\n" }.joined()
  }

  /// A hash of the canonical text that is the same in every process.
  public var hash: UInt64 { DrawKey.hash(of: canonicalText) }
}

/// A scenario with the model it is run on.
public struct ScenarioDocument: Sendable {
  public let scenario: Scenario
  /// Where its hypotheses and sabotages stand.
  public let locations: ScenarioLocations
  /// In the order of the file.
  public let sabotages: [Sabotage]
  /// The scenario at growing scope; nil where none of its faults can have a scope of devices, or of what it names.
  public let ramp: Ramp?
  public let explanation: Explanation
  public let model: ModelDocument
  /// The scenario's file, then the model's.
  public let sources: [SourceFile]
  public let warnings: [Diagnostic]

  /// The canonical texts of the scenario and of the model.
  public var canonicalText: String { explanation.canonicalText + model.canonicalText }
  public var hash: UInt64 { DrawKey.hash(of: canonicalText) }
}

/// A campaign with all its variants made.
public struct CampaignDocument: Sendable {
  public let plan: CampaignPlan
  /// The campaign's own values, with what each variant sets, then those of the scenario without any of that.
  public let explanation: Explanation
  /// The model without the overrides of any variant.
  public let model: ModelDocument
  /// The canonical text of each variant's model and scenario, in the order of the plan.
  public let variantTexts: [String]
  /// The campaign's file, then the model's and the scenario's.
  public let sources: [SourceFile]
  public let warnings: [Diagnostic]

  /// The canonical texts of the campaign and of all its variants.
  public var canonicalText: String { explanation.canonicalText + variantTexts.joined() }
  public var hash: UInt64 { DrawKey.hash(of: canonicalText) }
}
