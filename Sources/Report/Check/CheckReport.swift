import Campaign
import Model
import Statistics

/// What the hypotheses of some scenarios came to, and whether their sabotages turned them.
public struct CheckReport: Sendable {
  /// In the order in which they were run.
  public let scenarios: [ScenarioCheck]
  /// What is wrong with files; where there is something, no scenario was run.
  public let problems: [Problem]
  public let skipped: Skipped
  /// Scenarios that were not begun, since the check was interrupted before.
  public let notRun: [Unrun]
  public let seed: UInt64
  /// The most replications of a trial.
  public let maximum: Int
  public let toolVersion: String

  public init(
    scenarios: [ScenarioCheck], problems: [Problem] = [], skipped: Skipped, notRun: [Unrun] = [], seed: UInt64,
    maximum: Int, toolVersion: String
  ) {
    self.scenarios = scenarios
    self.problems = problems
    self.skipped = skipped
    self.notRun = notRun
    self.seed = seed
    self.maximum = maximum
    self.toolVersion = toolVersion
  }

  /// A place in a file; nothing but the file where that has no place, as of something that an option sets.
  public struct Place: Hashable, Sendable {
    public let path: String
    /// From 1.
    public let line: Int?
    /// From 1, in Unicode scalars.
    public let column: Int?

    public init(path: String, line: Int? = nil, column: Int? = nil) {
      self.path = path
      self.line = line
      self.column = column
    }

    var text: String { ([path] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") }
  }

  /// A scenario that was not begun.
  public struct Unrun: Hashable, Sendable {
    public let name: String
    public let place: Place

    public init(name: String, place: Place) {
      self.name = name
      self.place = place
    }
  }

  /// Something that makes a file invalid.
  public struct Problem: Hashable, Sendable {
    /// The stable name of its diagnostic.
    public let id: String
    public let message: String
    public let place: Place

    public init(id: String, message: String, place: Place) {
      self.id = id
      self.message = message
      self.place = place
    }
  }

  /// Files that were found and have no hypotheses to check.
  public struct Skipped: Hashable, Sendable {
    public var models = 0
    public var campaigns = 0
    public var incidents = 0
    /// Parts that models include, and files of something else.
    public var others = 0
    /// Scenarios that expect nothing.
    public var withoutExpectations = 0

    public init() {}

    var counts: [(singular: String, plural: String, count: Int)] {
      [
        ("model", "models", models), ("campaign", "campaigns", campaigns), ("incident", "incidents", incidents),
        ("scenario that expects nothing", "scenarios that expect nothing", withoutExpectations),
        ("other file", "other files", others),
      ]
    }
  }

  /// Whether it was stopped before all was run.
  public var isInterrupted: Bool { !notRun.isEmpty || scenarios.contains(where: \.isInterrupted) }

  /// Refuted where a hypothesis is, or where a sabotage did not turn one; supported where all is as it should be.
  public var verdict: Verdict {
    let severities = findings.map(\.severity)
    if severities.contains(.error) { return .refuted }
    return severities.contains(.warning) ? .inconclusive : .supported
  }

  public func text(_ style: TextStyle) -> String { TextRenderer(style).text(blocks) }
}

/// One scenario's hypotheses and sabotages.
public struct ScenarioCheck: Sendable {
  public let name: String
  public let place: CheckReport.Place
  public let trial: Trial
  /// Where the hypotheses stand, in the order of the trial's.
  public let places: [CheckReport.Place]
  /// By the clock on the wall, with its sabotages.
  public var seconds: Double { trialSeconds + sabotages.reduce(0) { $0 + $1.seconds } }
  public let trialSeconds: Double
  /// What refuted hypotheses come to without the faults, by their names, in the units of their metrics.
  public let withoutFaults: [String: Double]
  public let sabotages: [SabotageCheck]
  /// Sabotages that were not run: as was asked for, or since the check was interrupted before.
  public let skippedSabotages: [String]

  public init(
    name: String, place: CheckReport.Place, trial: Trial, places: [CheckReport.Place], trialSeconds: Double,
    withoutFaults: [String: Double] = [:], sabotages: [SabotageCheck], skippedSabotages: [String]
  ) {
    self.name = name
    self.place = place
    self.trial = trial
    self.places = places
    self.trialSeconds = trialSeconds
    self.withoutFaults = withoutFaults
    self.sabotages = sabotages
    self.skippedSabotages = skippedSabotages
  }

  public var isInterrupted: Bool { trial.isInterrupted || sabotages.contains { $0.trial.isInterrupted } }

  /// The hypotheses with their places.
  var hypotheses: [(result: ExpectationResult, place: CheckReport.Place)] {
    zip(trial.expectations, places).map { ($0, $1) }
  }
}

/// One sabotage: the trial without a mechanism, in which every hypothesis must be refuted.
public struct SabotageCheck: Sendable {
  public let name: String
  public let overrides: [CampaignPlan.Override]
  public let place: CheckReport.Place
  public let trial: Trial
  /// By the clock on the wall.
  public let seconds: Double

  public init(
    name: String, overrides: [CampaignPlan.Override], place: CheckReport.Place, trial: Trial, seconds: Double
  ) {
    self.name = name
    self.overrides = overrides
    self.place = place
    self.trial = trial
    self.seconds = seconds
  }
}
