/// A replica that goes away with all that it was doing.
extension Simulation {
  /// All that is in flight in a replica is lost; its callers see the connection break.
  mutating func crash(_ replica: Int32) {
    let blame = Blame(
      .unreachable, at: replicas[replica].service,
      by: recordsSignals ? faultKeepingDown(replica, of: replicas[replica].service) : -1)
    for frame in framesInOrder(where: { $0.replica == replica }) {
      switch frame.its.state {
      case .free, .travelling, .returning: break
      case .queued, .ready, .working, .waiting, .hung: cancel(frame, blame)
      }
    }
  }
}
