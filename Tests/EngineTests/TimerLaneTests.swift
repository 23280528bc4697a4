import Sampling
import Testing

@testable import Engine

/// Lanes against a list in which each timer stands by itself.
///
/// Mutations: a head armed under a new sequence number; a cancelled head that is not followed by the next; a lane armed
/// twice; a removal in the middle that forgets the tail.
@Suite struct `Timer lanes` {
  private enum Deed: Equatable {
    case armed(Int32, at: Int64)
    case cancelled(Int32, at: Int64)
    case fired(Int32, at: Int64)
  }

  /// What is done at which time: a lane to arm a timer in, or -1 to cancel one.
  private struct Script {
    let steps: [(time: Int64, lane: Int32)]
    let key: DrawKey
    /// Timers of lane n last n nanoseconds.
    static let laneCount = 6

    init(seed: UInt64, cancelling: Double) {
      key = DrawKey(seed: seed, replication: 0)
      var time: Int64 = 0
      var steps: [(Int64, Int32)] = []
      for step in 0..<8000 as Range<UInt64> {
        let draws = key.child(step)
        time += Int64(draws.draw(1) % 3)
        steps.append((time, draws.uniform(2) < cancelling ? -1 : Int32(draws.draw(3) % UInt64(Self.laneCount))))
      }
      self.steps = steps
    }

    func choice(_ step: Int, among count: Int) -> Int { Int(key.child(UInt64(step)).draw(4) % UInt64(count)) }
  }

  private func inLanes(_ script: Script) -> [Deed] {
    var calendar = Calendar()
    var lanes = TimerLanes(lengths: (0..<Script.laneCount).map(Int64.init))
    var calls = Arena<Call>()
    var armed: [Int32] = []
    var deeds: [Deed] = []
    for (index, step) in script.steps.enumerated() {
      calendar.schedule(EventPayload(.arrival, Int32(index)), at: step.time, .arrival)
    }
    while let event = calendar.pop() {
      switch event.payload.kind {
      case .lane:
        guard let due = lanes.fire(event.payload.index, order: event.order, calls, &calendar) else { continue }
        armed.removeAll { $0 == due.index }
        deeds.append(.fired(due.index, at: event.time))
      default:
        let step = Int(event.payload.index)
        let lane = script.steps[step].lane
        if lane >= 0 {
          let call = calls.take()
          call.its.edge = lane
          call.its.attemptBegan = event.time
          call.its.dueOrder = calendar.nextOrder(.timer)
          lanes.append(call, to: lane, calls, &calendar)
          armed.append(call.index)
          deeds.append(.armed(call.index, at: event.time))
        } else if !armed.isEmpty {
          let call = armed.remove(at: script.choice(step, among: armed.count))
          lanes.remove(calls.at(call), from: calls[call].edge, calls)
          deeds.append(.cancelled(call, at: event.time))
        }
      }
    }
    #expect(armed.isEmpty)
    for lane in 0..<Int32(Script.laneCount) {
      let head = lanes.head(of: lane)
      #expect(head == -1)
    }
    return deeds
  }

  private func byThemselves(_ script: Script) -> [Deed] {
    var timers: [(call: Int32, due: Int64)] = []
    var deeds: [Deed] = []
    var armedSoFar: Int32 = 0
    var order: [Int32] = []
    func fire(through time: Int64, from timers: inout [(call: Int32, due: Int64)]) {
      while let next = timers.indices.min(by: { (timers[$0].due, $0) < (timers[$1].due, $1) }), timers[next].due <= time
      {
        let timer = timers.remove(at: next)
        order.removeAll { $0 == timer.call }
        deeds.append(.fired(timer.call, at: timer.due))
      }
    }
    for (index, step) in script.steps.enumerated() {
      // Timers come before arrivals at the same time, also those that an arrival of this time has armed.
      fire(through: step.time, from: &timers)
      if step.lane >= 0 {
        timers.append((armedSoFar, step.time + Int64(step.lane)))
        order.append(armedSoFar)
        deeds.append(.armed(armedSoFar, at: step.time))
        armedSoFar += 1
      } else if !order.isEmpty {
        let call = order.remove(at: script.choice(index, among: order.count))
        timers.removeAll { $0.call == call }
        deeds.append(.cancelled(call, at: step.time))
      }
    }
    fire(through: .max, from: &timers)
    return deeds
  }

  @Test(arguments: [(1, 0.0), (2, 0.3), (3, 0.49), (4, 0.49)] as [(UInt64, Double)])
  func `fire as timers that each stand in the calendar`(seed: UInt64, cancelling: Double) {
    let script = Script(seed: seed, cancelling: cancelling)
    let deeds = inLanes(script)
    let expected = byThemselves(script)
    let difference = zip(deeds, expected).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(difference == nil, "the first that differs")
    #expect(deeds.count == expected.count)
  }
}
