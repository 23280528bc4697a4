/// Less bandwidth: of the sites of a CDN, or of the networks of a cohort's players.
public struct BandwidthFault: Hashable, Sendable {
  public enum Amount: Hashable, Sendable {
    /// What is left: of one site, or of one player's network. Where there is less anyway, nothing changes.
    case to(Bitrate)
    /// This part is left; above 0.
    case factor(Probability)
  }
  public let left: Amount
  /// How the limit, in bits per second, or the part moves until it is `left`; nil where it does not.
  public let ramp: MagnitudeRamp?

  public init(left: Amount, ramp: MagnitudeRamp? = nil) {
    self.left = left
    self.ramp = ramp
  }
}
