/// Calls that take a thread, or are on their way, and are held until the fault ends.
extension Simulation {
  /// The active hang that holds a frame which has just got its thread; -1 where there is none.
  func hangingFault(of frame: Int32) -> Int32 {
    for position in 0..<callFaults.count {
      let index = callFaults[position]
      if faults[index].effect == .hang, !faults[index].isEdge,
        faults[index].endpoint < 0 || faults[index].endpoint == frames[frame].endpoint,
        members[faults[index].firstMember &+ frames[frame].replica] != 0,
        isInScope(index, request: frames[frame].request, workload: frames[frame].workload)
      {
        return index
      }
    }
    return -1
  }

  /// The calls that a hang has held fail, since it has ended.
  mutating func endHang(_ index: Int32) {
    for frame in framesInOrder(where: { $0.fault == index }) {
      frames[frame].fault = -1
      switch frames[frame].state {
      case .hung:
        endFrame(frame, .failed, seenAs: .error, Blame(.error, at: replicas[frames[frame].replica].service))
      case .travelling:
        let call = frames[frame].call
        freeFrame(frame)
        if call >= 0 {
          reply(to: call, .failed, seenAs: .error, Blame(.error, at: edges[calls[call].edge].component))
        }
      case .free, .queued, .ready, .working, .waiting: break
      }
    }
  }
}
