import Campaign
import Foundation
import Model
import Statistics

extension CheckReport {
  /// As the XML that test runners write and CI servers read: a suite a scenario, a case a hypothesis or a sabotage.
  ///
  /// What is refuted, inconclusive or a sabotage without effect is a failure, told apart by its type; an invalid file is
  /// an error; what was not run, or not decided before an interruption, is skipped.
  public var junit: String {
    let suites = problemSuites + scenarios.map { $0.suite(named: title(of: $0.name, in: $0.place)) } + unrunSuites
    let all = suites.flatMap(\.cases)
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append(
      "<testsuites name=\"ratchet check\" \(JUnitCase.counts(all)) time=\"\(JUnitCase.time(all))\">")
    for suite in suites {
      lines.append(
        "  <testsuite name=\"\(XML.escaped(suite.name))\" file=\"\(XML.escaped(suite.path))\" "
          + "\(JUnitCase.counts(suite.cases)) time=\"\(JUnitCase.time(suite.cases))\">")
      lines += suite.cases.flatMap { $0.lines(in: suite) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).map { $0 + "\n" }.joined()
  }

  private var unrunSuites: [JUnitSuite] {
    notRun.map { unrun in
      JUnitSuite(
        name: title(of: unrun.name, in: unrun.place), path: unrun.place.path,
        cases: [
          JUnitCase(
            name: "hypotheses", place: unrun.place, seconds: 0, kind: .skipped, type: "",
            message: "interrupted before it was begun")
        ])
    }
  }

  /// A suite a file that is invalid, with a case for each thing that is wrong.
  private var problemSuites: [JUnitSuite] {
    var paths: [String] = []
    for problem in problems where !paths.contains(problem.place.path) { paths.append(problem.place.path) }
    return paths.map { path in
      JUnitSuite(
        name: path, path: path,
        cases: problems.filter { $0.place.path == path }.map { problem in
          JUnitCase(
            name: "is valid", place: problem.place, seconds: 0, kind: .error, type: problem.id, message: problem.message
          )
        })
    }
  }
}

private struct JUnitSuite {
  let name: String
  let path: String
  let cases: [JUnitCase]
}

private struct JUnitCase {
  enum Kind { case passed, failure, error, skipped }
  let name: String
  let place: CheckReport.Place
  let seconds: Double
  let kind: Kind
  let type: String
  let message: String

  static func counts(_ cases: [JUnitCase]) -> String {
    func count(_ kind: Kind) -> Int { cases.count { $0.kind == kind } }
    return "tests=\"\(cases.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\" "
      + "skipped=\"\(count(.skipped))\""
  }

  static func time(_ cases: [JUnitCase]) -> String {
    String(format: "%.3f", cases.reduce(0) { $0 + $1.seconds })
  }

  func lines(in suite: JUnitSuite) -> [String] {
    let line = place.line.map { " line=\"\($0)\"" } ?? ""
    let head =
      "    <testcase name=\"\(XML.escaped(name))\" classname=\"\(XML.escaped(suite.name))\" "
      + "file=\"\(XML.escaped(place.path))\"\(line) time=\"\(String(format: "%.3f", seconds))\""
    let told = XML.escaped(message)
    switch kind {
    case .passed: return [head + "/>"]
    case .skipped: return [head + ">", "      <skipped message=\"\(told)\"/>", "    </testcase>"]
    case .failure, .error:
      let tag = kind == .failure ? "failure" : "error"
      let text = XML.escaped("\(place.text): \(message)")
      return [
        head + ">", "      <\(tag) type=\"\(XML.escaped(type))\" message=\"\(told)\">\(text)</\(tag)>",
        "    </testcase>",
      ]
    }
  }
}

extension ScenarioCheck {
  /// The time of a trial is shared evenly by what it judges.
  fileprivate func suite(named title: String) -> JUnitSuite {
    let found = findings
    func judged(
      _ name: String, _ place: CheckReport.Place, _ subject: String, _ result: ExpectationResult, of trial: Trial,
      seconds: Double
    ) -> JUnitCase {
      if trial.isInterrupted, result.verdict == .inconclusive {
        return JUnitCase(
          name: name, place: place, seconds: seconds, kind: .skipped, type: "",
          message: "interrupted before it was decided")
      }
      let finding = found.first { $0.subject == subject }
      return JUnitCase(
        name: name, place: place, seconds: seconds, kind: finding == nil ? .passed : .failure,
        type: finding?.rule ?? "", message: finding?.message ?? "")
    }
    let own = hypotheses.map { result, place in
      judged(
        result.expectation.name, place, "\(name)/\(result.expectation.name)", result, of: trial,
        seconds: trialSeconds / Double(trial.expectations.count))
    }
    let turned = sabotages.flatMap { sabotage in
      sabotage.trial.expectations.map { result in
        judged(
          "sabotage \(sabotage.name): \(result.expectation.name)", sabotage.place,
          "\(name)/\(sabotage.name)/\(result.expectation.name)", result, of: sabotage.trial,
          seconds: sabotage.seconds / Double(sabotage.trial.expectations.count))
      }
    }
    let left = skippedSabotages.map {
      JUnitCase(
        name: "sabotage \($0)", place: place, seconds: 0, kind: .skipped, type: "", message: "the sabotage was not run")
    }
    return JUnitSuite(name: title, path: place.path, cases: own + turned + left)
  }
}

/// Text within XML 1.0.
enum XML {
  /// Fit for an element's text and for an attribute in double quotes; what XML has no way to write becomes `?`.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\n", "\r", "\t": "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": "?"
      default: String(scalar)
      }
    }.joined()
  }
}
