import Synchronization

/// A flag that stops a campaign: replications in flight are abandoned, those that have ended are kept.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  /// May be called from any thread, also from a signal's handler.
  public func cancel() { flag.store(true, ordering: .relaxed) }
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
