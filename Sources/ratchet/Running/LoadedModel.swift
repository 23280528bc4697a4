import Model
import ModelFile

/// A model, alone or with the scenario that is run on it.
struct LoadedModel {
  let model: SystemModel
  let scenario: Scenario?
  let warnings: [Diagnostic]

  /// - Parameters:
  ///   - path: of a model or a scenario.
  ///   - scenario: of a scenario that is run on the model at `path`.
  init(_ path: String, scenario scenarioPath: String?, overrides: [CampaignPlan.Override]) throws {
    if let scenarioPath {
      let document = try ModelFile.load(model: path, scenario: scenarioPath, overrides: overrides)
      (model, scenario, warnings) = (document.model.model, document.scenario, document.warnings)
      return
    }
    switch try ModelFile.load(path: path, overrides: overrides) {
    case .model(let document): (model, scenario, warnings) = (document.model, nil, document.warnings)
    case .scenario(let document):
      (model, scenario, warnings) = (document.model.model, document.scenario, document.warnings)
    case .campaign:
      throw Failure(.invalidInput, "\(path) is a campaign; run it with `ratchet campaign \(path)`")
    }
  }
}

extension StandardError {
  static func write(_ warnings: [Diagnostic]) {
    if !warnings.isEmpty { write(DiagnosticList(warnings).rendered + "\n") }
  }
}
