import Model
import Sampling

/// Packets that are lost on the way, as TCP makes up for them.
extension Simulation {
  /// How long the retransmissions of a message take, in nanoseconds; `Edge.noLimit` where none gets through.
  ///
  /// The number of lost transmissions is geometric, drawn by the attempt's key: at a higher probability at least as many
  /// of the same message are lost. The waits between them double, RFC 6298, section 5.5.
  mutating func lossDelay(_ index: Int32, _ attempt: DrawKey, _ purpose: UInt64) -> Int64 {
    let probability = faults[index].magnitude.value(after: elapsed(of: index))
    if probability >= 1 { return Edge.noLimit }
    let uniform = attempt.child(faults[index].key).uniform(purpose)
    var wait = faults[index].rto
    var delay: Int64 = 0
    var bound = probability
    while uniform < bound {
      delay &+= wait
      wait = min(wait &* 2, LossFault.longestRTO.nanoseconds)
      bound *= probability
      // No generator yields a number so small; the time is a year.
      if delay > 1 << 55 { break }
    }
    return delay
  }

  /// What the active losses add to a reply; which of them lets nothing through, or -1.
  mutating func replyLoss(to call: Slot<Call>, from replica: Int32) -> (delay: Int64, holder: Int32) {
    var delay: Int64 = 0
    let attempt = DrawKey(bits: call.its.key).child(UInt64(call.its.attempt))
    for position in 0..<losses.count {
      let index = losses[position]
      if reach(of: index, call, replica: replica) == .none { continue }
      if logsRequests { noteStruck(call.its.request, by: index) }
      let own = lossDelay(index, attempt, Purpose.replyLoss)
      if own == Edge.noLimit { return (0, index) }
      delay &+= own
    }
    return (delay, -1)
  }
}
