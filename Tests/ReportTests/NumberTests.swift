import Statistics
import Testing

@testable import Report

@Suite struct `Numbers as text` {
  @Test(arguments: [
    // value, half-width, text: the last digit is no larger than the half-width.
    (0.99952, 0.00004, "99.952%"), (0.99952, 0.0003, "99.95%"), (0.5814, 0.009, "58.1%"), (0.5814, 0.02, "58%"),
  ])
  func `a percentage has the digits that its interval bears`(value: Double, halfWidth: Double, text: String) {
    #expect(NumberText.text(value, .fraction, halfWidth: halfWidth) == text)
  }

  @Test(arguments: [
    (1.0, "100%"), (0.0, "0%"), (0.999999, "99.99990%"), (0.99995, "99.9950%"), (0.0000012, "0.00012%"), (0.5, "50.0%"),
  ])
  func `a percentage without an interval has enough nines`(value: Double, text: String) {
    #expect(NumberText.text(value, .fraction) == text)
  }

  @Test func `a percentage never rounds to the whole that it is not`() {
    #expect(NumberText.text(0.99999, .fraction, halfWidth: 0.1) == "99.999%")
    #expect(NumberText.text(0.00001, .fraction, halfWidth: 0.1) == "0.001%")
  }

  @Test(arguments: [
    (0.95, "95%"), (0.9995, "99.95%"), (0.999999, "99.9999%"), (1.0, "100%"), (0.29, "29%"), (0.0007, "0.07%"),
  ])
  func `a stated percentage is shown as it was stated`(value: Double, text: String) {
    #expect(NumberText.stated(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 s"), (0.000_000_018, "18.0 ns"), (0.0000042, "4.20 us"), (0.0123, "12.3 ms"), (1.3696, "1.37 s"),
    (59.5, "59.5 s"),
    (171.2, "2 min 51 s"), (3600.0, "1 h"), (3725.0, "1 h 2 min"), (90_000.0, "1 d 1 h"), (-171.0, "-2 min 51 s"),
  ])
  func `a time has the unit that fits`(seconds: Double, text: String) {
    #expect(NumberText.text(seconds, .time) == text)
  }

  @Test func `a time has no more digits than its interval bears`() {
    #expect(NumberText.text(0.0109, .time, halfWidth: 0.0006) == "10.9 ms")
    #expect(NumberText.text(0.0109, .time, halfWidth: 0.002) == "11 ms")
  }

  @Test(arguments: [
    (0.0, "0"), (6525.0, "6,525"), (1_234_567.0, "1,234,567"), (0.318, "0.318"), (12.134, "12.1"), (0.0004, "< 0.001"),
  ])
  func `a count has its thousands set apart`(value: Double, text: String) {
    #expect(NumberText.text(value, .count) == text)
  }

  @Test func `an interval says when all replications agreed`() {
    let agreed = Estimate(value: 1, low: 1, high: 1, confidence: 0.95, replications: 20)
    #expect(NumberText.interval(agreed, .fraction) == "all 20 the same")
    let alone = Estimate(value: 1, low: nil, high: nil, confidence: 0.95, replications: 1)
    #expect(NumberText.interval(alone, .fraction) == "")
    #expect(NumberText.value(nil, .fraction) == "-")
  }

  @Test func `a difference has a sign and one unit`() {
    let loss = Estimate(value: -0.418, low: -0.427, high: -0.409, confidence: 0.95, replications: 20)
    #expect(DifferenceText.value(loss, of: .availability) == "-41.8 pt")
    #expect(DifferenceText.interval(loss, of: .availability) == "-42.7 to -40.9 pt")
    let slower = Estimate(value: 0.9, low: 0.6, high: 1.2, confidence: 0.95, replications: 20)
    #expect(DifferenceText.interval(slower, of: .latencyP99) == "+600 ms to +1.2 s")
    #expect(DifferenceText.p(0.00004) == "< 0.0001")
  }
}
