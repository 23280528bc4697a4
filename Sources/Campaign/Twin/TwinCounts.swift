import Engine

/// How many requests of a group the faults have hurt and helped, with all that both runs counted.
public struct TwinCounts: Hashable, Sendable {
  public typealias Ending = LoggedRequest.Ending

  public private(set) var hurt = 0
  public private(set) var helped = 0
  public private(set) var same = 0
  /// Not ended by the horizon in one of the two.
  public private(set) var unfinished = 0
  /// Of the hurt: those that no fault acted on directly, so that the harm came by way of something shared.
  public private(set) var hurtUnstruck = 0
  /// Of the hurt: sessions that started as well as in the twin, and whose plays came to something worse.
  public private(set) var hurtInPlay = 0
  /// What a fault acted on directly, of those that both have.
  public private(set) var struck = 0
  /// Served in both, and in the run more than twice and more than 100 ms slower, or in the twin.
  public private(set) var slower = 0
  public private(set) var faster = 0

  /// By ending in the twin, then in the run.
  private var transitions = [Int](repeating: 0, count: 16)
  /// By ending.
  private var onlyRun = [Int](repeating: 0, count: 4)
  private var onlyTwin = [Int](repeating: 0, count: 4)
  /// Requests of the run alone that a surge has added.
  public private(set) var added = 0

  init() {}

  /// Requests that both have.
  public var both: Int { hurt + helped + same + unfinished }
  /// Requests that ended in both: what `hurt` is a part of.
  public var compared: Int { hurt + helped + same }
  public var hurtShare: Double? { compared == 0 ? nil : Double(hurt) / Double(compared) }
  public var onlyInRun: Int { onlyRun.reduce(0, +) }
  public var onlyInTwin: Int { onlyTwin.reduce(0, +) }

  /// How many came from one ending, in the twin, to another.
  public func count(from twin: Ending, to run: Ending) -> Int {
    transitions[Int(twin.rawValue) * 4 + Int(run.rawValue)]
  }

  /// How many of the run, of all that it had, ended so.
  public func total(inRun ending: Ending) -> Int {
    Ending.allCases.reduce(onlyRun[Int(ending.rawValue)]) { $0 + count(from: $1, to: ending) }
  }

  public func total(inTwin ending: Ending) -> Int {
    Ending.allCases.reduce(onlyTwin[Int(ending.rawValue)]) { $0 + count(from: ending, to: $1) }
  }

  mutating func add(_ pair: TwinPair) {
    transitions[Int(pair.twin.ending.rawValue) * 4 + Int(pair.run.ending.rawValue)] += 1
    let isStruck = pair.run.flags.contains(.struck)
    if isStruck { struck += 1 }
    switch pair.effect {
    case .hurt:
      hurt += 1
      if !isStruck { hurtUnstruck += 1 }
      if pair.run.ending == pair.twin.ending { hurtInPlay += 1 }
    case .helped: helped += 1
    case .same: same += 1
    case .unfinished: unfinished += 1
    }
    if pair.isSlower { slower += 1 }
    if pair.isFaster { faster += 1 }
  }

  mutating func add(onlyInRun request: LoggedRequest) {
    onlyRun[Int(request.ending.rawValue)] += 1
    if request.flags.contains(.added) { added += 1 }
  }

  mutating func add(onlyInTwin request: LoggedRequest) { onlyTwin[Int(request.ending.rawValue)] += 1 }

  mutating func add(_ other: TwinCounts) {
    hurt += other.hurt
    helped += other.helped
    same += other.same
    unfinished += other.unfinished
    hurtUnstruck += other.hurtUnstruck
    hurtInPlay += other.hurtInPlay
    struck += other.struck
    slower += other.slower
    faster += other.faster
    added += other.added
    for index in transitions.indices { transitions[index] += other.transitions[index] }
    for index in onlyRun.indices {
      onlyRun[index] += other.onlyRun[index]
      onlyTwin[index] += other.onlyTwin[index]
    }
  }

  /// The counts of two groups together.
  static func + (one: TwinCounts, other: TwinCounts) -> TwinCounts {
    var sum = one
    sum.add(other)
    return sum
  }
}
