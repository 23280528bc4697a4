extension CheckReport {
  /// As the workflow commands that GitHub Actions turns into annotations of the lines they are about, one a line.
  public var annotations: String {
    findings.map { finding in
      var properties = ["file=\(Self.property(finding.place.path))"]
      if let line = finding.place.line { properties.append("line=\(line)") }
      if let column = finding.place.column { properties.append("col=\(column)") }
      properties.append("title=\(Self.property(finding.title))")
      return "::\(finding.severity.rawValue) \(properties.joined(separator: ","))::\(Self.escaped(finding.message))\n"
    }.joined()
  }

  /// What ends a line would end the command.
  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
