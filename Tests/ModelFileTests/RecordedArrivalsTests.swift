import Model
import Testing

@testable import ModelFile

/// Mutations: a time that is cut off instead of rounded; an order that is checked after rounding, or not at all; rows
/// that are counted from the header.
@Suite struct `Recorded arrivals` {
  private func text(_ expression: String) -> String {
    Base.queue.text.replacingFirst("poisson(14.4/s)", with: "replay(\(expression))")
  }

  private func said(of csv: String, _ expression: String = "t.csv column=t") -> [String] {
    errors(in: text(expression), files: ["t.csv": csv]).map {
      "\($0.location?.shortDescription ?? "") \($0.id.rawValue): \($0.message)"
    }
  }

  @Test(arguments: [
    ("t.csv", "0\n0\n0.000000001\n86400.123456789\n", [0, 0, 1, 86_400_123_456_789]),
    ("t.csv column=t", "who,t\na,1\nb,1.5\n", [1_000_000_000, 1_500_000_000]),
    ("t.csv column=t unit=ms", "t\n0.2\n1e3\n", [200_000, 1_000_000_000]),
    ("t.csv column=t unit=ns", "t\n3\n3.6\n1234567890123456\n", [3, 4, 1_234_567_890_123_456]),
    ("t.csv column=t unit=h", "t\n0.5\n", [1_800_000_000_000]),
    ("t.csv column=t unit=us", "t\n0.0009\n0.0012\n0.0014\n", [1, 1, 1]),
  ])
  func `are the instants of a column to the nearest nanosecond`(expression: String, csv: String, instants: [Int64])
    throws
  {
    let arrivals = try model(text(expression), files: ["t.csv": csv]).workload("customers").arrivals
    #expect(arrivals == .replay(instants.map { SimulationTime(nanoseconds: $0) }))
  }

  @Test func `are found relative to the file that names them`() throws {
    let included = "workloads:\n  customers: {arrivals: replay(logs/t.csv), call: desk.serve}\n"
    let main = Base.queue.text.replacingFirst(
      "workloads:\n  customers:\n    arrivals: poisson(14.4/s)\n    call: desk.serve\n",
      with: "include: [load/day.yaml]\n")
    let found = try model(main, files: ["load/day.yaml": included, "load/logs/t.csv": "7\n"])
    #expect(try found.workload("customers").arrivals == .replay([SimulationTime(nanoseconds: 7_000_000_000)]))
  }

  @Test(arguments: [
    ("t\n2\n\n1\n", "t.csv:4 bad-parameter: this arrival comes before the one of line 2, and they have to be in order"),
    (
      "t\n1e-10\n0\n",
      "t.csv:3 bad-parameter: this arrival comes before the one of line 2, and they have to be in order"
    ),
    ("t\n0\n-1\n", "t.csv:3 bad-parameter: `-1` is not a time"),
    ("t\n0\n1:30\n", "t.csv:3 bad-parameter: `1:30` is not a time"),
    ("t\n0\n5e9\n", "t.csv:3 bad-parameter: `5e9s` is longer than the 146 years a clock can show"),
    ("t\n", "model.yaml:5 bad-parameter: `t.csv` has no times in it"),
    ("at\n0\n", "model.yaml:5 bad-parameter: `t.csv` has no column `t`"),
  ])
  func `are refused where they can't have come so`(csv: String, message: String) {
    #expect(said(of: csv) == [message])
  }
}
