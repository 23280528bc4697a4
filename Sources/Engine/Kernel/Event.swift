/// What happens first at equal times. The raw values are part of the calendar's key.
enum EventClass: UInt64 {
  case fault = 0
  case completion = 1
  case timer = 2
  case arrival = 3
}

/// What an event resumes; its index says which one.
enum EventKind: UInt8 {
  /// The next edge of a bin or a window.
  case boundary
  /// All of the instant at which a window has begun has happened.
  case windowBegun
  /// A fault instance begins or ends, or a failure process moves on.
  case faultBegins, faultEnds, failureTransition
  /// What the faults that have begun and ended at an instant make of calls under way.
  case settlement
  /// A fault that moves reaches its next step; a leak goes on, or a replica that it has crashed is up again.
  case faultStep, leak
  /// A frame's work is done.
  case workDone
  /// The first of a replica's jobs that share its cores is done.
  case sharedWorkDone
  /// A call reaches its callee, or a reply its caller, after added latency.
  case delivery, replyDelivery
  /// The head of a timeout lane is due.
  case lane
  /// A call's whole deadline, the pause before a retry, the end of a fallback, the longest wait for a semaphore.
  case deadline, backoff, fallback, bulkheadWait
  /// A workload's next request; a closed client has thought.
  case arrival, thought
  /// An autoscaler looks; a replica has booted.
  case autoscaling, boot
  /// What comes next of a session, of a fill, of a shared link, of all live channels, of steering.
  case session, fill, link, liveSegment, steering
  /// The live event is over; a viewer leaves since it is.
  case eventEnds, departure
  /// The time of an attempt is over whose timeout was set while it was under way.
  case timeout
}

/// A thing that will happen: its kind, whom it resumes, and the generation of that one, by which a stale event is known.
struct EventPayload: BitwiseCopyable {
  static var generationMask: UInt32 { 0xFF_FFFF }
  let bits: UInt64
  @inline(always) init(_ kind: EventKind, _ index: Int32, generation: UInt32 = 0) {
    bits =
      UInt64(kind.rawValue) << 56 | UInt64(generation & Self.generationMask) << 32
      | UInt64(UInt32(bitPattern: index))
  }
  @inline(always) var kind: EventKind {
    // The raw values are 0, 1, 2 and so on, and `init` alone writes them.
    unsafeBitCast(UInt8(truncatingIfNeeded: bits >> 56), to: EventKind.self)
  }
  @inline(always) var index: Int32 { Int32(truncatingIfNeeded: Int64(bitPattern: bits)) }
  @inline(always) var generation: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) & Self.generationMask }
}

struct CalendarEntry: BitwiseCopyable {
  /// Nanoseconds.
  var time: Int64
  /// Class in the two highest bits, then the sequence number.
  var order: UInt64
  var payload: EventPayload

  /// The time as the key has it.
  @inline(always) var instant: UInt64 { UInt64(bitPattern: time) }

  /// Time and order as one number, which compares without a branch.
  @inline(always) var key: UInt128 { UInt128(truncatingIfNeeded: instant) << 64 | UInt128(truncatingIfNeeded: order) }

  @inline(always) static func < (a: CalendarEntry, b: CalendarEntry) -> Bool { a.key < b.key }
}
