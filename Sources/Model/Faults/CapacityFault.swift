/// A part of each replica's threads is taken, or of the replicas; what runs is not pre-empted.
public struct CapacityFault: Hashable, Sendable {
  public enum Amount: Hashable, Sendable {
    case fraction(Probability)
    case count(Int)
  }
  public enum Resource: String, Hashable, Sendable { case threads, replicas }
  public let resource: Resource
  public let taken: Amount
  /// How the amount moves until then, as a fraction or a count; nil where it does not.
  public let ramp: MagnitudeRamp?
  public init(resource: Resource, taken: Amount, ramp: MagnitudeRamp? = nil) {
    self.resource = resource
    self.taken = taken
    self.ramp = ramp
  }
}
