import Campaign
import Model
import Statistics

/// A stability map for people and for machines: a pure function of the map.
public struct StabilityMapReport: Sendable {
  public let map: StabilityMap
  /// Of the least load that a trigger leaves degraded, at the least size of the grid that does.
  public let example: Example?
  public let toolVersion: String

  /// What sustains one of the metastable runs.
  public struct Example: Sendable {
    public let load: Double
    public let size: Double
    public let diagnosis: MetastabilityDiagnosis

    public init(load: Double, size: Double, diagnosis: MetastabilityDiagnosis) {
      self.load = load
      self.size = size
      self.diagnosis = diagnosis
    }
  }

  public init(_ map: StabilityMap, example: Example?, toolVersion: String) {
    self.map = map
    self.example = example
    self.toolVersion = toolVersion
  }

  public func text(_ style: TextStyle) -> String { TextRenderer(style).text(blocks) }

  var design: StabilityMapDesign { map.design }

  public var blocks: [Block] {
    headerSection + gridSection + boundarySection + remarksSection + exampleSection
  }

  private var exampleSection: [Block] {
    guard let example else { return [] }
    return [
      .heading(
        "Example",
        note: "load \(load(example.load)), trigger \(size(example.size)), replication "
          + "\(example.diagnosis.replication)")
    ] + example.diagnosis.blocks
  }

  func load(_ value: Double) -> String { NumberText.significant(value, digits: 3) }

  /// A trigger's size in the words of its measure: of a single fault's duration the time itself.
  func size(_ value: Double) -> String {
    if value.isInfinite { return "beyond the map" }
    if design.measure.isFraction { return NumberText.text(value, .fraction) }
    guard design.scenario.faults.count == 1, let fault = design.scenario.faults.first else {
      return "x " + NumberText.significant(value, digits: 3)
    }
    return TimeText(fault.duration.seconds * value).text
  }
}

extension NumberText {
  /// A number with so many significant digits and no zeros behind them.
  static func significant(_ value: Double, digits: Int) -> String {
    var text = fixed(value, decimals: max(0, digits - 1 - magnitude(value)))
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
