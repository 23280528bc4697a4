import ArgumentParser
import Campaign
import Foundation

/// A range of an option: `0.5..1.2`, `5%..100%`.
struct SweptRange: ExpressibleByArgument, CustomStringConvertible {
  let low: Double
  let high: Double

  init(_ low: Double, _ high: Double) {
    self.low = low
    self.high = high
  }

  init?(argument: String) {
    let ends = argument.components(separatedBy: "..").map { SweptFraction(argument: $0)?.value }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else { return nil }
    self.init(low, high)
  }

  var description: String { "\(Self.text(low))..\(Self.text(high))" }
  var defaultValueDescription: String { description }

  /// So many values from the one end to the other, with equal distances; rounded to a millionth of the range.
  func evenly(_ count: Int) -> [Double] {
    (0..<count).map { count == 1 ? low : Self.rounded(low + (high - low) * Double($0) / Double(count - 1)) }
  }

  /// So many values from the one end to the other, with equal quotients.
  func geometrically(_ count: Int) -> [Double] {
    (0..<count).map { place in
      if place == 0 { return low }
      return place == count - 1 ? high : Self.rounded(low * pow(high / low, Double(place) / Double(count - 1)))
    }
  }

  /// To twelve significant digits: the numbers that a reader sees are those that are run, on every machine.
  private static func rounded(_ value: Double) -> Double { Double(String(format: "%.11e", value)) ?? value }

  private static func text(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : "\(value)" }
}

/// A number, or a percentage: `0.05`, `5%`; 0 or more.
struct SweptFraction: ExpressibleByArgument, CustomStringConvertible {
  let value: Double
  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    let isPercentage = argument.hasSuffix("%")
    let digits = isPercentage ? String(argument.dropLast()) : argument
    guard digits.first?.isNumber ?? false, let number = Double(isPercentage ? digits + "e-2" : digits),
      number.isFinite, number >= 0, number <= 1e6
    else { return nil }
    value = number
  }

  var description: String { "\(value)" }
  var defaultValueDescription: String { description }
}

/// What is varied of a trigger: `duration=0.125..4`.
struct SweptTrigger: ExpressibleByArgument, CustomStringConvertible {
  let measure: TriggerMeasure
  let range: SweptRange

  init(_ measure: TriggerMeasure, _ range: SweptRange) {
    self.measure = measure
    self.range = range
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let measure = TriggerMeasure(rawValue: parts[0]), let range = SweptRange(argument: parts[1])
    else { return nil }
    self.init(measure, range)
  }

  var description: String { "\(measure.rawValue)=\(range)" }
  var defaultValueDescription: String { description }
}
