/// Places of bulkheads that faults take; who has one keeps it.
extension Simulation {
  /// Brings the places of a dependency's bulkheads, one for each replica of the caller, into the state that all active
  /// faults together give them.
  mutating func takePlaces(of edge: Int32) {
    let places = edges[edge].places
    var taken = 0.0
    for index in 0..<Int32(faults.count) where faultActive[index] && faults[index].edge == edge {
      let amount = faults[index].magnitude.steppedValue(after: elapsed(of: index))
      taken += faults[index].takenIsCount ? amount : amount * Double(places)
    }
    placesTaken[edge] = Int32(min(Double(places), taken.rounded()))
    let first = edges[edge].firstState
    for state in first..<Int32(edgeStates.count) {
      if edgeStates[state].edge != edge { break }
      if edgeStates[state].waiting > 0 { ready.append(ReadyItem(kind: .place, index: state, generation: 0)) }
    }
  }
}
