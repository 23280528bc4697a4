/// Calls that take a thread, or are on their way, and are held until the fault ends.
extension Simulation {
  /// The active hang that holds a frame which has just got its thread; -1 where there is none.
  mutating func hangingFault(of frame: Slot<Frame>) -> Int32 {
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      guard faults[index].effect == .hang else { continue }
      let first = faults[index].firstPlace
      for number in first..<first &+ faults[index].placeCount {
        let place = faultPlaces[number]
        if !place.isEdge, place.endpoint < 0 || place.endpoint == endpoint(of: frame),
          members[place.firstMember &+ frame.its.replica] != 0,
          isInScope(index, request: frame.its.request, workload: frame.its.workload)
        {
          return index
        }
      }
    }
    return -1
  }

  /// The calls that a hang has held fail, since it has ended.
  mutating func endHang(_ index: Int32) {
    for frame in framesInOrder(where: { $0.holder == index }) {
      frame.its.flags.remove(.held)
      switch frame.its.state {
      case .hung:
        endFrame(frame, seenAs: .error, Blame(.error, at: replicas[frame.its.replica].service, by: index))
      case .travelling:
        let call = frame.its.call
        freeFrame(frame)
        if call >= 0 {
          reply(
            to: calls.at(call), .failed, seenAs: .error,
            Blame(.error, at: edges[calls[call].edge].component, by: index))
        }
      case .free, .returning, .queued, .ready, .working, .waiting: break
      }
    }
  }
}
