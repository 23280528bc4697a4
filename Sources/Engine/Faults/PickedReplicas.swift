import Model
import Sampling

// A fault on some replicas of a service whose number changes picks among those that are ready when it begins. What boots
// later is new, and not of them, even where it takes the number of one that was.

extension FaultCompiler {
  /// Whether any of these replicas is of a service that an autoscaler changes.
  func isScaled(_ replicas: some Sequence<Int>) -> Bool {
    replicas.contains { model.services[Int(replicaService[$0])].autoscaling != nil }
  }

  /// How many replicas an instance picks when it begins, `Int32.max` for all that are ready; -1 where they are known.
  func picked(by instance: FaultInstance, scope: FaultScope = .everything) -> Int32 {
    let count: Int32
    if case .replicas(let most) = scope {
      count = Int32(clamping: most)
    } else if instance.effect == .capacityReplicas {
      count = .max
    } else {
      return -1
    }
    let first = Int(instance.firstMember)
    return isScaled(replicaService.indices.filter { members[first + $0] != 0 }) ? count : -1
  }
}

extension Simulation {
  /// Notes the replicas that a fault which begins strikes: those with the least draws of its salt, so that more include fewer.
  ///
  /// - Complexity: O(replicas of the system), and O(n log n) for the n that are ready.
  mutating func pickReplicas(of index: Int32) {
    let first = faults[index].firstMember
    var ready: [(draw: UInt64, replica: Int32)] = []
    for replica in 0..<Int32(replicas.count)
    where program.members[first &+ replica] != 0 && replicas[replica].isReady {
      let draw = DrawKey(bits: faults[index].salt).child(program.replicaKeys[replica]).bits
      ready.append((draw, replica))
    }
    ready.sort { ($0.draw, $0.replica) < ($1.draw, $1.replica) }
    var isPicked = [Bool](repeating: false, count: replicas.count)
    for one in ready.prefix(Int(faults[index].picked)) { isPicked[Int(one.replica)] = true }
    for start in membership(of: index) {
      for replica in 0..<Int32(replicas.count) {
        members[start &+ replica] = isPicked[Int(replica)] ? program.members[start &+ replica] : 0
      }
    }
  }

  /// A replica that has booted is a new one, which faults on some replicas that began before do not strike.
  mutating func forgetPicks(of replica: Int32) {
    var isChanged = false
    for index in 0..<Int32(faults.count) where faultActive[index] && faults[index].picked >= 0 {
      for start in membership(of: index) where members[start &+ replica] != 0 {
        // The one that it replaces still counts among those of which a capacity fault takes a part.
        members[start &+ replica] = faults[index].effect == .capacityReplicas ? FaultInstance.replacedMember : 0
        isChanged = true
      }
    }
    if isChanged { applyFaults(to: replica) }
  }

  /// Where the membership of a fault and of its places begins.
  private func membership(of index: Int32) -> Set<Int32> {
    let first = faults[index].firstPlace
    let places = (first..<first &+ faults[index].placeCount).map { faultPlaces[$0] }
    return Set(places.filter { !$0.isEdge }.map(\.firstMember)).union([faults[index].firstMember])
  }
}

extension FaultInstance {
  /// In the membership: one that was struck, and has been replaced since.
  static let replacedMember: UInt8 = 2
}
