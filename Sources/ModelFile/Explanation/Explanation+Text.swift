extension Explanation {
  /// Every value, one a line, in the order of their paths.
  var canonicalText: String {
    entries.map { "\($0.path) = \($0.value)\n" }.sorted().joined()
  }

  /// Every value with its origin in aligned columns, then what was assumed.
  ///
  /// Assumptions that are the same under several names are told once.
  public var rendered: String {
    let widths = (
      path: entries.map(\.path.count).max() ?? 0,
      value: min(60, entries.map(\.value.count).max() ?? 0)
    )
    let lines = entries.map { entry in
      "\(entry.path.padded(to: widths.path))  \(entry.value.padded(to: widths.value))  \(entry.origin.text)"
    }
    return
      (lines + ["", "Assumed, where nothing is said:"] + assumptionLines.map { "  \($0)" }
      + ["", "Assumed always:"] + Self.engineAssumptions.map { "  \($0)" })
      .joined(separator: "\n") + "\n"
  }

  /// `services.*.balancing = round-robin  (desk, till)`, in the order of the paths.
  public var assumptionLines: [String] {
    var groups: [String: [Entry]] = [:]
    for entry in assumptions { groups["\(entry.pattern) = \(entry.value)", default: []].append(entry) }
    let width = groups.keys.map(\.count).max() ?? 0
    return groups.sorted { $0.key < $1.key }.map { text, entries in
      let names = entries.map { $0.names.joined(separator: ".") }.filter { !$0.isEmpty }
      guard !names.isEmpty else { return text }
      let shown = names.prefix(4).joined(separator: ", ")
      let more = names.count > 4 ? " and \(names.count - 4) more" : ""
      return "\(text.padded(to: width))  (\(shown)\(more))"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
