@testable import Sampling

/// The orders in which a simulation makes its draws. `Tests/Statistical/layouts.h` has the same in C, for batteries
/// that take longer; `known-values.txt` beside it holds both to the same numbers.
enum Layout: String, CaseIterable {
  /// What successive requests of a workload draw.
  case requests
  /// What one key draws for successive purposes.
  case purposes
  /// What the same thing draws with successive seeds.
  case seeds
  /// What the same thing draws in successive replications.
  case replications
  /// What four attempts of each call draw.
  case attempts
  /// What things draw whose names differ in a number.
  case siblings
  /// What the keys of a path draw, each the child of the one before.
  case path
  /// A key and its child in turn.
  case parentAndChild = "parent-and-child"
  /// Each request in one replication and in the next, in turn.
  case twoReplications = "two-replications"
  /// A chain of three services: of each request the time to the next, then of each service whether the work is done
  /// and how long it takes.
  case chain
  /// How a draw changes when one bit of the request's index does.
  case flippedIndex = "flipped-index"
  /// How a draw changes when one bit of the seed does.
  case flippedSeed = "flipped-seed"

  /// Purposes that the engine draws for.
  private enum Purpose {
    static let work: UInt64 = 1
    static let taken: UInt64 = 2
    static let interarrival: UInt64 = 10
  }

  /// The first words of the stream with this seed.
  func words(seed: UInt64, count: Int = Stream.length) -> [UInt64] {
    let key = Self.workload(seed: seed, replication: 0)
    let next = Self.workload(seed: seed, replication: 1)
    let step = DrawKey.hash(of: "own work")
    var path = key
    return (0..<UInt64(count)).map { index in
      switch self {
      case .requests:
        return key.child(index).draw(Purpose.interarrival)
      case .purposes:
        return key.draw(index)
      case .seeds:
        return DrawKey(seed: seed << 32 + index, replication: 0).child(1).draw(Purpose.work)
      case .replications:
        return DrawKey(seed: seed, replication: Int(index)).child(1).draw(Purpose.work)
      case .attempts:
        return key.child(index >> 2).child(index & 3).draw(step &+ Purpose.work)
      case .siblings:
        return key.child(named: "service-\(index)").draw(Purpose.work)
      case .path:
        if index > 0 { path = path.child(0) }
        return path.draw(Purpose.work)
      case .parentAndChild:
        let parent = key.child(index >> 1)
        return (index & 1 == 1 ? parent.child(0) : parent).draw(Purpose.work)
      case .twoReplications:
        return (index & 1 == 1 ? next : key).child(index >> 1).draw(Purpose.work)
      case .chain:
        var caller = key.child(index / 7)
        let place = index % 7
        if place == 0 { return caller.draw(Purpose.interarrival) }
        for _ in 0..<(place - 1) / 2 { caller = caller.child(0).child(step &+ 256) }
        return caller.child(0).draw(step &+ (place & 1 == 1 ? Purpose.taken : Purpose.work))
      case .flippedIndex:
        let request = Self.scattered(index >> 6)
        return key.child(request).draw(Purpose.work) ^ key.child(request ^ 1 << (index & 63)).draw(Purpose.work)
      case .flippedSeed:
        let whole = seed << 32 &+ Self.scattered(index >> 6)
        let flipped = whole ^ 1 << (index & 63)
        return DrawKey(seed: whole, replication: 0).child(1).draw(Purpose.work)
          ^ DrawKey(seed: flipped, replication: 0).child(1).draw(Purpose.work)
      }
    }
  }

  /// Far enough from one another that no two of them become equal when a bit or two is flipped.
  private static func scattered(_ index: UInt64) -> UInt64 { index &* 0xD6E8_FEB8_6659_FD93 }

  private static func workload(seed: UInt64, replication: Int) -> DrawKey {
    DrawKey(seed: seed, replication: replication).child(named: "workload").child(named: "viewers")
  }
}
