/// A length of time in the unit that fits: `250 ms`, `1.37 s`, `2 min 51 s`.
struct TimeText: Hashable, Sendable {
  let text: String

  init(_ seconds: Double, halfWidth: Double? = nil) {
    let size = seconds.magnitude
    if size >= 120 {
      text = Self.clock(seconds)
      return
    }
    let (factor, unit): (Double, String) =
      size == 0 || size >= 1 ? (1, "s") : size >= 1e-3 ? (1e3, "ms") : size >= 1e-6 ? (1e6, "us") : (1e9, "ns")
    let scaled = seconds * factor
    let most = max(0, 2 - NumberText.magnitude(scaled))
    let decimals = NumberText.decimals(bearing: (halfWidth ?? 0) * factor).map { min($0, most + 1) } ?? most
    text = size == 0 ? "0 s" : "\(NumberText.fixed(scaled, decimals: decimals)) \(unit)"
  }

  /// The two largest units that count.
  private static func clock(_ seconds: Double) -> String {
    let sign = seconds < 0 ? "-" : ""
    let whole = Int(seconds.magnitude.rounded())
    let parts = [(whole / 86_400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
    let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
    return sign + shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }
}
