/// A Monte Carlo campaign: which variants of a model are compared, on what, and how precisely.
public struct CampaignPlan: Hashable, Sendable {
  public let name: String
  /// In the order of the file.
  public let variants: [Variant]
  /// The name of the variant the others are compared with.
  public let baseline: String
  public let outcomes: [Metric]
  public let replications: Replications
  /// The level of every interval, for instance 0.95.
  public let confidence: Double
  public let seed: UInt64

  public init(
    name: String, variants: [Variant], baseline: String, outcomes: [Metric],
    replications: Replications, confidence: Double, seed: UInt64
  ) {
    self.name = name
    self.variants = variants
    self.baseline = baseline
    self.outcomes = outcomes
    self.replications = replications
    self.confidence = confidence
    self.seed = seed
  }

  /// A model with its overrides applied, and the scenario that is run on it.
  public struct Variant: Hashable, Sendable {
    public let name: String
    public let model: SystemModel
    public let scenario: Scenario?
    /// The overrides, as path and value, in the order of the file.
    public let overrides: [Override]
    public init(name: String, model: SystemModel, scenario: Scenario?, overrides: [Override]) {
      self.name = name
      self.model = model
      self.scenario = scenario
      self.overrides = overrides
    }
  }

  public struct Override: Hashable, Sendable, Codable {
    public let path: String
    public let value: String
    public init(path: String, value: String) {
      self.path = path
      self.value = value
    }
  }

  /// How many replications: a fixed number where `minimum` equals `maximum`.
  public struct Replications: Hashable, Sendable, Codable {
    public let minimum: Int
    public let maximum: Int
    /// Stop between the two as soon as this is reached.
    public let until: Precision?
    public init(minimum: Int, maximum: Int, until: Precision?) {
      self.minimum = minimum
      self.maximum = maximum
      self.until = until
    }
  }

  /// The half-width that the interval of `metric` must reach for every variant and every difference with the baseline.
  public struct Precision: Hashable, Sendable, Codable {
    public let metric: Metric
    public let halfWidth: Double
    public init(metric: Metric, halfWidth: Double) {
      self.metric = metric
      self.halfWidth = halfWidth
    }
  }
}
