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
}
